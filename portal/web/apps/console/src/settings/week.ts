/** A working calendar as the server keeps it: weekdays to shifts, days to exceptions; read, said in words, and counted. Pure. */
import { words } from '@anhuan/i18n';

/** When it opens and closes, `08:00`; one that closes no later than it opens ends on the next day. */
export type Shift = readonly [opens: string, closes: string];
/** From Monday to Sunday. */
export type Week = readonly (readonly Shift[])[];
export type Exception = 'rest' | 'work' | readonly Shift[];
/** Days (YYYY-MM-DD) that are not as the week says. */
export interface DayOff {
  day: string;
  is: Exception;
}

const t = words({
  days: [['周一', '周二', '周三', '周四', '周五', '周六', '周日'].join(' '), ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].join(' ')],
  rest: ['休息', 'off'],
  work: ['上班', 'at work'],
  whole: ['全天', 'all day'],
  and: ['、', ', '],
  next: [(closes: string) => `次日 ${closes}`, (closes: string) => `${closes} next day`],
  to: [(first: string, last: string) => `${first}至${last}`, (first: string, last: string) => `${first}–${last}`],
});
const MINUTES = 1440;
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;
const EMPTY: Week = Array.from({ length: 7 }, () => []);

/** The names of the weekdays, Monday first. */
export function dayNames(): string[] {
  return t.days.split(' ');
}

/** Out of what the server sends; what is not a shift is left out. */
export function weekOf(shifts: unknown): Week {
  const given = (typeof shifts === 'object' && shifts !== null ? shifts : {}) as Record<string, unknown>;
  return EMPTY.map((_, day) => shiftsOf(given[String(day)]));
}

/** As the server takes it. */
export function ofWeek(week: Week): Record<string, readonly Shift[]> {
  return Object.fromEntries(week.map((shifts, day) => [String(day), shifts]));
}

/** In the order of their days. */
export function exceptionsOf(exceptions: unknown): DayOff[] {
  const given = (typeof exceptions === 'object' && exceptions !== null ? exceptions : {}) as Record<string, unknown>;
  return Object.entries(given)
    .map(([day, is]): DayOff => ({ day, is: is === 'rest' || is === 'work' ? is : shiftsOf(is) }))
    .sort((one, other) => (one.day < other.day ? -1 : 1));
}

/** As the server takes them; of two for one day the later in the list counts. */
export function ofExceptions(days: readonly DayOff[]): Record<string, Exception> {
  return Object.fromEntries(days.map(({ day, is }) => [day, is]));
}

/** `08:00–12:00、13:00–17:00`, 休息 or 全天. */
export function saidShifts(shifts: readonly Shift[]): string {
  if (!shifts.length) return t.rest;
  return shifts.map(([opens, closes]) => (opens === closes ? t.whole : `${opens}–${closes <= opens ? t.next(closes) : closes}`)).join(t.and);
}

/** What an exception says. */
export function saidException(is: Exception): string {
  return is === 'rest' ? t.rest : is === 'work' ? t.work : saidShifts(is);
}

/** Weekdays in a row that are alike as one line: 周一至周五 08:00–12:00、13:00–17:00. */
export function saidWeek(week: Week): { days: string; shifts: string }[] {
  const names = dayNames();
  const lines: { from: number; to: number; shifts: string }[] = [];
  week.forEach((shifts, day) => {
    const said = saidShifts(shifts);
    const last = lines[lines.length - 1];
    if (last?.shifts === said) last.to = day;
    else lines.push({ from: day, to: day, shifts: said });
  });
  return lines.map(({ from, to, shifts }) => ({ days: from === to ? names[from]! : t.to(names[from]!, names[to]!), shifts }));
}

/** Hours of work in such a week. */
export function hoursIn(week: Week): number {
  return week.flat().reduce((sum, [opens, closes]) => sum + lengthOf(opens, closes), 0) / 60;
}

/** Whether something cannot be meant: a time that is not there, or two shifts of a day that overlap. */
export function isMuddled(shifts: readonly Shift[]): boolean {
  if (shifts.some(([opens, closes]) => !CLOCK.test(opens) || !CLOCK.test(closes))) return true;
  const sorted = shifts.map(([opens, closes]) => ({ from: minutes(opens), to: minutes(opens) + lengthOf(opens, closes) })).sort((one, other) => one.from - other.from);
  return sorted.some((shift, index) => index > 0 && sorted[index - 1]!.to > shift.from);
}

/** 8、8:5、0830 or 24:00 as `08:00`, `08:05`, `08:30`, `00:00`; what is no time stays as it was typed. */
export function tidied(typed: string): string {
  const found = /^(\d{1,2})(?:[:：.]?(\d{1,2}))?$/.exec(typed.trim());
  if (!found) return typed.trim();
  const hours = Number(found[1]) % 24;
  const rest = Number(found[2] ?? 0);
  if (Number(found[1]) > 24 || rest > 59) return typed.trim();
  return `${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}

function shiftsOf(value: unknown): Shift[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((pair: unknown): Shift[] => (Array.isArray(pair) && typeof pair[0] === 'string' && typeof pair[1] === 'string' ? [[pair[0].slice(0, 5), pair[1].slice(0, 5)]] : []));
}

function minutes(clock: string): number {
  const [hours = 0, rest = 0] = clock.split(':').map(Number);
  return hours * 60 + rest;
}

function lengthOf(opens: string, closes: string): number {
  const long = minutes(closes) - minutes(opens);
  return long > 0 ? long : long + MINUTES;
}
