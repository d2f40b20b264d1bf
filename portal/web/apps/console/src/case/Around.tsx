/** What stands beside a case: reports that look like it, whether it came back, how it climbed, and where work was stopped before. */
import { Link } from 'react-router';
import { words } from '@anhuan/i18n';
import { moment } from '@anhuan/i18n/time';
import { Panel } from '../shared/Page';
import { Tag } from '../shared/parts';
import { useHref } from '../shared/unit';
import css from './case.module.css';
import type { Case, Hazard } from './shape';

const t = words({
  alike: ['相似与复发', 'Alike and before'],
  hidden: ['一条您无权查看的隐患', 'one that you may not see'],
  percent: [(n: number) => `相似 ${n}%`, (n: number) => `${n} % alike`],
  again: [(n: number) => `近三个月内第 ${n} 次复发`, (n: number) => `recurred ${n} times within three months`],
  before: ['查看上一次', 'the one before'],
  climbs: ['升级记录', 'Escalations'],
  rung: [(n: number) => `第 ${n} 级`, (n: number) => `rung ${n}`],
  stop: ['并自动停工', 'and work was stopped'],
  orders: ['停复工记录', 'Stop orders'],
  from: [(at: string) => `停工 ${at}`, (at: string) => `stopped ${at}`],
  until: [(at: string) => `复工 ${at}`, (at: string) => `resumed ${at}`],
  standing: ['生效中', 'in force'],
});

/** Nothing where it stands alone. */
export function Lookalikes({ hazard }: { hazard: Hazard }) {
  const href = useHref();
  if (!hazard.similar.length && !hazard.recurrenceOf) return null;
  return (
    <Panel title={t.alike}>
      {hazard.recurrenceOf && (
        <p className={css.line}>
          <Tag tone="warn">{t.again(Math.max(1, hazard.recurrenceCount))}</Tag> <Link to={href(`/case/${hazard.recurrenceOf}`)}>{t.before}</Link>
        </p>
      )}
      <ul className={css.plain}>
        {hazard.similar.map((one) => (
          <li key={one.caseId}>
            {one.number ? <Link to={href(`/case/${one.caseId}`)}>{one.number} {one.title}</Link> : t.hidden} <span className={css.quiet}>{t.percent(one.percent)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Rungs that fired, and stop orders that are over. */
export function Escalations({ one }: { one: Case }) {
  const steps = new Map(one.tasks.map((task) => [task.id, task.stepName]));
  const fired = [...one.escalations].reverse();
  return (
    <>
      {fired.length > 0 && (
        <Panel title={t.climbs} small={fired.length}>
          <ul className={css.plain}>
            {fired.slice(0, 8).map((rung) => (
              <li key={rung.id}>
                {steps.get(rung.taskId)} · {t.rung(rung.rung + 1)} {stops(rung.effect) && <Tag tone="major">{t.stop}</Tag>}
                <div className={css.quiet}>{moment(rung.firedAt)}</div>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {one.stopOrders.length > 0 && (
        <Panel title={t.orders} small={one.stopOrders.length}>
          <ul className={css.plain}>
            {one.stopOrders.map((order) => (
              <li key={order.id}>
                {order.reason}
                <div className={css.quiet}>
                  {t.from(moment(order.issuedAt))} · {order.liftedAt ? t.until(moment(order.liftedAt)) : <Tag tone="major">{t.standing}</Tag>}
                </div>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}

function stops(effect: unknown): boolean {
  return typeof effect === 'object' && effect !== null && 'effect' in effect && (effect as { effect: unknown }).effect === 'stop_work';
}
