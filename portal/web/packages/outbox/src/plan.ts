/** Which rows are sent next: within a case one after the other, cases beside one another, danger first. */
import { VISIBLE } from './outcome';
import type { Row } from './rows';

/** How many at a time; what cannot wait has a way of its own, however many photos of yesterday are under way. */
const LANES = 2;
const URGENT_LANES = 2;

export interface Plan {
  ready: Row[];
  /** When the next one of those that wait comes due. */
  soonest: number;
}

/** Somebody may be in danger until it arrives. */
export function isUrgent(row: Row): boolean {
  return row.state !== 'done' && (row.kind === 'report' || row.kind === 'stopWork');
}

/** Of everything that is not finished, what may start now. `running` says of each that is under way whether it is urgent. */
export function plan(rows: readonly Row[], now: number, running: ReadonlyMap<string, boolean>): Plan {
  const inOrder = [...rows].sort((a, b) => a.seq - b.seq);
  let free = LANES;
  let freeUrgent = URGENT_LANES;
  for (const [, isRushed] of running) {
    if (isRushed) freeUrgent--;
    else free--;
  }
  const first = candidates(inOrder).filter((row) => !running.has(row.id));
  const soonest = first.reduce((least, row) => (row.nextAt > now ? Math.min(least, row.nextAt) : least), Number.POSITIVE_INFINITY);
  const due = first
    .filter((row) => row.nextAt <= now)
    // The acts before the leftover photos, and one that keeps failing last, so that it holds nobody up.
    .sort((a, b) => Number(isUrgent(b)) - Number(isUrgent(a)) || Number(a.state === 'done') - Number(b.state === 'done') || a.tries - b.tries || a.seq - b.seq);
  const ready = due.filter((row) => (isUrgent(row) ? freeUrgent-- > 0 : free-- > 0));
  return { ready, soonest };
}

/** Those that nothing stands before. */
function candidates(inOrder: readonly Row[]): Row[] {
  const found: Row[] = [];
  const held = new Set<string>();
  for (const row of inOrder) {
    if (row.state === 'done') {
      found.push(row);
      continue;
    }
    const group = row.about ?? row.id;
    if (row.state === 'attention') {
      // A declined act lets the next one pass, but of a case that is not there yet nothing can be said.
      if (row.id === group) held.add(group);
      continue;
    }
    if (held.has(group)) continue;
    found.push(row);
    const isOurFault = row.trouble === 'broken' && row.tries >= VISIBLE;
    if (!isOurFault || row.id === group) held.add(group);
  }
  return found;
}
