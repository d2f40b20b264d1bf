/** What a failed try means for a row: try again, and when, or ask the person. */
import { WireError } from '@anhuan/wire';
import type { Row } from './rows';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
/** From this many failures of ours on, a person is told and later acts of the case no longer wait for this one. */
export const VISIBLE = 3;

/** The row went away, was set aside, or its person has left: nothing failed, there is just nothing to do. */
export class Unwanted extends Error {}

/** Refusals that the next try may well not meet: the server promises that nothing was changed. */
const PASSING = ['TRY_AGAIN', 'EVIDENCE_NOT_READY', 'EVIDENCE_MISSING'];

/** What went wrong, as the wire says it. A refusal without a reason was not the server's: a proxy or a gate of the network spoke. */
export function heard(problem: unknown): WireError {
  if (!(problem instanceof WireError)) return new WireError('broken', 'HERE');
  if (problem.trouble !== 'declined') return problem;
  if (!problem.problems.length || PASSING.includes(problem.code)) return new WireError('busy', problem.code, problem.problems);
  return problem;
}

/** Milliseconds until the next try, by how many have failed: doubling, never all phones at once. */
export function pause(tries: number, cap: number): number {
  return Math.min(cap, SECOND * 2 ** Math.min(tries, 30)) * (0.5 + Math.random() / 2);
}

/** The row after a try that failed. What is done stays done, whatever another page saw. */
export function failed(row: Row, problem: WireError, now: number): Row {
  const isDone = row.state === 'done';
  if (problem.trouble === 'declined' && !isDone)
    return { ...row, state: 'attention', trouble: 'declined', code: problem.code, problems: problem.problems };
  const tries = row.tries + 1;
  const cap = problem.trouble === 'broken' || problem.trouble === 'declined' ? DAY : 5 * MINUTE;
  const wait = problem.trouble === 'outdated' ? 5 * MINUTE : pause(tries, cap);
  return { ...row, state: isDone ? 'done' : 'pending', tries, nextAt: now + wait, trouble: problem.trouble, code: problem.code, problems: problem.problems };
}

/** How long until it is asked again whether photos are durable: soon at first, then ever more rarely. */
export function untilAsked(tries: number): number {
  return Math.min(60 * MINUTE, 2 * SECOND * 2 ** Math.min(tries, 11));
}
