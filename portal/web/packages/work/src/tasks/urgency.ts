/** Which tasks come first and which a filter keeps; pure. */
import type { TaskLineFragment } from '../gql';

export type TaskFilter = 'all' | 'rectify' | 'check' | 'grade' | 'late';

/** The filters in the order in which they are offered. */
export const FILTERS: readonly TaskFilter[] = ['all', 'rectify', 'check', 'grade', 'late'];

/** Whether a task is past its limit. */
export function isLate(task: Pick<TaskLineFragment, 'dueAt'>, now: number): boolean {
  return task.dueAt !== null && Date.parse(task.dueAt) < now;
}

/** Whether a filter keeps a task. Checking is every approval; grading is deciding how grave it is and who puts it right. */
export function keeps(filter: TaskFilter, task: Pick<TaskLineFragment, 'dueAt' | 'isApproval' | 'step'>, now: number): boolean {
  const isGrading = task.step === 'grade' || task.step === 'assign';
  switch (filter) {
    case 'all':
      return true;
    case 'late':
      return isLate(task, now);
    case 'check':
      return task.isApproval;
    case 'grade':
      return !task.isApproval && isGrading;
    case 'rectify':
      return !task.isApproval && !isGrading;
  }
}

/** Soonest due first, what has no limit last; among equals the graver, then the older. */
export function byUrgency<Task extends TaskLineFragment>(tasks: readonly Task[]): Task[] {
  return [...tasks].sort(
    (one, other) =>
      moment(one.dueAt) - moment(other.dueAt) ||
      (one.case?.grade ?? 'Z').localeCompare(other.case?.grade ?? 'Z') ||
      one.openedAt.localeCompare(other.openedAt),
  );
}

function moment(at: string | null): number {
  return at === null ? Number.MAX_SAFE_INTEGER : Date.parse(at);
}
