/** Which buttons the reader of a case gets here, in which order; what they may do at all is `rights`. */
import type { Entry } from '@anhuan/outbox';
import { rightsOf, waitingFor, type Act } from './rights';
import { asHazard, isAssigned, mineOf, type Case } from './shape';

/** As in the address `/case/:id/do/:act`. */
export type Doing = Exclude<Act, 'callOff' | 'handOver'> | 'call-off' | 'hand-over';

export interface Buttons {
  /** What waits for the reader, most urgent first. */
  main: Doing[];
  more: Doing[];
}

const ORDER: readonly Act[] = ['progress', 'comment', 'grade', 'assign', 'handOver', 'resume', 'stop', 'callOff'];

/** The buttons for this reader. */
export function buttonsOf(one: Case, me: string | null): Buttons {
  const subject = { ...one, mine: mineOf(one), isAssigned: isAssigned(one) };
  const main = waitingFor(subject).map(inAddress);
  const rights = rightsOf(subject, me);
  // Grading and assigning for the first time are tasks; here they are offered to be done again.
  const isOffered = (act: Act): boolean =>
    rights.has(act) && (act !== 'grade' || one.grade !== null) && (act !== 'assign' || subject.isAssigned) && (act !== 'callOff' || asHazard(one) !== null);
  return { main, more: ORDER.filter(isOffered).map(inAddress).filter((doing) => !main.includes(doing)) };
}

/** Kinds in the outbox that stand for a decision, of which one is enough; progress and comments may follow one another. */
const ONCE: Partial<Record<Doing, Entry['kind']>> = {
  grade: 'grade',
  assign: 'assign',
  control: 'control',
  rectify: 'rectification',
  review: 'review',
  stop: 'stopWork',
  resume: 'resumeWork',
  'call-off': 'callOff',
};

/** What was handed in for this here already, so that it is not asked for a second time. */
export function handedIn(doing: Doing, handed: readonly Entry[]): Entry | undefined {
  return handed.find((entry) => entry.kind === ONCE[doing]);
}

function inAddress(act: Act): Doing {
  return act === 'callOff' ? 'call-off' : act === 'handOver' ? 'hand-over' : act;
}
