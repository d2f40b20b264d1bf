/** One case: what is remembered at once, what is true as soon as the server says it; asked again whenever it changes. */
import { useOutbox, type Entry } from '@anhuan/outbox';
import { useAsk, WireError } from '@anhuan/wire';
import { WorkCaseById } from '../gql';
import { useChanges } from '../live';
import { useWhenDone } from '../when-done';
import type { Case } from './shape';

export interface CaseAnswer {
  found: Case | undefined;
  at: number | undefined;
  problem: WireError | undefined;
  again: () => Promise<void>;
  /** What this device has not brought to the server yet, oldest first; undefined until that is known. */
  pending: readonly Entry[] | undefined;
  /** What was done here and does not show in `found` yet: it waits, or has arrived since. Undefined until that is known. */
  handed: readonly Entry[] | undefined;
}

/** The place where a case is remembered. */
export function kept(id: string): string {
  return `case:${id}`;
}

/** An address that somebody typed or cut short leads to no case, which need not be asked. */
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const NOWHERE = new WireError('declined', 'NOT_FOUND');

/** The case of an id. */
export function useCase(id: string): CaseAnswer {
  const isId = UUID.test(id);
  const { data, at, problem, again } = useAsk(WorkCaseById, { id }, kept(id), isId);
  useChanges(['case'], () => void again(), id);
  const { entries, problem: unread } = useOutbox();
  const about = entries?.filter((entry) => entry.about === id);
  useWhenDone(about?.filter((entry) => entry.state === 'done').length, again);
  return {
    found: data?.case ?? undefined,
    at,
    problem: isId ? problem : NOWHERE,
    again,
    pending: about?.filter((entry) => entry.state !== 'done').reverse(),
    // A device that keeps nothing holds nothing back either.
    handed: about?.filter((entry) => isAhead(entry, at)) ?? (unread && []),
  };
}

/** Whether it was done here after the server told of the case; what was declined was not done. */
export function isAhead(entry: Pick<Entry, 'state' | 'receipt'>, at: number | undefined): boolean {
  if (entry.state === 'done') return at !== undefined && (entry.receipt?.at ?? 0) > at;
  return entry.state !== 'attention';
}
