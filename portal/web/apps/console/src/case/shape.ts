/** What a case is on this page, and small questions that many parts ask of it; pure. */
import type { ConsoleCaseQuery } from '../gql';

export type Case = NonNullable<ConsoleCaseQuery['case']>;
export type Hazard = Extract<Case, { description: string }>;
export type Task = Case['tasks'][number];
export type Piece = Case['evidence'][number];

/** The case as a hazard, where it is one. */
export function asHazard(one: Case): Hazard | null {
  return 'description' in one ? one : null;
}

/** Stop orders in force. */
export function standing(one: Case): Case['stopOrders'] {
  return one.stopOrders.filter((order) => !order.liftedAt);
}

/** The open tasks that wait for the reader. */
export function mineOf(one: Case): Task[] {
  const ids = new Set(one.mine.map(({ id }) => id));
  return one.tasks.filter(({ id }) => ids.has(id));
}

/** Names by id, of everybody whom the case names. */
export function namesIn(one: Case): Map<string, string> {
  const names = new Map<string, string>();
  const add = (person: { id: string; name: string } | null | undefined): void => void (person && names.set(person.id, person.name));
  for (const { person } of one.people) add(person);
  for (const task of one.tasks) {
    add(task.doneBy);
    for (const seat of task.seats) {
      add(seat.decidedBy);
      for (const person of seat.candidates) add(person);
    }
  }
  add(one.reporter);
  for (const order of one.stopOrders) add(order.issuedBy);
  return names;
}

/** Step names by code. */
export function stepsIn(one: Case): Map<string, string> {
  return new Map(one.tasks.map((task) => [task.step, task.stepName]));
}

/** The order in which purposes are shown: as work goes. */
export const PURPOSES = ['report', 'before', 'progress', 'after', 'test', 'verification', 'resume', 'comment'] as const;

/** Evidence by what it shows, in the order of the work; empty groups are left out. */
export function byPurpose(pieces: readonly Piece[]): { purpose: string; pieces: Piece[] }[] {
  const groups = new Map<string, Piece[]>(PURPOSES.map((purpose) => [purpose, []]));
  for (const piece of pieces) {
    const purpose = piece.purpose ?? 'other';
    groups.set(purpose, [...(groups.get(purpose) ?? []), piece]);
  }
  return [...groups].flatMap(([purpose, found]) => (found.length ? [{ purpose, pieces: found }] : []));
}

/** What can be laid over one another: the newest picture before with the newest after; what was reported stands in for a missing one before. */
export function comparable(pieces: readonly Piece[]): { before: Piece; after: Piece } | null {
  const last = (purpose: string): Piece | undefined => pieces.filter((piece) => piece.purpose === purpose && piece.viewUrl).pop();
  const before = last('before') ?? last('report');
  const after = last('after');
  return before && after ? { before, after } : null;
}

/** Tasks as rounds of work: the newest round of each step first counts, older ones are history. */
export function latestOf(tasks: readonly Task[]): { now: Task[]; past: Task[] } {
  const newest = new Map<string, number>();
  for (const task of tasks) newest.set(task.step, Math.max(newest.get(task.step) ?? 0, task.round));
  const isNow = (task: Task): boolean => task.status === 'OPEN' || (task.status === 'DONE' && task.round === newest.get(task.step));
  return { now: tasks.filter(isNow), past: tasks.filter((task) => !isNow(task)) };
}
