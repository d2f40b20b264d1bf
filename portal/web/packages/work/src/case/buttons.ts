/** What the reader may do with a case now: out of the server's `can` and `mine` and nothing else; pure. */
import { asHazard, isAssigned, mineOf, standing, type Case } from './shape';

/** As in the address `/case/:id/do/:act`. */
export type Doing = 'grade' | 'assign' | 'control' | 'rectify' | 'review' | 'progress' | 'comment' | 'stop' | 'resume' | 'call-off' | 'hand-over';

export interface Buttons {
  /** What waits for the reader, most urgent first. */
  main: Doing[];
  more: Doing[];
}

const WORK: Record<string, Doing> = { grade: 'grade', assign: 'assign', control: 'control', rectify: 'rectify' };

/** The buttons for this reader. */
export function buttonsOf(one: Case, me: string | null): Buttons {
  const hazard = asHazard(one);
  const can = new Set(one.can);
  const mine = mineOf(one);
  const main = [...new Set(mine.flatMap((task) => (task.isApproval ? ['review' as const] : (WORK[task.step] ?? []))))];
  const more: Doing[] = [];
  const offer = (act: Doing, isOffered: boolean): void => {
    if (isOffered && !main.includes(act)) more.push(act);
  };
  const isOpen = one.status === 'OPEN';
  const isSent = isAssigned(one);
  // Who reported it may take it back only until it is graded; who grades may at any time.
  const mayCallOff = can.has('hazard.cancel') && (!one.grade || one.reporter?.id !== me || can.has('hazard.grade'));
  offer('progress', isOpen && isSent && can.has('hazard.progress'));
  offer('comment', can.has('case.comment'));
  offer('grade', isOpen && one.grade !== null && can.has('hazard.grade'));
  offer('assign', isOpen && isSent && can.has('hazard.assign'));
  offer('hand-over', isOpen && mine.length > 0);
  offer('resume', can.has('work.resume') && standing(one).some((order) => order.issuedBy?.id !== me));
  offer('stop', isOpen && can.has('work.stop') && standing(one).length === 0);
  offer('call-off', isOpen && hazard !== null && mayCallOff && standing(one).length === 0);
  return { main, more };
}
