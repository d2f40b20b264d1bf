/** Which kinds of hazards were reported, the most frequent first. */
import { Link } from 'react-router';
import { named, words } from '@anhuan/i18n';
import { count } from '@anhuan/i18n/time';
import { Panel } from '../shared/Page';
import { Empty } from '../shared/states';
import { useHref } from '../shared/unit';
import type { Figures } from './OverviewPage';
import css from './overview.module.css';
import type { Days } from './period';

const t = words({
  title: ['隐患类型', 'By type'],
  small: ['期内上报', 'reported in the period'],
  open: [(n: string) => `未闭环 ${n}`, (n: string) => `${n} open`],
  none: ['期内没有上报的隐患', 'Nothing was reported in the period'],
  noneMore: ['可换一个更长的期间看看。', 'Try a longer period.'],
});

const MOST = 10;

/** At most ten; each leads to what was reported of it in the period. */
export function Types({ of: figures, days }: { of: Figures; days: Days }) {
  const href = useHref();
  const rows = figures.types.slice(0, MOST);
  const most = Math.max(1, ...rows.map((row) => row.reported));
  return (
    <Panel className={css.third} title={t.title} small={t.small}>
      {rows.length ? (
        <ul className={css.types}>
          {rows.map(({ type, reported, open }) => (
            <li key={type.code}>
              <Link to={href(`/hazards?status=ALL&type=${type.code}&from=${days.from}&until=${days.until}`)}>{named(type)}</Link>
              <span className={css.bar} aria-hidden="true">
                <i style={{ width: `${(100 * reported) / most}%` }} />
              </span>
              <span>
                {count(reported)} <small>{t.open(count(open))}</small>
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <Empty isSmall title={t.none}>
          {t.noneMore}
        </Empty>
      )}
    </Panel>
  );
}
