/** What the record of a case says, in words: one sentence for every act that the server writes about a case. */
import { words } from '@anhuan/i18n';
import { near } from '@anhuan/i18n/time';

export interface Told {
  act: string;
  body: unknown;
}

/** What a sentence may need to know beside the entry. */
export interface Around {
  /** A person's name by id, where the reader may see them. */
  person: (id: unknown) => string | undefined;
  /** A step's name by its code. */
  step: (code: unknown) => string;
}

export interface Sentence {
  text: string;
  /** What was said or written with it. */
  more?: string | undefined;
}

type Facts = Record<string, unknown>;
type Writer = (facts: Facts, around: Around) => Sentence;

const t = words({
  reported: ['上报了隐患', 'reported the hazard'],
  opened: ['流程启动', 'The case was opened'],
  numbered: [(no: string) => `编号 ${no}`, (no: string) => `Numbered ${no}`],
  graded: [(grade: string) => `定级为 ${grade} 级`, (grade: string) => `graded it ${grade}`],
  regraded: [(from: string, to: string) => `等级由 ${from} 级调整为 ${to} 级`, (from: string, to: string) => `changed the grade from ${from} to ${to}`],
  assigned: [(to: string) => `派发整改${to && `给 ${to}`}`, (to: string) => `assigned it${to && ` to ${to}`}`],
  reassigned: [(to: string) => `改派整改${to && `给 ${to}`}`, (to: string) => `passed it on${to && ` to ${to}`}`],
  progressed: [(percent: string) => `填报整改进展${percent}`, (percent: string) => `told of progress${percent}`],
  taskOpened: [(step: string) => `进入“${step}”`, (step: string) => `“${step}” began`],
  taskOpenedDue: [(step: string, due: string) => `进入“${step}”，限 ${due} 前完成`, (step: string, due: string) => `“${step}” began, due ${due}`],
  taskDone: [(step: string) => `完成“${step}”`, (step: string) => `did “${step}”`],
  approved: [(step: string) => `“${step}”通过`, (step: string) => `approved “${step}”`],
  rejected: [(step: string) => `“${step}”驳回`, (step: string) => `rejected “${step}”`],
  reseated: [(step: string) => `“${step}”的办理人有调整`, (step: string) => `The people for “${step}” changed`],
  adapted: ['流程按新的等级调整', 'The steps were adapted to the new grade'],
  closed: ['闭环归档', 'Closed and filed'],
  cancelled: ['撤销了隐患', 'called it off'],
  duplicate: ['撤销：与另一条隐患重复', 'called it off as a duplicate'],
  informed: [(who: string) => `抄送 ${who}`, (who: string) => `${who} informed`],
  left: [(who: string) => `${who} 退出`, (who: string) => `${who} left`],
  soon: [(step: string, who: string) => `“${step}”即将到期，已提醒 ${who}`, (step: string, who: string) => `“${step}” is due soon; ${who} reminded`],
  escalated: [(step: string, who: string) => `“${step}”超期未办，已上报 ${who}`, (step: string, who: string) => `“${step}” is overdue; raised to ${who}`],
  rounds: [(step: string, times: string, who: string) => `“${step}”第 ${times} 次被驳回，已上报 ${who}`, (step: string, times: string, who: string) => `“${step}” rejected ${times} times; raised to ${who}`],
  stopEffect: ['，并自动停工', ', and work was stopped'],
  step: ['该步骤', 'the step'],
  overtaken: [(step: string) => `“${step}”已办理，原定的催办取消`, (step: string) => `“${step}” was done in time; the reminder was dropped`],
  clocks: ['整改时限重新计算', 'The limits were set anew'],
  clocksDue: [(due: string) => `整改时限调整为 ${due}`, (due: string) => `The limit is now ${due}`],
  commented: ['发表评论', 'said'],
  invited: [(who: string) => `邀请 ${who} 加入联合处理组`, (who: string) => `called ${who} into the group`],
  handedOver: [(from: string, to: string) => `把办理事项由 ${from} 转交给 ${to}`, (from: string, to: string) => `handed the task of ${from} to ${to}`],
  stopped: ['下达停工令', 'ordered work to stop'],
  stoppedGrade: ['A 级隐患，自动停工', 'Grade A: work stopped at once'],
  stoppedLadder: ['长时间超期，自动停工', 'Long overdue: work was stopped'],
  resumed: ['解除停工，恢复作业', 'lifted the stop order'],
  stored: ['照片已上传并核验', 'A photo arrived and was verified'],
  refused: ['一张照片未通过核验', 'A photo was not taken'],
  durable: ['照片已归档', 'A photo is filed'],
  locked: ['证据已锁定，不可更改', 'The evidence was locked'],
  delivered: [(who: string) => `通知已送达 ${who}`, (who: string) => `${who} was told`],
  undelivered: [(who: string) => `通知未能送达 ${who}`, (who: string) => `${who} could not be reached`],
  printed: ['打印了闭环单', 'printed the case'],
  someone: ['相关人员', 'those concerned'],
  few: [(names: string, n: number) => `${names}等 ${n} 人`, (names: string, n: number) => `${names} and others (${n})`],
  comma: ['、', ', '],
  other: [(act: string) => `系统记录：${act}`, (act: string) => `Recorded: ${act}`],
});

const WRITERS: Record<string, Writer> = {
  'hazard.reported': ({ description }) => ({ text: t.reported, more: text(description) }),
  'case.opened': () => ({ text: t.opened }),
  'case.numbered': ({ number }) => ({ text: t.numbered(text(number) ?? '') }),
  'hazard.graded': ({ before, after, reason }) => ({ text: before ? t.regraded(text(before) ?? '', text(after) ?? '') : t.graded(text(after) ?? ''), more: text(reason) }),
  'hazard.assigned': ({ to_person: person, again, note }, around) => ({ text: (again ? t.reassigned : t.assigned)(around.person(person) ?? ''), more: text(note) }),
  'hazard.progressed': ({ note, percent }) => ({ text: t.progressed(typeof percent === 'number' ? ` ${percent}%` : ''), more: text(note) }),
  'task.opened': ({ step, due_at: due }, around) => ({ text: text(due) ? t.taskOpenedDue(around.step(step), near(String(due))) : t.taskOpened(around.step(step)) }),
  'task.done': ({ step, note }, around) => ({ text: t.taskDone(around.step(step)), more: text(note) }),
  'task.approved': ({ step, comment }, around) => ({ text: t.approved(around.step(step)), more: text(comment) }),
  'task.rejected': ({ step, comment }, around) => ({ text: t.rejected(around.step(step)), more: text(comment) }),
  'task.reseated': ({ step }, around) => ({ text: t.reseated(around.step(step)) }),
  'case.adapted': () => ({ text: t.adapted }),
  'case.closed': () => ({ text: t.closed }),
  'case.cancelled': ({ reason, duplicate_of: other }) => ({ text: other ? t.duplicate : t.cancelled, more: text(reason) }),
  'case.informed': ({ people: ids }, around) => ({ text: t.informed(people(ids, around)) }),
  'case.left': ({ people: ids }, around) => ({ text: t.left(people(ids, around)) }),
  'case.escalated': (facts, around) => ({ text: escalated(facts, around) }),
  'case.escalation_overtaken': ({ step }, around) => ({ text: t.overtaken(around.step(step)) }),
  'case.clocks_reset': ({ due_at: due }) => ({ text: text(due) ? t.clocksDue(near(String(due))) : t.clocks }),
  'case.commented': ({ body }) => ({ text: t.commented, more: text(body) }),
  'case.invited': ({ people: ids }, around) => ({ text: t.invited(people(ids, around)) }),
  'seat.handed_over': ({ from_person: from, to_person: to, reason }, around) => ({ text: t.handedOver(people([from], around), people([to], around)), more: text(reason) }),
  'work.stopped': ({ cause, reason }) => (cause === 'grade' ? { text: t.stoppedGrade } : cause === 'ladder' ? { text: t.stoppedLadder } : { text: t.stopped, more: text(reason) }),
  'work.resumed': ({ reason }) => ({ text: t.resumed, more: text(reason) }),
  'evidence.stored': () => ({ text: t.stored }),
  'evidence.refused': () => ({ text: t.refused }),
  'evidence.durable': () => ({ text: t.durable }),
  'evidence.locked': () => ({ text: t.locked }),
  'notice.delivered': ({ person }, around) => ({ text: t.delivered(people([person], around)) }),
  'notice.undelivered': ({ person }, around) => ({ text: t.undelivered(people([person], around)) }),
  'case.printed': () => ({ text: t.printed }),
};

/** Every act that has words. */
export const TOLD: readonly string[] = Object.keys(WRITERS);

/** What only matters to who looks closely. */
const QUIET = new Set(['case.opened', 'case.numbered', 'case.informed', 'case.left', 'case.adapted', 'case.clocks_reset', 'case.escalation_overtaken', 'task.opened', 'task.reseated', 'evidence.stored', 'evidence.durable', 'evidence.locked', 'notice.delivered', 'case.printed']);

/** Whether an entry can be left out of a short history. */
export function isQuiet(act: string): boolean {
  return QUIET.has(act);
}

/** The sentence for an entry; an act of a newer server is named as it is. */
export function told(entry: Told, around: Around): Sentence {
  const facts = typeof entry.body === 'object' && entry.body !== null ? (entry.body as Facts) : {};
  const write = WRITERS[entry.act];
  const step = (code: unknown): string => (text(code) ? around.step(code) : t.step);
  return write ? write(facts, { ...around, step }) : { text: t.other(entry.act) };
}

function escalated({ step, side, people: ids, rejections, effect }: Facts, around: Around): string {
  const who = people(ids, around);
  const name = around.step(step);
  if (side === 'rounds') return t.rounds(name, String(rejections ?? ''), who);
  if (side === 'before') return t.soon(name, who);
  return effect === 'stop_work' ? `${t.escalated(name, who)}${t.stopEffect}` : t.escalated(name, who);
}

function people(ids: unknown, around: Around): string {
  const all = Array.isArray(ids) ? ids : [];
  const names = all.flatMap((id) => around.person(id) ?? []);
  if (!names.length) return t.someone;
  return names.length > 3 || names.length < all.length ? t.few(names.slice(0, 3).join(t.comma), all.length) : names.join(t.comma);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() ? value : undefined;
}
