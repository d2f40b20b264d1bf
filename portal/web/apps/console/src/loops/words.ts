/** A loop in plain words: who does a step, by when, with what, and what happens when it is late. */
import { spoken, words } from '@anhuan/i18n';
import { acts } from '../policy/words';
import { duties } from '../organisation/words';
import { inWords } from './conditions';
import type { Clock, EvidenceRule, Rung, Step, Who } from './definition';

const t = words({
  reporter: ['上报人', 'the reporter'],
  responsible: ['整改责任人', 'whoever puts it right'],
  person: ['指定的人', 'a named person'],
  headHere: ['事发单位负责人', 'head of the unit where it happened'],
  headDoer: ['责任单位负责人', 'head of the responsible unit'],
  upHere: [(n: number) => (n === 1 ? '事发单位的上一级负责人' : `事发单位往上 ${n} 级的负责人`), (n: number) => `head ${n} level${n > 1 ? 's' : ''} above the unit where it happened`],
  upDoer: [(n: number) => (n === 1 ? '责任单位的上一级负责人' : `责任单位往上 ${n} 级的负责人`), (n: number) => `head ${n} level${n > 1 ? 's' : ''} above the responsible unit`],
  ofResponsible: [(name: string) => `责任单位的${name}`, (name: string) => `${name} of the responsible unit`],
  ofTier: [(tier: string, name: string) => `${tier}${name}`, (tier: string, name: string) => `${tier} ${name}`],
  upFrom: [(name: string, n: number) => `${name}（从上 ${n} 级找起）`, (name: string, n: number) => `${name} (from ${n} level${n > 1 ? 's' : ''} up)`],
  team: ['班组', 'team'],
  workshop: ['车间', 'workshop'],
  branch: ['分厂', 'branch'],
  hq: ['总部', 'HQ'],
  only: [(text: string, when: string) => `${text}（${when}）`, (text: string, when: string) => `${text} (${when})`],
  colon: [(head: string, text: string) => `${head}：${text}`, (head: string, text: string) => `${head}: ${text}`],
  and: ['、', ', '],
  minutes: [(n: number) => `${n} 分钟`, (n: number) => `${n} min`],
  hours: [(n: number) => `${n} 小时`, (n: number) => `${n} h`],
  days: [(n: number) => `${n} 天`, (n: number) => (n === 1 ? '1 day' : `${n} days`)],
  within: [(span: string) => `${span}内`, (span: string) => `within ${span}`],
  working: [(span: string) => `工作时间 ${span}内`, (span: string) => `within ${span} of working time`],
  sinceGraded: [(text: string) => `定级后 ${text}`, (text: string) => `${text} of the grading`],
  sinceAssigned: [(text: string) => `派发后 ${text}`, (text: string) => `${text} of the assignment`],
  sinceOpened: [(text: string) => `到达此步后 ${text}`, (text: string) => `${text} of reaching this step`],
  tellBefore: [(when: string) => `到期前 ${when}`, (when: string) => `${when} before it is due`],
  atDue: ['一到期', 'when it is due'],
  late: [(when: string) => `超期 ${when}`, (when: string) => `${when} late`],
  ofWindow: [(n: number) => `时限的 ${n}%`, (n: number) => `${n}% of the time allowed`],
  shorter: [(a: string, b: string) => `${a}或${b}（取短）`, (a: string, b: string) => `${a} or ${b}, whichever is shorter`],
  longer: [(a: string, b: string) => `${a}或${b}（取长）`, (a: string, b: string) => `${a} or ${b}, whichever is longer`],
  tells: [(people: string) => `提醒${people}`, (people: string) => `tell ${people}`],
  stops: [(people: string) => `下达停工令，并通知${people}`, (people: string) => `order the work to stop and tell ${people}`],
  stopsAlone: ['下达停工令', 'order the work to stop'],
  before: ['整改前照片', 'photo before'],
  after: ['整改后照片', 'photo after'],
  test: ['测试记录', 'test record'],
  verification: ['现场验证照片', 'photo of the verification'],
  least: [(name: string, n: number) => `${name}至少 ${n} 份`, (name: string, n: number) => `${name}: at least ${n}`],
  one: ['一人办理', 'one person does it'],
  all: [(n: number) => `${n} 方都要同意`, (n: number) => `all ${n} must approve`],
  allThatApply: ['凡适用的各方都要同意', 'everyone to whom it applies must approve'],
  nOfM: [(n: number, m: number) => `${m} 方中 ${n} 方同意即可`, (n: number, m: number) => `${n} of ${m} must approve`],
  inTurn: [(text: string) => `${text}，按顺序签`, (text: string) => `${text}, one after another`],
  atOnce: [(text: string) => `${text}，可同时签`, (text: string) => `${text}, in any order`],
  single: ['一方同意', 'one approval'],
  again: [(span: string) => `退回重做时至少再留 ${span}`, (span: string) => `when sent back, at least ${span} are left`],
});

/** A length as a rule book writes it: whole days from two days on, otherwise hours, otherwise minutes. */
export function span(minutes: number): string {
  if (minutes >= 2880 && minutes % 1440 === 0) return t.days(minutes / 1440);
  if (minutes >= 60 && minutes % 60 === 0) return t.hours(minutes / 60);
  if (minutes > 60) return `${t.hours(Math.floor(minutes / 60))} ${t.minutes(minutes % 60)}`;
  return t.minutes(minutes);
}

/** Whom a seat or a rung means, with the condition under which it does. */
export function whoInWords(who: Who): string {
  const text = named(who);
  return who.when ? t.only(text, inWords(who.when)) : text;
}

function named(who: Who): string {
  if (who.by === 'reporter') return t.reporter;
  if (who.by === 'responsible') return t.responsible;
  if (who.by === 'person') return t.person;
  if (who.by === 'head') {
    const isDoer = who.at === 'responsible';
    if (who.up) return isDoer ? t.upDoer(who.up) : t.upHere(who.up);
    return isDoer ? t.headDoer : t.headHere;
  }
  const duty = duties(who.duty.toUpperCase());
  const lower = spoken() === 'en' ? duty.toLowerCase() : duty;
  let text = who.tier ? t.ofTier(t[who.tier], lower) : duty;
  if (who.at === 'responsible') text = t.ofResponsible(lower);
  return who.up ? t.upFrom(text, who.up) : text;
}

/** Several people in one line. */
export function peopleInWords(people: readonly Who[]): string {
  return people.map(whoInWords).join(t.and);
}

/** A time limit: `A 级：定级后 24 小时内`. */
export function clockInWords(clock: Clock): string {
  const long = clock.working ? t.working(span(clock.minutes)) : t.within(span(clock.minutes));
  const text = clock.since === 'graded_at' ? t.sinceGraded(long) : clock.since === 'assigned_at' ? t.sinceAssigned(long) : t.sinceOpened(long);
  return clock.when ? t.colon(inWords(clock.when), text) : text;
}

/** When a rung of the ladder fires. */
export function momentInWords(rung: Rung): string {
  const fixed = rung.minutes ? span(rung.minutes) : '';
  const share = rung.percent ? t.ofWindow(rung.percent) : '';
  if (rung.side === 'before') return t.tellBefore(fixed && share ? t.shorter(fixed, share) : fixed || share);
  if (!fixed && !share) return t.atDue;
  return t.late(fixed && share ? t.longer(fixed, share) : fixed || share);
}

/** What a rung does. */
export function effectInWords(rung: Rung): string {
  const people = peopleInWords(rung.tell);
  if (rung.effect === 'stop_work') return people ? t.stops(people) : t.stopsAlone;
  return t.tells(people);
}

/** Evidence without which a step is not done. */
export function evidenceInWords(rule: EvidenceRule): string {
  const text = t.least(t[rule.purpose], rule.least);
  return rule.when ? t.only(text, inWords(rule.when)) : text;
}

/** How many of the seats must agree, and in which order. */
export function modeInWords(step: Step): string {
  if (step.kind === 'work') return t.one;
  const seats = step.seats.length;
  if (seats < 2) return t.single;
  const need = step.need && step.need < seats ? t.nOfM(step.need, seats) : step.seats.some((who) => who.when) ? t.allThatApply : t.all(seats);
  return step.mode === 'serial' ? t.inTurn(need) : t.atOnce(need);
}

/** The time that is left at least after a rejection; nothing where the old due time stays. */
export function againInWords(step: Step): string {
  return step.again ? t.again(span(step.again)) : '';
}

/** The right that doing the step needs. */
export function actInWords(step: Step): string {
  return acts(step.act);
}
