/** The record in words: complete for whatever the server writes about a case, held against the server's own sources. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { speak } from '@anhuan/i18n';
import { beforeEach, describe, expect, test } from 'vitest';
import { TOLD, isQuiet, told, type Around } from '../src/record/words';

const root = resolve(import.meta.dirname, '../../../../..');
const around: Around = { person: (id) => ({ p1: '林小雨', p2: '陈志刚' })[String(id)], step: (code) => ({ rectify: '整改' })[String(code)] ?? String(code) };

beforeEach(() => speak('zh'));

/** The text of every `work.record(…)` of the server. */
function records(): string[] {
  return ['infra', 'tenants', 'platform', 'portal/anhuan_portal', 'graphql'].flatMap((wing) =>
    (readdirSync(join(root, wing), { recursive: true }) as string[])
      .filter((name) => name.endsWith('.py') && !name.includes('node_modules'))
      .flatMap((name) => calls(readFileSync(join(root, wing, name), 'utf8'))),
  );
}

function calls(source: string): string[] {
  const found: string[] = [];
  for (let at = source.indexOf('work.record('); at >= 0; at = source.indexOf('work.record(', at + 1)) {
    let depth = 0;
    let end = source.indexOf('(', at);
    do {
      if (source[end] === '(') depth += 1;
      if (source[end] === ')') depth -= 1;
      end += 1;
    } while (depth > 0 && end < source.length);
    found.push(source.slice(source.indexOf('(', at) + 1, end - 1));
  }
  return found;
}

/** The acts that a call may write: every name before what it is about. */
function acts(call: string): string[] {
  return [...call.slice(0, call.indexOf('(')).matchAll(/"([a-z_]+\.[a-z_]+)"/g)].map((match) => match[1]!);
}

describe('the record of a case', () => {
  test('has words for every act that the server writes about one', () => {
    const written = new Set(records().filter((call) => call.includes('case_id=')).flatMap(acts));

    expect(written.size).toBeGreaterThan(25);
    expect([...written].filter((act) => !TOLD.includes(act))).toEqual([]);
  });

  test('has no words for acts that nobody writes', () => {
    const written = new Set(records().flatMap(acts));

    expect(TOLD.filter((act) => !written.has(act))).toEqual([]);
  });

  test.each(TOLD)('%s reads as a sentence in both languages, whatever is missing', (act) => {
    for (const language of ['zh', 'en'] as const) {
      speak(language);
      for (const body of [{}, null, { people: ['p1'], step: 'rectify', person: 'p1' }]) {
        const { text } = told({ act, body }, around);
        expect(text).toBeTruthy();
        expect(text).not.toMatch(/undefined|null|NaN|\[object/);
      }
    }
  });

  test('tells who was called and what was said', () => {
    expect(told({ act: 'seat.handed_over', body: { from_person: 'p1', to_person: 'p2', reason: '出差' } }, around)).toEqual({ text: '把办理事项由 林小雨 转交给 陈志刚', more: '出差' });
    expect(told({ act: 'case.escalated', body: { step: 'rectify', side: 'after', effect: 'stop_work', people: ['p1', 'p9'] } }, around).text).toBe('“整改”超期未办，已上报 林小雨等 2 人，并自动停工');
    expect(told({ act: 'hazard.graded', body: { before: 'B', after: 'C', reason: '范围小' } }, around)).toEqual({ text: '等级由 B 级调整为 C 级', more: '范围小' });
  });

  test('names an act of a newer server as it is', () => {
    expect(told({ act: 'case.teleported', body: {} }, around).text).toBe('系统记录：case.teleported');
  });

  test('keeps decisions in the short history', () => {
    for (const act of ['hazard.reported', 'hazard.graded', 'task.rejected', 'work.stopped', 'case.escalated', 'notice.undelivered', 'evidence.refused', 'case.closed']) expect(isQuiet(act)).toBe(false);
  });
});
