/** What is no text never reaches the server, and what is text always does. */
import { expect, test } from 'vitest';
import { cleaned } from '../src/clean';

test.each([
  ['压机\u0007漏电\u0000', '压机漏电'],
  ['三号\t压机\u2028东侧', '三号 压机 东侧'],
  ['着火\ud83d', '着火'],
  ['\udd25着火', '着火'],
  ['着\udd25火', '着火'],
  ['\u0085第一行\n第二行\r\n', '第一行\n第二行\r\n'],
])('%j becomes %j', (typed, kept) => {
  expect(cleaned({ input: { description: typed, tags: [typed] } })).toEqual({ input: { description: kept, tags: [kept] } });
});

test.each(['🔥👷🏽‍♀️ 危险', '\u202eمرحبا', '<img src=x onerror=alert(1)>', '', ' é ', '𠮷野家'])('%j stays as it is', (typed) => {
  expect(cleaned(typed)).toBe(typed);
});

test('a copy: numbers, nothing and lists as they were, and no longer the same thing', () => {
  const given = { one: 1, none: null, list: [true, 'a'] };
  const copy = cleaned(given);
  expect(copy).toEqual(given);
  expect(copy).not.toBe(given);
});
