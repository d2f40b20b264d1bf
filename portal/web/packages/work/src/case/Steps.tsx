/** The steps of a case: who has to act, who did, what they wrote, how long it took. */
import { words } from '@anhuan/i18n';
import { moment, span } from '@anhuan/i18n/time';
import { Card, Due, Tag, cx, type Tone } from '@anhuan/ui';
import { whoIsHere } from '@anhuan/wire';
import { Check, CircleDashed, CircleDot, X } from 'lucide-react';
import css from './case.module.css';
import { Further } from './Further';
import type { Case, Task } from './shape';

const t = words({
  title: ['流程进度', 'Steps'],
  round: [(n: number) => `第 ${n} 轮`, (n: number) => `round ${n}`],
  took: [(span: string) => `用时 ${span}`, (span: string) => `took ${span}`],
  waits: ['待', 'Waits for '],
  or: [' 或 ', ' or '],
  more: [(n: number) => `等 ${n} 人`, (n: number) => ` and others (${n})`],
  nobody: ['尚无办理人', 'Nobody yet'],
  unseen: ['其他人员', 'Somebody else'],
  company: ['企业方人员', 'Somebody of the company'],
  later: ['排队中', 'Later'],
  approved: ['同意', 'Approved'],
  rejected: ['驳回', 'Rejected'],
  done: ['已办理', 'Done'],
  void: ['未办理', 'Not needed'],
  you: ['待我办理', 'Waits for you'],
  cancelled: ['已取消', 'Cancelled'],
  returned: ['已退回', 'Sent back'],
});

/** The card, oldest step first. */
export function Steps({ one }: { one: Case }) {
  if (!one.tasks.length) return null;
  return (
    <Card title={t.title}>
      <ol className={css.steps}>
        {one.tasks.map((task) => (
          <Step key={task.id} task={task} />
        ))}
      </ol>
    </Card>
  );
}

function Step({ task }: { task: Task }) {
  const isRejected = task.outcome === 'rejected';
  const isOpen = task.status === 'OPEN';
  // Done once, and sent back by a later check.
  const isReturned = task.outcome === 'returned';
  const isDone = task.status === 'DONE' && !isRejected && !isReturned;
  return (
    <li className={cx(isOpen && css.stepNow)}>
      <span className={cx(css.dot, isDone && css.dotGood, isRejected && css.dotBad, isOpen && css.dotNow)} aria-hidden="true">
        {isDone ? <Check size={14} strokeWidth={3} /> : isRejected ? <X size={14} strokeWidth={3} /> : isOpen ? <CircleDot size={14} /> : <CircleDashed size={14} />}
      </span>
      <div className={css.stepMain}>
        <div className={css.stepHead}>
          <b>{task.stepName}{task.round > 1 && <small> · {t.round(task.round)}</small>}</b>
          {isOpen && task.dueAt && <span className={css.stepDue}><Due at={task.dueAt} /></span>}
          {task.status === 'CANCELLED' && <Tag>{t.cancelled}</Tag>}
          {isReturned && <Tag tone="warn">{t.returned}</Tag>}
        </div>
        {task.doneAt && <small>{moment(task.doneAt)} · {t.took(span(Date.parse(task.doneAt) - Date.parse(task.openedAt)))}</small>}
        {task.seats.filter((seat) => seat.status !== 'VOID' || isOpen).map((seat) => (
          <Seat key={seat.id} seat={seat} isApproval={task.isApproval} />
        ))}
        {!task.isApproval && task.note && <p className={css.said}>{task.note}</p>}
        {!task.isApproval && <Further task={task} />}
      </div>
    </li>
  );
}

const TONES: Record<string, Tone> = { APPROVED: 'good', REJECTED: 'major', OPEN: 'brand' };

function Seat({ seat, isApproval }: { seat: Task['seats'][number]; isApproval: boolean }) {
  const who = seat.decidedBy?.name ?? (seat.decidedAt ? unseen() : waiting(seat.candidates));
  const word = seat.isMine ? t.you : { APPROVED: isApproval ? t.approved : t.done, REJECTED: t.rejected, WAITING: t.later, VOID: t.void, OPEN: '' }[seat.status];
  return (
    <div className={css.seat}>
      <span>{seat.status === 'OPEN' && !seat.isMine && t.waits}{who}</span>
      {word && <Tag tone={TONES[seat.status] ?? 'quiet'}>{word}</Tag>}
      {seat.comment && isApproval && <p className={css.said}>{seat.comment}</p>}
    </div>
  );
}

function waiting(people: readonly { name: string }[]): string {
  if (!people.length) return isOutside() ? t.company : t.nobody;
  const names = people.slice(0, 3).map((person) => person.name).join(t.or);
  return people.length > 3 ? names + t.more(people.length) : names;
}

/** Somebody whom the reader may not see: for people of an outside firm that is everybody of the company. */
function unseen(): string {
  return isOutside() ? t.company : t.unseen;
}

function isOutside(): boolean {
  return Boolean(whoIsHere()?.person.partyId);
}
