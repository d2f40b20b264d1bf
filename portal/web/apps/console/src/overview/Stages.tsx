/** How long each stage took for what was closed in the period. */
import { words } from '@anhuan/i18n';
import { count } from '@anhuan/i18n/time';
import { Panel } from '../shared/Page';
import { Empty } from '../shared/states';
import type { Figures } from './OverviewPage';
import { hours } from './figures';
import css from './overview.module.css';

const t = words({
  title: ['各环节用时', 'Time of each stage'],
  small: ['中位数', 'median'],
  GRADING: ['定级', 'Grading'],
  DISPATCH: ['派发', 'Dispatch'],
  RECTIFICATION: ['整改', 'Rectification'],
  REVIEW: ['验收与验证', 'Review and verification'],
  CLOSING: ['从上报到销号', 'From report to closing'],
  cases: [(n: string) => `${n} 件`, (n: string) => `of ${n}`],
  none: ['期内没有销号的隐患', 'Nothing was closed in the period'],
  noneMore: ['有隐患销号后，这里显示各环节用了多久。', 'Once something is closed, it is shown here how long each stage took.'],
});

/** Bars, the longest stage full; the whole way stands apart, since it is no stage. */
export function Stages({ of: figures }: { of: Figures }) {
  const isEmpty = figures.stages.every((one) => one.n === 0);
  const longest = Math.max(0.1, ...figures.stages.filter((one) => one.stage !== 'CLOSING').map((one) => one.hours ?? 0));
  return (
    <Panel className={css.third} title={t.title} small={t.small}>
      {isEmpty ? (
        <Empty isSmall title={t.none}>
          {t.noneMore}
        </Empty>
      ) : (
        <>
          <ul className={css.stages}>
            {figures.stages.map(({ stage, hours: long, n }) => (
              <li key={stage} className={stage === 'CLOSING' ? css.whole : undefined}>
                <span>
                  {t[stage]}
                  <small>{t.cases(count(n))}</small>
                </span>
                <b>{hours(long)}</b>
                {stage !== 'CLOSING' && (
                  <span className={css.bar} aria-hidden="true">
                    <i style={{ width: `${(100 * (long ?? 0)) / longest}%` }} />
                  </span>
                )}
              </li>
            ))}
          </ul>
          <p className={css.rule}>{figures.stagesRule}</p>
        </>
      )}
    </Panel>
  );
}
