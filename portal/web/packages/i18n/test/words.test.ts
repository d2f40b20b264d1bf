/** Words follow the language, times follow the company's clock. */
import { afterEach, expect, test } from 'vitest';
import { onLanguage, speak, spoken, tag, words } from '../src/index';
import { clock, count, day, due, moment, near, rightNow, setAhead, setZone, since, span } from '../src/time';

const HOUR = 3_600_000;
const t = words({ save: ['保存', 'Save'], many: [(n: number) => `${n} 条`, (n: number) => `${n} items`] });

afterEach(() => {
  setAhead(0);
  speak('zh');
  setZone('Asia/Shanghai');
});

test('a table of words speaks the language of the moment', () => {
  speak('zh');
  expect([t.save, t.many(3)]).toEqual(['保存', '3 条']);
  speak('en');
  expect([t.save, t.many(3)]).toEqual(['Save', '3 items']);
  expect([spoken(), tag(), document.documentElement.lang]).toEqual(['en', 'en-US', 'en-US']);
});

test('who listens hears of a change once, and no more after leaving', () => {
  let heard = 0;
  const leave = onLanguage(() => {
    heard += 1;
  });
  speak('en');
  speak('en');
  leave();
  speak('zh');

  expect(heard).toBe(1);
});

test('a moment is shown on the company’s clock, whatever the phone’s is', () => {
  const at = '2026-11-20T16:30:00Z';
  expect([day(at), clock(at), moment(at)]).toEqual(['2026-11-21', '00:30', '2026-11-21 00:30']);
  setZone('Europe/Berlin');
  expect(moment(at)).toBe('2026-11-20 17:30');
});

test('near times are told by their day', () => {
  const now = Date.parse('2026-11-21T04:00:00Z');
  expect(near('2026-11-21T09:00:00Z', now)).toBe('今天 17:00');
  expect(near('2026-11-21T16:30:00Z', now)).toBe('明天 00:30');
  expect(near('2026-11-20T01:00:00Z', now)).toBe('昨天 09:00');
  expect(near('2026-11-25T01:00:00Z', now)).toBe('11-25 09:00');
  expect(near('2025-11-25T01:00:00Z', now)).toBe('2025-11-25 09:00');
});

test('a deadline says how late it is, or how little is left', () => {
  const now = Date.parse('2026-11-21T04:00:00Z');
  const at = (hours: number): string => new Date(now + hours * HOUR).toISOString();
  expect(due(at(-2.5), now)).toEqual({ text: '超期 2 小时', isLate: true, isSoon: false });
  expect(due(at(-72), now).text).toBe('超期 3 天');
  expect(due(at(0.66), now)).toEqual({ text: '剩 39 分钟', isLate: false, isSoon: true });
  expect(due(at(5), now).isSoon).toBe(true);
  expect(due(at(7), now)).toEqual({ text: '今天 19:00', isLate: false, isSoon: false });
  speak('en');
  expect(due(at(-2.5), now).text).toBe('2 h late');
});

test('spans, ages and numbers', () => {
  expect([span(20_000), span(90 * 60_000), span(47 * HOUR), span(48 * HOUR)]).toEqual(['1 分钟', '1 小时', '47 小时', '2 天']);
  expect(since(new Date(1_000_000).toISOString(), 1_030_000)).toBe('刚刚');
  expect(since(new Date(0).toISOString(), 3 * HOUR)).toBe('3 小时前');
  expect(count(1234567)).toBe('1,234,567');
});

test('on a phone that is a day ahead nothing is late that is not, and what was done a moment ago is a moment ago', () => {
  setAhead(-24 * HOUR);
  const soon = new Date(Date.now() - 23 * HOUR).toISOString();
  expect(due(soon)).toMatchObject({ isLate: false, isSoon: true });
  expect(since(Date.now() - 5 * 60_000)).toBe('5 分钟前');
  expect(near(Date.now())).toMatch(/^今天/);
  expect(rightNow()).toBeLessThan(Date.now());
});
