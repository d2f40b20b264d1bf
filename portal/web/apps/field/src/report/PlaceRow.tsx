/** Where it is: known by itself where possible, changed with one tap, never demanded. */
import { words } from '@anhuan/i18n';
import { Tag } from '@anhuan/ui';
import { later } from '@anhuan/work';
import { ChevronRight, MapPin } from 'lucide-react';
import { useState } from 'react';
import { riskName, riskTone } from '../place/risk';
import css from './report.module.css';
import type { Locating, Report } from './use-report';

const PlaceSheet = later(() => import('../place/PlaceSheet'), true);

const t = words({
  place: ['位置', 'Place'],
  none: ['点这里选区域（可不选）', 'Choose an area (optional)'],
  label: ['扫码', 'scanned'],
  position: ['定位', 'by position'],
  recent: ['最近', 'recent'],
  chosen: ['已选', 'chosen'],
  asking: ['正在定位…', 'Locating…'],
  found: [(m: number) => `已定位，精度约 ${m} 米`, (m: number) => `Located to about ${m} m`],
  denied: ['未定位（没有定位权限）', 'Not located (no permission)'],
  unavailable: ['未定位（定位不可用）', 'Not located (unavailable)'],
  timeout: ['未定位（没有信号）', 'Not located (no signal)'],
});

export function PlaceRow({ report, locating, wrong, scan, onChange }: { report: Report; locating: Locating; wrong?: string | undefined; scan: string; onChange: (some: Partial<Report>) => void }) {
  const [isOpen, setOpen] = useState(false);
  const { spot } = report;
  return (
    <>
      <button type="button" className={css.place} onClick={() => setOpen(true)}>
        <MapPin size={22} aria-hidden="true" />
        <span className={css.placeMain}>
          <span className={css.rowLabel}>{t.place}{report.placeNote && ` · ${report.placeNote}`}</span>
          {spot ? <b>{spot.name}</b> : <em>{t.none}</em>}
          <small>
            {spot && t[spot.how]}
            {spot && ' · '}
            {locating === 'found' ? t.found(report.at?.accuracyM ?? 0) : t[locating]}
          </small>
        </span>
        {spot?.risk && <Tag tone={riskTone(spot.risk)}>{riskName(spot.risk)}</Tag>}
        <ChevronRight size={18} aria-hidden="true" />
      </button>
      {wrong && <p className={css.wrong} role="alert">{wrong}</p>}
      {isOpen && (
        <PlaceSheet
          at={report.at}
          spot={spot}
          note={report.placeNote}
          scan={scan}
          onNote={(placeNote: string) => onChange({ placeNote })}
          onPick={(picked) => {
            onChange({ spot: picked });
            setOpen(false);
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
