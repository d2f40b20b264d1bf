/** Every step of a case: who is to do it or did it, by when, what they wrote, and who signs. */
import { useState } from 'react';
import { CheckCircleFilled, ClockCircleOutlined, CloseCircleFilled, MinusCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { words } from '@anhuan/i18n';
import { moment, span } from '@anhuan/i18n/time';
import { clockWords } from '@anhuan/work/case/clock';
import { useNow } from '../shared/now';
import { Panel } from '../shared/Page';
import { Due, Tag } from '../shared/parts';
import { answersOf } from './answers';
import css from './case.module.css';
import { latestOf, type Case, type Task } from './shape';

const t = words({
  title: ['办理过程', 'Steps'],
  past: [(n: number) => `显示 ${n} 条退回前的记录`, (n: number) => `Show ${n} from before it was sent back`],
  hide: ['收起退回前的记录', 'Hide what was before'],
  round: [(n: number) => `第 ${n} 轮`, (n: number) => `round ${n}`],
  took: [(long: string) => `用时 ${long}`, (long: string) => `took ${long}`],
  waits: [(long: string) => `已等待 ${long}`, (long: string) => `waiting ${long}`],
  by: [(who: string, at: string) => `${who} · ${at}`, (who: string, at: string) => `${who} · ${at}`],
  rejected: ['驳回', 'rejected'],
  approved: ['同意', 'approved'],
  late: ['超期完成', 'done late'],
  cancelled: ['已取消', 'cancelled'],
  any: [(names: string) => `${names} 任一人`, (names: string) => `any of ${names}`],
  nobody: ['暂无可办理人', 'nobody can take it'],
  turn: ['轮到办理', 'to decide now'],
  later: ['等待前一位', 'after the one before'],
  void: ['无需办理', 'not needed any more'],
  serial: ['依次审核', 'one after another'],
  most: [(need: number, all: number) => `${all} 人中 ${need} 人同意即可`, (need: number, all: number) => `${need} of ${all} are enough`],
  all: ['需全部同意', 'all have to approve'],
  measures: ['措施', 'Measures'],
  me: ['待您办理', 'waits for you'],
});

/** Newest round of each step; what was sent back can be opened. */
export function Steps({ one }: { one: Case }) {
  const [hasPast, setPast] = useState(false);
  const { now, past } = latestOf(one.tasks);
  const shown = hasPast ? one.tasks : now;
  return (
    <Panel
      title={t.title}
      acts={past.length > 0 && <Button type="link" size="small" onClick={() => setPast(!hasPast)} aria-expanded={hasPast}>{hasPast ? t.hide : t.past(past.length)}</Button>}
    >
      <ol className={css.steps}>
        {shown.map((task) => (
          <Step key={task.id} task={task} isPast={past.includes(task)} />
        ))}
      </ol>
    </Panel>
  );
}

function Step({ task, isPast }: { task: Task; isPast: boolean }) {
  const isOpen = task.status === 'OPEN';
  const isBack = task.outcome === 'rejected';
  const isLate = Boolean(task.doneAt && task.dueAt && task.doneAt > task.dueAt);
  return (
    <li className={css.step} data-state={isOpen ? 'open' : task.status === 'CANCELLED' ? 'cancelled' : isBack ? 'rejected' : 'done'} data-past={isPast || undefined}>
      <div className={css.stepHead}>
        <b>{task.stepName}</b>
        {task.round > 1 && <Tag>{t.round(task.round)}</Tag>}
        {isBack && <Tag tone="major">{t.rejected}</Tag>}
        {isLate && <Tag tone="warn">{t.late}</Tag>}
        {task.status === 'CANCELLED' && <Tag>{t.cancelled}</Tag>}
        <span className={css.stepWhen}>
          {isOpen ? (
            <span title={task.dueRule ? clockWords(task.dueRule.rule, task.dueRule.isProvisional) : undefined}>
              <Due at={task.dueAt} />
            </span>
          ) : task.doneAt ? (
            <>
              {moment(task.doneAt)} · {t.took(span(Date.parse(task.doneAt) - Date.parse(task.openedAt)))}
            </>
          ) : null}
        </span>
      </div>
      {task.doneBy && !task.isApproval && <div className={css.quiet}>{task.doneBy.name}</div>}
      {task.isApproval && task.status !== 'CANCELLED' && <div className={css.quiet}>{rule(task)}</div>}
      {(task.isApproval || isOpen) && task.status !== 'CANCELLED' && <Seats task={task} />}
      <Answers task={task} />
    </li>
  );
}

function rule(task: Task): string {
  const all = task.seats.length;
  if (task.need > 0 && task.need < all) return t.most(task.need, all);
  return task.mode === 'serial' && all > 1 ? t.serial : all > 1 ? t.all : '';
}

function Seats({ task }: { task: Task }) {
  const now = useNow();
  return (
    <ul className={css.seats}>
      {[...task.seats].sort((a, b) => a.no - b.no).map((seat) => {
        const names = seat.candidates.map(({ name }) => name).join('、');
        const who = seat.decidedBy?.name ?? (seat.candidates.length > 1 ? t.any(names) : names || t.nobody);
        return (
          <li key={seat.id}>
            {seat.status === 'APPROVED' && <CheckCircleFilled className={css.good} aria-hidden />}
            {seat.status === 'REJECTED' && <CloseCircleFilled className={css.bad} aria-hidden />}
            {seat.status === 'OPEN' && <ClockCircleOutlined className={css.brand} aria-hidden />}
            {(seat.status === 'WAITING' || seat.status === 'VOID') && <MinusCircleOutlined className={css.quiet} aria-hidden />}
            <span className={css.seatWho}>{who}</span>
            <span className={css.quiet}>
              {seat.status === 'OPEN' && (seat.isMine ? t.me : `${task.isApproval ? t.turn : ''} ${t.waits(span(now - Date.parse(task.openedAt)))}`)}
              {seat.status === 'WAITING' && t.later}
              {seat.status === 'VOID' && t.void}
              {seat.decidedAt && `${seat.status === 'REJECTED' ? t.rejected : task.isApproval ? t.approved : ''} ${moment(seat.decidedAt)}`}
            </span>
            {seat.comment && <blockquote>{seat.comment}</blockquote>}
          </li>
        );
      })}
    </ul>
  );
}

function Answers({ task }: { task: Task }) {
  const answers = answersOf(task.answers, task.form);
  if (!answers.length) return task.note && !task.isApproval ? <blockquote className={css.answer}>{task.note}</blockquote> : null;
  return (
    <dl className={css.answers}>
      {answers.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
