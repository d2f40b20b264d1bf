/** The top of a case: what it is, how grave, how far, how long there is and by which rule. */
import { named, words } from '@anhuan/i18n';
import { moment, near } from '@anhuan/i18n/time';
import { Due, Tag, cx, toneOf } from '@anhuan/ui';
import { Check, Clock, OctagonX, Repeat2, Scale } from 'lucide-react';
import css from './case.module.css';
import { clockWords } from './clock';
import { asHazard, standing, type Case } from './shape';
import { stagesOf } from './stages';

const t = words({
  gradeA: ['A 级 重大', 'Grade A, major'],
  gradeB: ['B 级 较大', 'Grade B, larger'],
  gradeC: ['C 级 一般', 'Grade C, general'],
  ungraded: ['未定级', 'Not graded'],
  closed: ['已闭环', 'Closed'],
  cancelled: ['已撤销', 'Called off'],
  late: ['已超期', 'Overdue'],
  stages: ['办理进度', 'How far it is'],
  done: ['已完成', 'done'],
  now: ['办理中', 'now'],
  todo: ['未开始', 'to come'],
  due: ['办理时限', 'Due'],
  at: [(at: string, why: string) => `${at} · ${why}`, (at: string, why: string) => `${at} · ${why}`],
  ended: [(at: string) => `${at} 结束`, (at: string) => `Ended ${at}`],
  stop: ['停工中', 'Work is stopped'],
  stopBy: [(who: string, at: string) => `${who}下令 · ${at}`, (who: string, at: string) => `Ordered by ${who} · ${at}`],
  stopSystem: [(at: string) => `系统自动停工 · ${at}`, (at: string) => `Stopped by the rules · ${at}`],
  again: [(n: number) => `同类隐患第 ${n} 次出现`, (n: number) => `Seen here ${n} times`],
  statutory: ['重大事故隐患（依判定标准）', 'Major accident hazard by statute'],
  round: [(n: number) => `第 ${n} 轮整改`, (n: number) => `Round ${n}`],
});

function gradeName(grade: string | null): string {
  return grade === 'A' ? t.gradeA : grade === 'B' ? t.gradeB : grade === 'C' ? t.gradeC : (grade ?? t.ungraded);
}

/** The card. */
export function Head({ one }: { one: Case }) {
  const hazard = asHazard(one);
  const provisional = one.tasks.some((task) => task.status === 'OPEN' && task.dueRule?.rule === one.dueRule && task.dueRule.isProvisional);
  return (
    <section className={css.head}>
      <div className={css.tags}>
        <Tag tone={toneOf(one.grade)}>{gradeName(one.grade)}</Tag>
        {one.status === 'OPEN' ? <Tag tone="brand">{one.stageName}</Tag> : <Tag tone={one.status === 'CLOSED' ? 'good' : 'quiet'}>{one.status === 'CLOSED' ? t.closed : t.cancelled}</Tag>}
        {hazard && <Tag>{named(hazard.type)}</Tag>}
        {one.round > 1 && <Tag tone="warn">{t.round(one.round)}</Tag>}
      </div>
      <h2 className={css.title}>{one.title}</h2>
      <p className={css.number}>{[hazard?.area?.name, hazard?.asset?.name, one.unit?.name].filter(Boolean).join(' · ') || one.number}</p>
      <Stages one={one} />
      {one.status === 'OPEN' && one.dueAt && (
        <div className={css.dueLine}>
          <Clock size={18} aria-hidden="true" />
          <div>
            <b><Due at={one.dueAt} /></b>
            <small>{t.at(moment(one.dueAt), clockWords(one.dueRule ?? '', provisional))}</small>
          </div>
        </div>
      )}
      {one.closedAt && <p className={css.number}>{t.ended(moment(one.closedAt))}</p>}
      {hazard?.isStatutoryMajor && <p className={cx(css.mark, css.markMajor)}><Scale size={18} aria-hidden="true" />{t.statutory}</p>}
      {hazard && hazard.recurrenceCount > 0 && <p className={css.mark}><Repeat2 size={18} aria-hidden="true" />{t.again(hazard.recurrenceCount + 1)}</p>}
    </section>
  );
}

function Stages({ one }: { one: Case }) {
  const stages = stagesOf(one.stage, one.status);
  if (!stages) return null;
  return (
    <ol className={css.stages} aria-label={t.stages}>
      {stages.map((stage) => (
        <li key={stage.code} className={css[stage.state]} aria-current={stage.state === 'now' ? 'step' : undefined}>
          <i aria-hidden="true">{stage.state === 'done' && <Check size={13} strokeWidth={3} />}</i>
          <span>{stage.name}</span>
          <span className="unseen">{t[stage.state]}</span>
        </li>
      ))}
    </ol>
  );
}

/** Work stands still here: above everything else. */
export function StopBanner({ one }: { one: Case }) {
  return (
    <>
      {standing(one).map((order) => (
        <div key={order.id} className={css.stop} role="alert">
          <OctagonX size={30} aria-hidden="true" />
          <div>
            <b>{t.stop}{order.unit && ` · ${order.unit.name}`}</b>
            <p>{order.reason}</p>
            <small>{order.issuedBy ? t.stopBy(order.issuedBy.name, near(order.issuedAt)) : t.stopSystem(near(order.issuedAt))}</small>
          </div>
        </div>
      ))}
    </>
  );
}
