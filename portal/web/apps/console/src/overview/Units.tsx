/** Open hazards of the next level of units, by grade; a bar leads to its hazards. */
import { useMemo } from 'react';
import { Link, useNavigate } from 'react-router';
import { words } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { count } from '@anhuan/i18n/time';
import { Empty } from '../shared/states';
import { usePalette } from './palette';
import { useUnit } from '../shared/unit';
import { Charted } from './Charted';
import type { Figures } from './OverviewPage';
import { GRADES, byUnit, gradeWord, ofGrade } from './charts';
import css from './overview.module.css';

const t = words({
  title: ['未闭环隐患分布', 'Open hazards by unit'],
  small: ['按下一级单位和等级，点击查看明细', 'next level of units, by grade; click for the list'],
  rest: [(n: number) => `另有 ${n} 个单位没有`, (n: number) => `${n} more have none`],
  here: [(name: string) => `${name}（本级）`, (name: string) => `${name} (itself)`],
  unit: ['单位', 'Unit'],
  all: ['合计', 'All'],
  overdue: ['超期', 'Overdue'],
  none: ['没有未闭环的隐患', 'Nothing is open'],
  noneMore: ['当前范围内的隐患都已闭环或尚未上报。', 'Everything here is closed, or nothing was reported.'],
});

const ROW = 38;

/** A chart, or a table. */
export function Units({ of: figures }: { of: Figures }) {
  const language = useLanguage();
  const { palette } = usePalette();
  const go = useNavigate();
  const [scope] = useUnit();
  const rows = useMemo(() => {
    const below = figures.units.map(({ unit, standing }) => ({ id: unit.id, name: unit.name, standing }));
    const own = figures.unit && figures.here.open > 0 ? [{ id: figures.unit.id, name: t.here(figures.unit.name), standing: figures.here }] : [];
    const all = [...below, ...own].sort((a, b) => b.standing.open - a.standing.open);
    // Its sentences depend on the language.
    return language ? all : [];
  }, [figures, language]);
  const filled = useMemo(() => rows.filter((row) => row.standing.open > 0), [rows]);
  const option = useMemo(() => byUnit(filled, palette), [filled, palette]);
  const link = (id: string | undefined, grade?: string): string => `/hazards?unit=${id ?? scope ?? ''}${grade && grade !== 'ungraded' ? `&grade=${grade}` : ''}${grade === 'ungraded' ? '&stage=grading' : ''}`;
  return (
    <Charted
      className={css.wide}
      title={t.title}
      small={rows.length > filled.length ? `${t.small} · ${t.rest(rows.length - filled.length)}` : t.small}
      option={option}
      height={Math.max(280, 52 + filled.length * ROW)}
      label={`${t.title}: ${filled.map((row) => `${row.name} ${row.standing.open}`).join(', ')}`}
      onClick={(row, series) => void go(link(filled[row]?.id, GRADES[series]))}
      empty={
        figures.standing.open === 0 && (
          <Empty isSmall title={t.none}>
            {t.noneMore}
          </Empty>
        )
      }
      table={
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t.unit}</th>
              {GRADES.map((grade) => (
                <th key={grade} scope="col">
                  {gradeWord(grade)}
                </th>
              ))}
              <th scope="col">{t.all}</th>
              <th scope="col">{t.overdue}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id + row.name}>
                <th scope="row">
                  <Link to={link(row.id)}>{row.name}</Link>
                </th>
                {GRADES.map((grade) => (
                  <td key={grade}>{count(ofGrade(row.standing, grade))}</td>
                ))}
                <td>{count(row.standing.open)}</td>
                <td>{count(row.standing.overdue)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}
