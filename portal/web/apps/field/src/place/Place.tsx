/** What a scanned label stands for, how dangerous it is there, and what I may do: the phone may know it without network. */
import { words } from '@anhuan/i18n';
import { since } from '@anhuan/i18n/time';
import { useLanguage } from '@anhuan/i18n/react';
import { Button, Card, cx, Due, Empty, Loading, Notice, Page, Row, Tag, toneOf, Trouble } from '@anhuan/ui';
import { useAsk } from '@anhuan/wire';
import { back } from '@anhuan/work';
import { Camera, Cog, MapPin, ScanLine, WifiOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { FieldLabel, FieldPlaceHazards, type FieldLabelQuery } from '../gql';
import { handFiles, handSpot, waitingReport } from '../report/handed';
import { Shoot } from '../report/Shoot';
import css from './place.module.css';
import { knownPlaces, spotOfArea, spotOfAsset, spotOfLabel, type Spot } from './places';
import { riskName, riskTone } from './risk';

const t = words({
  title: ['现场信息', 'This place'],
  area: ['区域', 'Area'],
  asset: ['设备', 'Machine'],
  code: [(code: string) => `编号 ${code}`, (code: string) => `No. ${code}`],
  unit: [(unit: string) => `责任单位：${unit}`, (unit: string) => `Looked after by ${unit}`],
  report: ['在这里上报隐患', 'Report a hazard here'],
  words: ['不拍照，文字上报', 'Report in words'],
  use: ['用这个位置', 'Use this place'],
  open: [(n: number) => `未闭环隐患 ${n}`, (n: number) => `Open hazards ${n}`],
  none: ['没有未闭环的隐患', 'No open hazards'],
  careful: ['重大风险区域，进入前请确认防护和作业许可。', 'Major risk: check your protection and permits before you enter.'],
  unknown: ['认不出这个二维码', 'This label is not known'],
  unknownMore: ['它可能不属于本企业，或者不在你的查看范围。', 'It may belong to another company, or lie outside what you can see.'],
  offline: ['没有网络，以下为本机保存的信息', 'No network: this is what the phone remembers'],
  again: ['重新扫码', 'Scan again'],
});

interface Shown {
  spot: Spot;
  kind: string;
  name: string;
  code: string;
  unit: string;
  risk: string | null;
}

export default function Place({ label }: { label: string }) {
  useLanguage();
  const [, go] = useLocation();
  const report = waitingReport(useSearch());
  const { data, problem, again } = useAsk(FieldLabel, { label });
  const [remembered, setRemembered] = useState<Spot | null | undefined>();
  useEffect(() => {
    void knownPlaces().then((known) => setRemembered(spotOfLabel(known, label) ?? null));
  }, [label]);
  const shown = data?.label ? shownOf(data.label) : !data && remembered ? rememberedAs(remembered) : null;
  const isLost = problem?.trouble === 'network' || problem?.trouble === 'busy';

  return (
    <Page title={t.title} onBack={() => back(go, '/')}>
      {!shown && !data && !problem && <Loading />}
      {!shown && data && (
        <Empty title={t.unknown} action={<Button kind="soft" onClick={() => go('/scan', { replace: true })}><ScanLine size={20} aria-hidden="true" /> {t.again}</Button>}>{t.unknownMore}</Empty>
      )}
      {!shown && problem && remembered === null && <Trouble problem={problem} onAgain={() => void again()} />}
      {shown && (
        <>
          {isLost && <Notice tone="warn" picture={<WifiOff size={20} aria-hidden="true" />}>{t.offline}</Notice>}
          <section className={cx(css.hero, shown.risk && css[shown.risk as 'major'])}>
            <div className={css.kind}>{shown.spot.assetId ? <Cog size={18} aria-hidden="true" /> : <MapPin size={18} aria-hidden="true" />} {shown.kind}</div>
            <h2>{shown.name}</h2>
            {shown.unit && <p>{t.unit(shown.unit)}</p>}
            <div className={css.heroTags}>
              {shown.risk && <Tag tone={riskTone(shown.risk)}>{riskName(shown.risk)}</Tag>}
              {shown.code && <Tag>{t.code(shown.code)}</Tag>}
            </div>
          </section>
          {shown.risk === 'major' && <Notice tone="major">{t.careful}</Notice>}
          <div className={css.acts}>
            {report ? (
              <Button onClick={() => { handSpot(shown.spot); go(report, { replace: true }); }}>{t.use}</Button>
            ) : (
              <>
                <Shoot className={css.shoot} label={t.report} onFiles={(files) => { handFiles(files); handSpot(shown.spot); go('/report'); }}>
                  <Camera size={24} aria-hidden="true" /> {t.report}
                </Shoot>
                <Button kind="plain" onClick={() => { handSpot(shown.spot); go('/report'); }}>{t.words}</Button>
              </>
            )}
          </div>
          <OpenHazards spot={shown.spot} />
        </>
      )}
    </Page>
  );
}

function OpenHazards({ spot }: { spot: Spot }) {
  const [, go] = useLocation();
  const filter = { status: 'OPEN' as const, ...(spot.assetId ? { asset: spot.assetId } : { area: spot.areaId }) };
  const { data } = useAsk(FieldPlaceHazards, { filter }, `place.${spot.assetId ?? spot.areaId}`);
  if (!data) return null;
  return (
    <Card title={t.open(data.hazards.totalCount)}>
      {data.hazards.edges.map(({ node }) => (
        <Row
          key={node.id}
          title={node.title}
          below={`${node.number} · ${since(node.openedAt)} · ${node.stageName}`}
          tail={node.isOverdue && node.dueAt ? <Due at={node.dueAt} /> : node.grade && <Tag tone={toneOf(node.grade)}>{node.grade}</Tag>}
          onClick={() => go(`/case/${node.id}`)}
        />
      ))}
      {data.hazards.totalCount === 0 && <p className={css.none}>{t.none}</p>}
    </Card>
  );
}

function shownOf(found: NonNullable<FieldLabelQuery['label']>): Shown {
  const common = { name: found.name, code: found.code, unit: found.unit?.name ?? '' };
  if ('risk' in found) return { ...common, spot: spotOfArea(found, 'label'), kind: t.area, risk: found.risk };
  return { ...common, spot: spotOfAsset(found, found.area ?? undefined, 'label'), kind: found.area ? `${t.asset} · ${found.area.name}` : t.asset, risk: found.area?.risk ?? null };
}

function rememberedAs(spot: Spot): Shown {
  return { spot, kind: spot.assetId ? t.asset : t.area, name: spot.name, code: '', unit: spot.unit, risk: spot.risk };
}
