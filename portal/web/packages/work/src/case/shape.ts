/** What a case is on these screens, and the small questions that many of them ask of it. */
import type { WorkCaseFragment, WorkTaskFragment } from '../gql';

export type Case = WorkCaseFragment;
export type Task = WorkTaskFragment;
export type Hazard = Extract<Case, { description: string }>;

/** The case as a hazard, where it is one. */
export function asHazard(one: Case): Hazard | null {
  return 'description' in one ? one : null;
}

/** The steps that wait for the reader, most urgent first. */
export function mineOf(one: Case): Task[] {
  const ids = new Set(one.mine.map((task) => task.id));
  return one.tasks.filter((task) => ids.has(task.id)).sort((a, b) => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9'));
}

/** Whether somebody was sent to it, whom an outside reader may not see. */
export function isAssigned(one: Case): boolean {
  return one.tasks.some((task) => task.step === 'assign' && task.outcome === 'done');
}

/** Stop orders that are in force. */
export function standing(one: Case): Case['stopOrders'] {
  return one.stopOrders.filter((order) => order.liftedAt === null);
}

/** Everybody whom the case names, by id. */
export function namesIn(one: Case): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const add = (person: { id: string; name: string } | null | undefined): void => {
    if (person) names.set(person.id, person.name);
  };
  for (const { person } of one.people) add(person);
  for (const { node } of one.timeline.edges) add(node.actor);
  for (const task of one.tasks) for (const seat of task.seats) for (const person of seat.candidates) add(person);
  add(one.reporter);
  return names;
}
