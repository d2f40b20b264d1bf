/** Periods on the company's clock, as moments and as addresses. */
import { describe, expect, it } from 'vitest';
import { daysOf, momentsOf, read } from '../../src/overview/period';

const ZONE = 'Asia/Shanghai';
// Sunday evening in Shanghai, still afternoon in UTC; already Monday there an hour and a half later.
const SUNDAY = Date.parse('2026-11-22T15:00:00Z');
const MONDAY = Date.parse('2026-11-22T16:30:00Z');

describe('periods', () => {
  it('begin on Monday, the first, and with the quarter and the year', () => {
    expect(daysOf('week', ZONE, SUNDAY)).toEqual({ from: '2026-11-16', until: '2026-11-22' });
    expect(daysOf('month', ZONE, SUNDAY)).toEqual({ from: '2026-11-01', until: '2026-11-22' });
    expect(daysOf('quarter', ZONE, SUNDAY)).toEqual({ from: '2026-10-01', until: '2026-11-22' });
    expect(daysOf('year', ZONE, SUNDAY)).toEqual({ from: '2026-01-01', until: '2026-11-22' });
  });

  it('go by the company’s clock, not by UTC', () => {
    expect(daysOf('week', ZONE, MONDAY)).toEqual({ from: '2026-11-23', until: '2026-11-23' });
  });

  it('hold whole days, also where clocks change', () => {
    expect(momentsOf({ from: '2026-11-01', until: '2026-11-22' }, ZONE)).toEqual({ from: '2026-10-31T16:00:00.000Z', until: '2026-11-22T16:00:00.000Z' });
    expect(momentsOf({ from: '2026-03-29', until: '2026-03-29' }, 'Europe/Berlin')).toEqual({ from: '2026-03-28T23:00:00.000Z', until: '2026-03-29T22:00:00.000Z' });
  });

  it('come out of an address, or are this month', () => {
    const from = (text: string) => read(new URLSearchParams(text), ZONE, SUNDAY);
    expect(from('period=quarter').name).toBe('quarter');
    expect(from('from=2026-01-05&until=2026-02-06')).toEqual({ name: 'custom', days: { from: '2026-01-05', until: '2026-02-06' } });
    for (const text of ['', 'period=decade', 'from=2026-02-06&until=2026-01-05', 'from=2020-01-01&until=2026-01-01', 'from=2026-13-45&until=2026-13-46'])
      expect(from(text).name).toBe('month');
  });
});
