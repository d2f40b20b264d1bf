/** One act on many hazards, one after the other: what became of each, and a way to stop. */
import { said, WireError } from '@anhuan/wire';

export type Fate = { state: 'waiting' | 'running' | 'done' } | { state: 'failed' | 'skipped'; why: string };

export interface Run {
  fates: ReadonlyMap<string, Fate>;
  isOver: boolean;
}

/**
 * Act on each; `tell` hears every step. What cannot be done is passed over with its reason; without network, or signed out, the rest
 * is left alone. Answers when all is said.
 */
export async function each(ids: readonly string[], act: (id: string) => Promise<unknown>, tell: (run: Run) => void, stop: { isWanted: boolean } = { isWanted: false }): Promise<Run> {
  const fates = new Map<string, Fate>(ids.map((id) => [id, { state: 'waiting' }]));
  const say = (isOver = false): Run => {
    const run = { fates: new Map(fates), isOver };
    tell(run);
    return run;
  };
  let reason: string | null = null;
  for (const id of ids) {
    if (stop.isWanted || reason !== null) {
      fates.set(id, { state: 'skipped', why: reason ?? '' });
      continue;
    }
    fates.set(id, { state: 'running' });
    say();
    try {
      await act(id);
      fates.set(id, { state: 'done' });
    } catch (problem) {
      fates.set(id, { state: 'failed', why: said(problem) });
      if (!(problem instanceof WireError) || problem.trouble !== 'declined') reason = said(problem);
    }
    say();
  }
  return say(true);
}
