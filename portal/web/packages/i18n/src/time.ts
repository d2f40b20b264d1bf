/** Moments as people here read them, on the company's clock: 2026-11-21 10:30, 今天 17:00, 超期 2 小时. */
import { spoken, words } from './index';

const t = words({
  today: ['今天', 'today'],
  tomorrow: ['明天', 'tomorrow'],
  yesterday: ['昨天', 'yesterday'],
  minutes: [(n: number) => `${n} 分钟`, (n: number) => `${n} min`],
  hours: [(n: number) => `${n} 小时`, (n: number) => `${n} h`],
  days: [(n: number) => `${n} 天`, (n: number) => (n === 1 ? '1 day' : `${n} days`)],
  late: [(span: string) => `超期 ${span}`, (span: string) => `${span} late`],
  left: [(span: string) => `剩 ${span}`, (span: string) => `${span} left`],
  ago: [(span: string) => `${span}前`, (span: string) => `${span} ago`],
  justNow: ['刚刚', 'just now'],
});

let zone = 'Asia/Shanghai';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SOON = 6 * HOUR;

/** The clock that everything is shown on: the company's, whatever the phone's says. */
export function setZone(next: string): void {
  zone = next;
}

let ahead = 0;

/** How many milliseconds the server's clock is ahead of this device's: a phone that is a day off would call everything late. */
export function setAhead(ms: number): void {
  ahead = ms;
}

/** What time it is, by the server's clock as far as it is known. */
export function rightNow(): number {
  return Date.now() + ahead;
}

/** A moment that this device's clock told, by the server's. */
export function putRight(at: number): number {
  return at + ahead;
}

/** A text is the server's word; a number was read from this device's clock, and is put right. */
function dated(at: string | number | Date): Date {
  return new Date(typeof at === 'number' ? putRight(at) : at);
}

interface Parts {
  year: string;
  month: string;
  day: string;
  hour: string;
  minute: string;
}

function parts(at: Date): Parts {
  // `hourCycle` and not `hour12`: with the latter some browsers call midnight 24.
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  });
  const found: Record<string, string> = {};
  for (const part of format.formatToParts(at)) found[part.type] = part.value;
  return found as unknown as Parts;
}

/** 2026-11-21 */
export function day(at: string | number | Date): string {
  const p = parts(new Date(at));
  return `${p.year}-${p.month}-${p.day}`;
}

/** 10:30 */
export function clock(at: string | number | Date): string {
  const p = parts(new Date(at));
  return `${p.hour}:${p.minute}`;
}

/** 2026-11-21 10:30 */
export function moment(at: string | number | Date): string {
  return `${day(at)} ${clock(at)}`;
}

/** 今天 17:00, 明天 08:30, otherwise 11-23 08:30; another year in full. */
export function near(at: string | number | Date, now = rightNow()): string {
  const date = dated(at);
  const which = day(date);
  if (which === day(now)) return `${t.today} ${clock(date)}`;
  if (which === day(now + DAY)) return `${t.tomorrow} ${clock(date)}`;
  if (which === day(now - DAY)) return `${t.yesterday} ${clock(date)}`;
  return which.slice(0, 4) === day(now).slice(0, 4) ? `${which.slice(5)} ${clock(date)}` : moment(date);
}

/** A length of time in its largest fitting unit: 45 分钟, 5 小时, 3 天. */
export function span(ms: number): string {
  const long = Math.abs(ms);
  if (long < HOUR) return t.minutes(Math.max(1, Math.floor(long / MINUTE)));
  if (long < 2 * DAY) return t.hours(Math.floor(long / HOUR));
  return t.days(Math.floor(long / DAY));
}

/** What a person needs to know of a deadline: 超期 2 小时, 剩 40 分钟, or when it is. */
export function due(at: string, now = rightNow()): { text: string; isLate: boolean; isSoon: boolean } {
  const left = Date.parse(at) - now;
  if (left < 0) return { text: t.late(span(left)), isLate: true, isSoon: false };
  if (left < SOON) return { text: t.left(span(left)), isLate: false, isSoon: true };
  return { text: near(at, now), isLate: false, isSoon: false };
}

/** 3 小时前; long ago as a date. */
export function since(at: string | number, now = rightNow()): string {
  const past = now - dated(at).getTime();
  if (past < MINUTE) return t.justNow;
  return past < 2 * DAY ? t.ago(span(past)) : near(at, now);
}

/** 1,234 */
export function count(value: number): string {
  return new Intl.NumberFormat(spoken() === 'zh' ? 'zh-CN' : 'en-US').format(value);
}
