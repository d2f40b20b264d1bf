/** How far a report has come: six words on a line, or the stage's own name where the company has stages of its own. */
import { words } from '@anhuan/i18n';
import { Stages, Tag } from '@anhuan/ui';
import type { ReportLineFragment } from '../gql';
import css from './reports.module.css';
import { stageAt, stageNames, stateOf } from './stages';

const t = words({
  progress: ['进度', 'Progress'],
  late: ['已超期', 'Overdue'],
});

export function Progress({ line }: { line: ReportLineFragment }) {
  const at = stageAt(line);
  const { text, tone } = stateOf(line);
  if (at === undefined) return <span className={css.state}><Tag tone={tone}>{text}</Tag></span>;
  return (
    <span className={css.progress}>
      <Stages names={stageNames()} now={at} label={t.progress} />
      {line.isOverdue && <Tag tone="major">{t.late}</Tag>}
    </span>
  );
}
