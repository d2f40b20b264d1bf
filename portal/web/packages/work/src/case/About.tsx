/** What was seen and where, with the pictures; how it looked before and after. */
import { words } from '@anhuan/i18n';
import { moment } from '@anhuan/i18n/time';
import { Card, Notice } from '@anhuan/ui';
import { whoIsHere } from '@anhuan/wire';
import { FileDown, ImageOff } from 'lucide-react';
import { useLocation } from 'wouter';
import { Compare } from '../photos/Compare';
import { inStory } from '../photos/purposes';
import { Shots } from '../photos/Shots';
import css from './case.module.css';
import { asHazard, type Case } from './shape';

const t = words({
  about: ['隐患情况', 'What was seen'],
  place: ['区域', 'Area'],
  asset: ['设备', 'Machine'],
  note: ['具体位置', 'Where exactly'],
  unit: ['所属单位', 'Unit'],
  reporter: ['上报人', 'Reported by'],
  anonymous: ['匿名', 'Anonymous'],
  unseen: ['其他人员', 'Somebody else'],
  company: ['企业方人员', 'Somebody of the company'],
  missing: [(n: number, who: string) => `还有 ${n} 张照片没有传到${who && `，请提醒 ${who} 打开应用继续上传`}`, (n: number, who: string) => `${n} photos have not arrived${who && `; ask ${who} to open the app`}`],
  seen: ['发现时间', 'Seen'],
  responsible: ['责任单位', 'Puts it right'],
  graded: ['定级人', 'Graded by'],
  statutory: ['判定依据', 'By'],
  photos: ['照片', 'Photos'],
  compare: ['整改前后对比', 'Before and after'],
  similar: ['可能重复', 'May be the same'],
  recurrence: ['上一次出现', 'Last time'],
  open: ['查看', 'Open'],
  percent: [(n: number) => `相似度 ${n}%`, (n: number) => `${n}% alike`],
  hidden: ['其他单位的隐患', 'A hazard elsewhere'],
  print: ['下载闭环单（PDF）', 'Download the case as PDF'],
});

/** The cards. */
export function About({ one, onStale }: { one: Case; onStale: () => void }) {
  const [, go] = useLocation();
  const hazard = asHazard(one);
  const latest = (purpose: string) => [...one.evidence].reverse().find((photo) => photo.purpose?.toLowerCase() === purpose && photo.viewUrl);
  const before = latest('before');
  const after = latest('after');
  const owners = [...new Set(one.missingEvidence.flatMap((photo) => photo.uploadedBy?.name ?? []))].join('、');
  const clause = clauseOf(hazard?.statutoryClause);
  const responsible = [hazard?.responsibleUnit?.name, hazard?.responsible?.name].filter(Boolean).join(' · ');
  return (
    <>
      <Card title={t.about}>
        {hazard?.description && <p className={css.description}>{hazard.description}</p>}
        {one.missingEvidence.length > 0 && <Notice tone="warn" picture={<ImageOff size={18} aria-hidden="true" />}>{t.missing(one.missingEvidence.length, owners)}</Notice>}
        {one.evidence.length > 0 && <Shots photos={inStory(one.evidence)} isNamed onStale={onStale} />}
        <dl className={css.facts}>
          <Fact name={t.place} value={hazard?.area?.name} />
          <Fact name={t.asset} value={hazard?.asset && `${hazard.asset.name} ${hazard.asset.code}`} />
          <Fact name={t.note} value={hazard?.placeNote} />
          <Fact name={t.unit} value={one.unit?.path.slice(-3).join(' / ')} />
          <Fact name={t.reporter} value={reporterOf(one)} />
          <Fact name={t.seen} value={moment(hazard?.seenAt ?? one.openedAt)} />
          <Fact name={t.responsible} value={responsible} />
          <Fact name={t.graded} value={hazard?.gradedBy?.name} />
          <Fact name={t.statutory} value={clause} />
        </dl>
        {hazard?.recurrenceOf && (
          <button type="button" className={css.link} onClick={() => go(`/case/${hazard.recurrenceOf}`)}>{t.recurrence}：{t.open}</button>
        )}
        <a className={css.link} href={`/cases/${one.id}.pdf`} target="_blank" rel="noreferrer"><FileDown size={18} aria-hidden="true" />{t.print}</a>
      </Card>
      {before && after && <Card title={t.compare}><Compare before={before} after={after} /></Card>}
      {hazard && hazard.similar.length > 0 && one.status === 'OPEN' && (
        <Card title={t.similar}>
          {hazard.similar.map((other) => (
            <button key={other.caseId} type="button" className={css.similar} disabled={!other.number} onClick={() => go(`/case/${other.caseId}`)}>
              <span>{other.title ?? t.hidden}</span>
              <small>{[other.number, t.percent(other.percent)].filter(Boolean).join(' · ')}</small>
            </button>
          ))}
        </Card>
      )}
    </>
  );
}

/** Who reported it: by name, or that the reader may not know, or that nobody does. */
function reporterOf(one: Case): string {
  if (one.reporter) return one.reporter.name;
  if (!one.people.some((row) => row.part === 'reporter')) return t.anonymous;
  return whoIsHere()?.person.partyId ? t.company : t.unseen;
}

function Fact({ name, value }: { name: string; value: string | null | undefined }) {
  return value ? (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  ) : null;
}

function clauseOf(clause: unknown): string | null {
  if (typeof clause !== 'object' || clause === null) return null;
  const { title, instrument, clause: number } = clause as Record<string, unknown>;
  return [title ?? instrument, number].filter(Boolean).join(' ');
}
