/** What somebody may do with a case now, out of the server's `can` and `mine` and nothing else: the rules that all apps share; pure. */

export type Act = 'grade' | 'assign' | 'control' | 'rectify' | 'review' | 'progress' | 'comment' | 'handOver' | 'resume' | 'stop' | 'callOff';

/** As much of a case as decides. */
export interface Subject {
  status: string;
  grade?: string | null;
  can: readonly string[];
  mine: readonly { step: string; isApproval?: boolean }[];
  reporter?: { id: string } | null;
  stopOrders: readonly { liftedAt?: string | null; issuedBy?: { id: string } | null }[];
  /** Somebody was sent to it. */
  isAssigned: boolean;
}

const WORK: Record<string, Act> = { grade: 'grade', assign: 'assign', control: 'control', rectify: 'rectify' };

/** What waits for the reader, in the order of their tasks, each once. */
export function waitingFor({ mine }: Pick<Subject, 'mine'>): Act[] {
  return [...new Set(mine.flatMap((task): Act[] => (task.isApproval ? ['review'] : WORK[task.step] ? [WORK[task.step]!] : [])))];
}

/** What the reader may do besides; which of it is offered, and in which order, is each app's own. */
export function rightsOf(one: Subject, me: string | null): ReadonlySet<Act> {
  const can = new Set(one.can);
  const isOpen = one.status === 'OPEN';
  const standing = one.stopOrders.filter((order) => !order.liftedAt);
  // Who reported it may take it back only until it is graded; who grades may at any time.
  const mayCallOff = can.has('hazard.cancel') && (!one.grade || one.reporter?.id !== me || can.has('hazard.grade'));
  const rights: Partial<Record<Act, boolean>> = {
    grade: isOpen && can.has('hazard.grade'),
    assign: isOpen && Boolean(one.grade) && can.has('hazard.assign'),
    progress: isOpen && one.isAssigned && can.has('hazard.progress'),
    comment: can.has('case.comment'),
    handOver: isOpen && one.mine.length > 0,
    resume: can.has('work.resume') && standing.some((order) => order.issuedBy?.id !== me),
    stop: isOpen && can.has('work.stop') && standing.length === 0,
    callOff: isOpen && mayCallOff && standing.length === 0,
  };
  return new Set((Object.keys(rights) as Act[]).filter((act) => rights[act]));
}
