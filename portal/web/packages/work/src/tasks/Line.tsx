/** One task as a line: how grave, what, where, what is to be done, how long there is. */
import { words } from '@anhuan/i18n';
import { Due, Tag, cx, toneOf } from '@anhuan/ui';
import type { TaskLineFragment } from '../gql';
import css from './tasks.module.css';

const t = words({
  grade: [(grade: string) => `${grade} 级`, (grade: string) => `Grade ${grade}`],
  ungraded: ['未定级', 'Not graded'],
  waiting: ['待上传', 'To upload'],
  hidden: ['无权查看的事项', 'A case that you cannot see'],
  open: ['不限时', 'No limit'],
});

/** A task that opens its case. */
export function Line({ task, isWaiting, onOpen }: { task: TaskLineFragment; isWaiting: boolean; onOpen: (caseId: string) => void }) {
  const about = task.case;
  const place = about && ('area' in about ? (about.area?.name ?? about.unit?.name) : about.unit?.name);
  return (
    <button type="button" className={css.line} disabled={!about} onClick={() => about && onOpen(about.id)}>
      <span className={cx(css.stripe, css[toneOf(about?.grade)])} aria-hidden="true" />
      <span className={css.what}>
        <b>{about?.title ?? t.hidden}</b>
        <small>{[place, about?.number].filter(Boolean).join(' · ')}</small>
        <span className={css.tags}>
          <Tag tone="brand">{task.stepName}</Tag>
          <Tag tone={toneOf(about?.grade)}>{about?.grade ? t.grade(about.grade) : t.ungraded}</Tag>
          {isWaiting && <Tag tone="warn">{t.waiting}</Tag>}
        </span>
      </span>
      <span className={css.due}>{task.dueAt ? <Due at={task.dueAt} /> : t.open}</span>
    </button>
  );
}
