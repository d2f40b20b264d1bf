/** What was reported and closed, day by day or week by week. */
import { useMemo } from 'react';
import { words } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { count } from '@anhuan/i18n/time';
import { usePalette } from './palette';
import { Empty } from '../shared/states';
import { Charted } from './Charted';
import type { Figures } from './OverviewPage';
import { trend } from './charts';
import css from './overview.module.css';

const t = words({
  title: ['上报与销号趋势', 'Reported and closed'],
  DAY: ['按日', 'by day'],
  WEEK: ['按周，周一为起始日', 'by week, from Monday'],
  day: ['日期', 'Day'],
  reported: ['上报', 'Reported'],
  closed: ['销号', 'Closed'],
  none: ['期内没有上报，也没有销号', 'Nothing was reported or closed'],
  noneMore: ['可换一个更长的期间看看。', 'Try a longer period.'],
});

/** A chart, or a table. */
export function Trend({ of: figures }: { of: Figures }) {
  const language = useLanguage();
  const { palette } = usePalette();
  const option = useMemo(() => {
    const points = figures.series.map((point) => ({ ...point, label: point.day.slice(5) }));
    return trend(language ? points : [], palette);
  }, [figures.series, palette, language]);
  return (
    <Charted
      className={css.narrow}
      title={t.title}
      small={t[figures.step]}
      option={option}
      height={280}
      label={`${t.title}: ${t.reported} ${figures.reported}, ${t.closed} ${figures.closed}`}
      empty={
        figures.reported + figures.closed === 0 && (
          <Empty isSmall title={t.none}>
            {t.noneMore}
          </Empty>
        )
      }
      table={
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t.day}</th>
              <th scope="col">{t.reported}</th>
              <th scope="col">{t.closed}</th>
            </tr>
          </thead>
          <tbody>
            {figures.series.map((point) => (
              <tr key={point.day}>
                <th scope="row">{point.day}</th>
                <td>{count(point.reported)}</td>
                <td>{count(point.closed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}
