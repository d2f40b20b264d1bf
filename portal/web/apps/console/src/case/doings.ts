/** What somebody may do with a hazard now: out of the server's `can` and `mine`, and nothing else; pure. */
import { words } from '@anhuan/i18n';

export type Doing = 'grade' | 'assign' | 'control' | 'rectify' | 'review' | 'progress' | 'invite' | 'handOver' | 'resume' | 'stop' | 'callOff';

const t = words({
  grade: ['定级', 'Grade'],
  assign: ['派发', 'Assign'],
  control: ['临时管控与方案', 'Control and plan'],
  rectify: ['提交整改', 'Hand in the work'],
  review: ['审核', 'Review'],
  progress: ['填报进展', 'Add progress'],
  invite: ['邀请加入处理组', 'Invite to the group'],
  handOver: ['转交他人', 'Hand over'],
  resume: ['解除停工', 'Lift the stop order'],
  stop: ['下令停工', 'Stop work'],
  callOff: ['撤销隐患', 'Call off'],
});

/** Whether an act of this name is known. */
export function isDoing(name: string | null): name is Doing {
  return name !== null && Object.keys(t).includes(name);
}

/** What a button says. */
export function doingName(doing: Doing): string {
  return t[doing];
}

/** As much of a hazard as decides. */
export interface Subject {
  status: string;
  grade?: string | null;
  can: readonly string[];
  mine: readonly { step: string; isApproval?: boolean }[];
  reporter?: { id: string } | null;
  responsible?: unknown;
  responsibleUnit?: unknown;
  stopOrders: readonly { liftedAt?: string | null; issuedBy?: { id: string } | null }[];
}

const WORK: Record<string, Doing> = { grade: 'grade', assign: 'assign', control: 'control', rectify: 'rectify' };

/** `main` waits for the reader; `more` they may do besides. */
export function doingsOf(one: Subject, me: string | null): { main: Doing[]; more: Doing[] } {
  const can = new Set(one.can);
  const main = [...new Set(one.mine.flatMap((task): Doing[] => (task.isApproval ? ['review'] : WORK[task.step] ? [WORK[task.step]!] : [])))];
  const more: Doing[] = [];
  const offer = (doing: Doing, isOffered: boolean): void => {
    if (isOffered && !main.includes(doing)) more.push(doing);
  };
  const isOpen = one.status === 'OPEN';
  const isAssigned = Boolean(one.responsible || one.responsibleUnit);
  const orders = one.stopOrders.filter((order) => !order.liftedAt);
  // Whoever reported it may take it back only until it is graded; who grades may at any time.
  const mayCallOff = can.has('hazard.cancel') && (!one.grade || one.reporter?.id !== me || can.has('hazard.grade'));
  offer('grade', isOpen && can.has('hazard.grade'));
  offer('assign', isOpen && Boolean(one.grade) && can.has('hazard.assign'));
  offer('progress', isOpen && isAssigned && can.has('hazard.progress'));
  offer('invite', isOpen && can.has('case.comment'));
  offer('handOver', isOpen && one.mine.length > 0);
  offer('resume', can.has('work.resume') && orders.some((order) => order.issuedBy?.id !== me));
  offer('stop', isOpen && orders.length === 0 && can.has('work.stop'));
  offer('callOff', isOpen && orders.length === 0 && mayCallOff);
  return { main, more };
}
