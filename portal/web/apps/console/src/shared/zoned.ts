/** What was picked in a calendar, read on the company's clock: pickers know only the browser's. */
import type { Dayjs } from 'dayjs';
import { whoIsHere } from '@anhuan/wire';
import { offset } from './zone';

/** The zone on whose clock everything is shown. */
export function zone(): string {
  return whoIsHere()?.company.zone ?? 'Asia/Shanghai';
}

/** The moment at which the company's clock shows what was picked. */
export function picked(at: Dayjs): Date {
  const wanted = Date.UTC(at.year(), at.month(), at.date(), at.hour(), at.minute());
  // Twice, since the first guess may lie on the other side of a change of the clocks.
  const first = wanted - offset(wanted, zone());
  return new Date(wanted - offset(first, zone()));
}
