/** What a calendar or a clock says in the company's zone, as a moment; pickers know only the browser's zone. */
import type { Dayjs } from 'dayjs';
import { whoIsHere } from '@anhuan/wire';

/** The zone on whose clock everything is shown. */
export function zone(): string {
  return whoIsHere()?.company.zone ?? 'Asia/Shanghai';
}

/** The moment at which a clock in this zone shows these numbers. */
export function momentIn(where: string, year: number, month: number, day: number, hour = 0, minute = 0): Date {
  const wanted = Date.UTC(year, month - 1, day, hour, minute);
  // Twice, since the first guess may lie on the other side of a change of the clocks.
  let found = wanted - offset(where, wanted);
  found = wanted - offset(where, found);
  return new Date(found);
}

/** What was picked, read on the company's clock. */
export function picked(at: Dayjs): Date {
  return momentIn(zone(), at.year(), at.month() + 1, at.date(), at.hour(), at.minute());
}

/** The day that a moment falls on in this zone. */
export function dayIn(where: string, at: number): { year: number; month: number; day: number } {
  const shown = new Date(at + offset(where, at));
  return { year: shown.getUTCFullYear(), month: shown.getUTCMonth() + 1, day: shown.getUTCDate() };
}

/** How far the zone's clock is ahead of UTC at a moment, in milliseconds. */
function offset(where: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: where, year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23',
  }).formatToParts(at);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - Math.floor(at / 1000) * 1000;
}
