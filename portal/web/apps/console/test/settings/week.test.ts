/** A working calendar: read as the server keeps it, sent back the same, said and counted. */
import { beforeEach, describe, expect, it } from 'vitest';
import { speak } from '@anhuan/i18n';
import { exceptionsOf, hoursIn, isMuddled, ofExceptions, ofWeek, saidShifts, saidWeek, tidied, weekOf } from '../../src/settings/week';

const OFFICE = Object.fromEntries(['0', '1', '2', '3', '4', '5', '6'].map((day) => [day, Number(day) < 5 ? [['08:00', '12:00'], ['13:00', '17:00']] : []]));

beforeEach(() => speak('zh'));

describe('a week', () => {
  it('goes to the server as it came', () => {
    expect(ofWeek(weekOf(OFFICE))).toEqual(OFFICE);
    expect(weekOf(null)).toHaveLength(7);
  });

  it('is said in as few lines as there are kinds of days', () => {
    expect(saidWeek(weekOf(OFFICE))).toEqual([{ days: '周一至周五', shifts: '08:00–12:00、13:00–17:00' }, { days: '周六至周日', shifts: '休息' }]);
  });

  it('counts nights into the next day, and the same time twice as a whole day', () => {
    expect(hoursIn(weekOf(OFFICE))).toBe(40);
    expect(hoursIn([[['22:00', '06:00']], [['00:00', '00:00']]])).toBe(32);
    expect(saidShifts([['22:00', '06:00']])).toBe('22:00–次日 06:00');
    expect(saidShifts([['00:00', '00:00']])).toBe('全天');
  });
});

it('finds times that are missing and shifts that overlap', () => {
  expect(isMuddled([['08:00', '12:00'], ['13:00', '17:00']])).toBe(false);
  expect(isMuddled([['13:00', '17:00'], ['08:00', '14:00']])).toBe(true);
  expect(isMuddled([['08:00', '']])).toBe(true);
});

it('keeps single days in their order, whatever they are', () => {
  const given = { '2026-12-05': 'work', '2026-11-23': 'rest', '2026-12-01': [['09:00', '12:00']] };
  expect(exceptionsOf(given).map(({ day }) => day)).toEqual(['2026-11-23', '2026-12-01', '2026-12-05']);
  expect(ofExceptions(exceptionsOf(given))).toEqual(given);
});

it('takes times as people type them', () => {
  expect(['8', '0830', '8:5', '8：30', '24:00'].map(tidied)).toEqual(['08:00', '08:30', '08:05', '08:30', '00:00']);
  expect(['25:00', '08:60', 'abc', ''].map(tidied)).toEqual(['25:00', '08:60', 'abc', '']);
});
