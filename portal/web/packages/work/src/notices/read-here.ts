/** What was read on this device: shown as read at once, remembered, and said to the server as soon as there is network. */
import { keeper } from '@anhuan/outbox';
import { act, whoIsHere, WireError } from '@anhuan/wire';
import { useEffect, useRef } from 'react';
import { WorkMarkRead } from '../gql';

/** Single notices, and everything not newer than one. */
export interface Marks {
  ids: readonly string[];
  upTo: string | null;
}

export const NONE: Marks = { ids: [], upTo: null };
const PLACE = 'notices-read-here';
/** More than that nobody reads without network; the oldest is forgotten, which makes it unread again. */
const MOST = 200;

let turn: Promise<unknown> = Promise.resolve();

/** One change of what is remembered after the other. */
async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  const mine = turn.then(work, work);
  turn = mine.catch(() => undefined);
  return mine;
}

/** Ids grow with time. */
export function isReadHere(id: string, { ids, upTo }: Marks): boolean {
  return ids.includes(id) || (upTo !== null && id <= upTo);
}

/** Both together. */
export function joined(one: Marks, other: Marks): Marks {
  const upTo = one.upTo !== null && (other.upTo === null || one.upTo > other.upTo) ? one.upTo : other.upTo;
  const ids = [...new Set([...one.ids, ...other.ids])].filter((id) => upTo === null || id > upTo);
  return { ids: ids.slice(-MOST), upTo };
}

/** What the server was not told yet. */
export async function unsaid(): Promise<Marks> {
  return ((await keeper.get(PLACE))?.data as Marks | undefined) ?? NONE;
}

/** Remember that these were read, and say so; whether the server knows now. */
export async function markRead(some: Marks): Promise<boolean> {
  // A device that keeps nothing still may have network.
  await inTurn(async () => keeper.put(PLACE, joined(await unsaid(), some))).catch(() => undefined);
  return say(some);
}

/** Say these and what was not said yet; whether there was anything, and all of it arrived. */
export async function say(some = NONE): Promise<boolean> {
  return inTurn(async () => {
    const marks = joined(await unsaid(), some);
    if (!marks.ids.length && marks.upTo === null) return false;
    const left = await told(marks);
    await keeper.put(PLACE, left).catch(() => undefined);
    return left === NONE;
  });
}

/** What is left to be said after trying. */
async function told(marks: Marks): Promise<Marks> {
  const as = whoIsHere()?.person.id;
  if (!as) return marks;
  let left = marks;
  try {
    if (marks.upTo !== null) await one({ upTo: marks.upTo }, as);
    left = { ...left, upTo: null };
    for (const id of marks.ids) {
      // oxlint-disable-next-line no-await-in-loop -- few, and where one is lost the next is as well
      await one({ id }, as);
      left = { ...left, ids: left.ids.filter((other) => other !== id) };
    }
    return NONE;
  } catch {
    return left;
  }
}

async function one(input: { id?: string; upTo?: string }, as: string): Promise<void> {
  try {
    await act(WorkMarkRead, { input }, { as });
  } catch (problem) {
    // Declined: there is no such notice any more, and nothing to be said of it.
    if (!(problem instanceof WireError) || problem.trouble !== 'declined') throw problem;
  }
}

/** Says what is left when a screen opens and when the network is back; `then` when it has arrived. */
export function useSay(then: () => unknown): void {
  const latest = useRef(then);
  useEffect(() => {
    latest.current = then;
  });
  useEffect(() => {
    const look = (): void => void say().then((isSaid) => isSaid && latest.current(), () => undefined);
    look();
    window.addEventListener('online', look);
    return () => window.removeEventListener('online', look);
  }, []);
}
