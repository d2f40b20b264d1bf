/** Choose where it is: near by, where one was last, or by name through the whole company. */
import { distance, type Position } from '@anhuan/bridge';
import { words } from '@anhuan/i18n';
import { Empty, Row, Sheet, Tag, TextField } from '@anhuan/ui';
import { useAsk } from '@anhuan/wire';
import { Building2, Cog, History, LocateFixed, ScanLine } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { FieldPlaces } from '../gql';
import css from './place.module.css';
import { PLACES, recentSpots, search, spotOfArea, spotOfAsset, type Area, type Spot } from './places';
import { riskName, riskTone } from './risk';

const t = words({
  title: ['选择位置', 'Choose the place'],
  search: ['搜索区域或设备', 'Search areas and machines'],
  holder: ['名称、编号或车间', 'Name, code or workshop'],
  note: ['具体位置', 'Where exactly'],
  noteHolder: ['例如：3 号压机东侧、2 层平台', 'For example: east of press 3, platform on floor 2'],
  scan: ['扫现场二维码', 'Scan the label on site'],
  near: ['附近', 'Near'],
  recent: ['最近', 'Recent'],
  all: ['全部区域', 'All areas'],
  machines: ['设备', 'Machines'],
  away: [(m: string) => `约 ${m}`, (m: string) => `about ${m}`],
  none: ['不选区域', 'No area'],
  nothing: ['没有找到', 'Nothing found'],
  nothingMore: ['换个词试试，或在“具体位置”里写清楚。', 'Try another word, or say it under “Where exactly”.'],
  more: [(n: number) => `还有 ${n} 台设备未显示，请输入得更具体`, (n: number) => `${n} more machines. Type more of the name`],
  unknown: ['区域还没有保存到本机', 'The areas are not on this phone yet'],
  unknownMore: ['联网后会自动保存。现在可以在“具体位置”里写清楚。', 'They are fetched when there is network. For now say it under “Where exactly”.'],
});

const NEAR = 500;
const MACHINES = 30;

interface PlaceSheetProps {
  at: Position | null;
  spot: Spot | null;
  note: string;
  /** Where the scanner is that leads back here. */
  scan: string;
  onNote: (note: string) => void;
  onPick: (spot: Spot | null) => void;
  onClose: () => void;
}

export default function PlaceSheet({ at, spot, note, scan, onNote, onPick, onClose }: PlaceSheetProps) {
  const [, go] = useLocation();
  const [typed, setTyped] = useState('');
  const { data, problem } = useAsk(FieldPlaces, {}, PLACES);
  const near = useMemo(() => (data && at ? nearBy(data.areas, at) : []), [data, at]);
  const found = data && search(data, typed);
  const groups = useMemo(() => (found ? grouped(found.areas) : []), [found]);
  const recents = typed ? [] : recentSpots();
  const line = (area: Area, tail?: string) => (
    <Row
      key={area.id}
      lead={<Building2 size={20} aria-hidden="true" />}
      title={area.name}
      below={[area.code, area.unit?.name].filter(Boolean).join(' · ')}
      tail={<>{tail && <span className={css.tail}>{tail}</span>}<Tag tone={riskTone(area.risk)}>{riskName(area.risk)}</Tag></>}
      onClick={() => onPick(spotOfArea(area, 'chosen'))}
    />
  );
  return (
    <Sheet title={t.title} onClose={onClose}>
      <div className={css.tools}>
        <button type="button" className={css.tool} onClick={() => go(scan)}><ScanLine size={22} aria-hidden="true" /> {t.scan}</button>
        {spot && <button type="button" className={css.tool} onClick={() => onPick(null)}>{t.none}</button>}
      </div>
      <TextField label={t.note} placeholder={t.noteHolder} value={note} maxLength={200} isOptional onChange={(event) => onNote(event.currentTarget.value)} />
      <TextField label={t.search} placeholder={t.holder} value={typed} type="search" onChange={(event) => setTyped(event.currentTarget.value)} />
      {!typed && near.length > 0 && (
        <section className={css.group}>
          <h3><LocateFixed size={16} aria-hidden="true" /> {t.near}</h3>
          {near.map(({ area, metres }) => line(area, t.away(metres < 1_000 ? `${Math.round(metres)} m` : `${(metres / 1_000).toFixed(1)} km`)))}
        </section>
      )}
      {recents.length > 0 && (
        <section className={css.group}>
          <h3><History size={16} aria-hidden="true" /> {t.recent}</h3>
          {recents.map((one) => (
            <Row key={`${one.areaId}.${one.assetId}`} title={one.name} below={one.unit} onClick={() => onPick({ ...one, how: 'chosen' })} />
          ))}
        </section>
      )}
      {found && found.assets.length > 0 && (
        <section className={css.group}>
          <h3><Cog size={16} aria-hidden="true" /> {t.machines}</h3>
          {found.assets.slice(0, MACHINES).map((asset) => (
            <Row
              key={asset.id}
              title={asset.name}
              below={[asset.code, asset.unit?.name].filter(Boolean).join(' · ')}
              onClick={() => onPick(spotOfAsset(asset, data?.areas.find((area) => area.id === asset.area?.id), 'chosen'))}
            />
          ))}
          {found.assets.length > MACHINES && <p className={css.more} role="status">{t.more(found.assets.length - MACHINES)}</p>}
        </section>
      )}
      {groups.map(({ path, areas }) => (
        <section key={path} className={css.group}>
          <h3>{path || t.all}</h3>
          {areas.map((area) => line(area))}
        </section>
      ))}
      {found && typed && !found.areas.length && !found.assets.length && <Empty title={t.nothing}>{t.nothingMore}</Empty>}
      {!data && problem && <Empty title={t.unknown}>{t.unknownMore}</Empty>}
    </Sheet>
  );
}

function nearBy(areas: readonly Area[], at: Position): { area: Area; metres: number }[] {
  return areas
    .flatMap((area) => (area.latitude === null || area.longitude === null ? [] : [{ area, metres: distance(at, { latitude: area.latitude, longitude: area.longitude }) }]))
    .filter(({ metres }) => metres < NEAR)
    .sort((a, b) => a.metres - b.metres)
    .slice(0, 3);
}

/** By the path of their unit below the company. */
function grouped(areas: readonly Area[]): { path: string; areas: Area[] }[] {
  const groups = new Map<string, Area[]>();
  for (const area of areas) {
    const path = area.unit?.path.slice(1).join(' / ') ?? '';
    groups.set(path, [...(groups.get(path) ?? []), area]);
  }
  return [...groups].map(([path, found]) => ({ path, areas: found })).sort((a, b) => a.path.localeCompare(b.path, 'zh'));
}
