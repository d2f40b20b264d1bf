/** What is read out of a case: answers, pictures that can be compared, rounds of work, people called by name. */
import { beforeAll, describe, expect, it } from 'vitest';
import { speak } from '@anhuan/i18n';
import { answersOf } from '../../src/case/answers';
import { mentioned } from '../../src/case/mentions';
import { byPurpose, comparable, latestOf, type Piece, type Task } from '../../src/case/shape';
import { unfit } from '../../src/case/do/upload';
import { fieldOf } from '../../src/shared/problems';

beforeAll(() => speak('zh'));

const piece = (id: string, purpose: string | null, viewUrl: string | null = 'x'): Piece => ({ id, purpose, viewUrl }) as Piece;
const task = (id: string, step: string, round: number, status: string): Task => ({ id, step, round, status }) as Task;

describe('answers', () => {
  const form = { properties: { measures: { title: '整改措施' }, test: { properties: { passed: {}, summary: {} } } } };

  it('stand in the order of the form, single ones before groups, with words for what is known', () => {
    expect(answersOf({ test: { summary: '空载试车', passed: true }, measures: '加装防护罩', extra: ['a', 'b'] }, form)).toEqual([
      { name: '整改措施', value: '加装防护罩' },
      { name: 'extra', value: 'a、b' },
      { name: '测试结果', value: '合格' },
      { name: '测试情况', value: '空载试车' },
    ]);
  });

  it('that are none, are none', () => {
    expect(answersOf(null, form)).toEqual([]);
    expect(answersOf({ measures: '' }, null)).toEqual([]);
  });
});

describe('pictures', () => {
  it('are compared newest with newest; a report stands in for a missing one before', () => {
    expect(comparable([piece('r', 'report'), piece('a1', 'after'), piece('a2', 'after')])).toEqual({ before: piece('r', 'report'), after: piece('a2', 'after') });
    expect(comparable([piece('b', 'before'), piece('r', 'report'), piece('a', 'after')])?.before.id).toBe('b');
  });

  it('are not compared while one has not arrived', () => {
    expect(comparable([piece('b', 'before'), piece('a', 'after', null)])).toBeNull();
  });

  it('stand in the order of the work, unknown purposes last', () => {
    expect(byPurpose([piece('x', null), piece('a', 'after'), piece('r', 'report')]).map(({ purpose }) => purpose)).toEqual(['report', 'after', 'other']);
  });
});

it('what was sent back is past; what is open or newest is now', () => {
  const { now, past } = latestOf([task('1', 'rectify', 1, 'DONE'), task('2', 'accept', 1, 'CANCELLED'), task('3', 'rectify', 2, 'DONE'), task('4', 'accept', 2, 'OPEN')]);

  expect(now.map(({ id }) => id)).toEqual(['3', '4']);
  expect(past.map(({ id }) => id)).toEqual(['1', '2']);
});

describe('called by name', () => {
  const called = new Map([['王伟', '1'], ['王伟明', '2'], ['李明', '3']]);

  it('is who still stands in the text', () => {
    expect(mentioned('请 @王伟明 看一下', called)).toEqual(['2']);
    expect(mentioned('@王伟 和 @王伟明', called).sort()).toEqual(['1', '2']);
    expect(mentioned('没有人', called)).toEqual([]);
  });
});

it('a file that cannot be taken is told before anything is sent', () => {
  expect(unfit({ size: 0, type: 'image/jpeg' })).toBe('文件是空的');
  expect(unfit({ size: 21 * 1024 * 1024, type: 'image/jpeg' })).toContain('20 MB');
  expect(unfit({ size: 10, type: 'video/mp4' })).toContain('PDF');
  expect(unfit({ size: 10, type: 'image/png' })).toBeNull();
});

it('a path of the server names a field of the form', () => {
  expect(fieldOf('input.test.summary')).toEqual(['test', 'summary']);
  expect(fieldOf('evidence.0.purpose')).toEqual(['evidence', 0, 'purpose']);
});
