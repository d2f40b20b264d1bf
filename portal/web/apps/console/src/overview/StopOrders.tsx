/** Where work stands still now, and why. */
import { words } from '@anhuan/i18n';
import { since } from '@anhuan/i18n/time';
import { Panel } from '../shared/Page';
import { Tag } from '../shared/parts';
import { State } from '../shared/states';
import type { Figures } from './OverviewPage';
import css from './overview.module.css';

const t = words({
  title: ['生效中的停工令', 'Stop orders in force'],
  grade: ['A 级自动停工', 'stopped by grade A'],
  ladder: ['超期自动停工', 'stopped for being late'],
  person: ['人工下令', 'ordered by a person'],
  none: ['没有停工', 'No work is stopped'],
  noneMore: ['当前范围内没有生效中的停工令。', 'No stop order is in force here.'],
  more: [(n: number) => `另有 ${n} 项，请缩小范围查看`, (n: number) => `${n} more; narrow the scope to see them`],
});

/** The newest first. */
export function StopOrders({ of: figures }: { of: Figures }) {
  const hidden = figures.stopOrdersInForce - figures.stopOrders.length;
  return (
    <Panel className={css.third} title={t.title} small={String(figures.stopOrdersInForce)}>
      {figures.stopOrders.length ? (
        <ul className={css.orders}>
          {figures.stopOrders.map((order) => (
            <li key={order.id}>
              <span>{order.reason}</span>
              <Tag tone="major">{order.unit?.name ?? '—'}</Tag>
              <small>
                {order.cause === 'grade' ? t.grade : order.cause === 'ladder' ? t.ladder : (order.issuedBy?.name ?? t.person)} · {since(order.issuedAt)}
              </small>
            </li>
          ))}
        </ul>
      ) : (
        <State picture="done" isSmall title={t.none}>
          {t.noneMore}
        </State>
      )}
      {hidden > 0 && <p className={css.rule}>{t.more(hidden)}</p>}
    </Panel>
  );
}
