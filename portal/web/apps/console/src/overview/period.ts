/** The span of time that the overview is of: the week, month, quarter or year so far, or days that were chosen. Pure. */
import { rightNow } from '@anhuan/i18n/time';
import { dayOf, endOfDay, startOfDay } from '../shared/zone';

export const PERIODS = ['week', 'month', 'quarter', 'year', 'custom'] as const;
export type PeriodName = (typeof PERIODS)[number];

/** Days of the company's clock, both included. */
export interface Days {
  from: string;
  until: string;
}

/** The server looks back so far and no further. */
export const LONGEST = 1100;

/** From the beginning of the period until today; weeks begin on Monday. */
export function daysOf(name: Exclude<PeriodName, 'custom'>, zone: string, now = rightNow()): Days {
  const until = dayOf(now, zone);
  const [year, month] = until.split('-') as [string, string];
  if (name === 'year') return { from: `${year}-01-01`, until };
  if (name === 'month') return { from: `${year}-${month}-01`, until };
  if (name === 'quarter') return { from: `${year}-${String(Math.floor((Number(month) - 1) / 3) * 3 + 1).padStart(2, '0')}-01`, until };
  const today = new Date(`${until}T00:00:00Z`);
  today.setUTCDate(today.getUTCDate() - ((today.getUTCDay() + 6) % 7));
  return { from: today.toISOString().slice(0, 10), until };
}

/** As the server takes it: from the first day's beginning until the last day is over. */
export function momentsOf({ from, until }: Days, zone: string): { from: string; until: string } {
  return { from: startOfDay(from, zone), until: endOfDay(until, zone) };
}

/** Out of an address: `?period=quarter`, or `?from=…&until=…`; anything else is this month. */
export function read(search: URLSearchParams, zone: string, now = rightNow()): { name: PeriodName; days: Days } {
  const from = search.get('from') ?? '';
  const until = search.get('until') ?? '';
  if (isDay(from) && isDay(until) && from <= until && (Date.parse(until) - Date.parse(from)) / 86_400_000 < LONGEST) return { name: 'custom', days: { from, until } };
  const name = search.get('period');
  const known = name === 'week' || name === 'quarter' || name === 'year' ? name : 'month';
  return { name: known, days: daysOf(known, zone, now) };
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}
