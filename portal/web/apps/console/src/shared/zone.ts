/** Days on the company's clock as moments, for questions to the server. */
import { rightNow } from '@anhuan/i18n/time';

const DAY = 86_400_000;

/** The moment at which a day (YYYY-MM-DD) begins in a zone. */
export function startOfDay(day: string, zone: string): string {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // Twice, for days on which the clocks are changed.
  let at = midnight - offset(midnight, zone);
  at = midnight - offset(at, zone);
  return new Date(at).toISOString();
}

/** The moment at which a day is over. */
export function endOfDay(day: string, zone: string): string {
  return startOfDay(new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10), zone);
}

/** The day (YYYY-MM-DD) of a moment in a zone. */
export function dayOf(at: number, zone: string): string {
  return new Date(at + offset(at, zone)).toISOString().slice(0, 10);
}

/** So many days before today, today included: 1 is today. */
export function daysBack(days: number, zone: string, now = rightNow()): string {
  return dayOf(now - (days - 1) * DAY, zone);
}

/** How far a zone's clock is ahead of UTC at a moment, in milliseconds. */
export function offset(at: number, zone: string): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' });
  const found: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(new Date(at))) found[type] = Number(value);
  const clock = Date.UTC(found.year!, found.month! - 1, found.day!, found.hour, found.minute, found.second);
  return clock - Math.floor(at / 1000) * 1000;
}
