/** My tasks: what comes first, what a filter keeps; notices: what stands on top; passwords and photos: what is still missing. */
import { describe, expect, test } from 'vitest';
import { lack, proofs } from '../src/do/proofs';
import { strength } from '../src/entry/strength';
import type { TaskLineFragment } from '../src/gql';
import { ranked } from '../src/notices/order';
import { inStory } from '../src/photos/purposes';
import { byUrgency, isLate, keeps } from '../src/tasks/urgency';

const NOW = Date.parse('2026-11-21T08:00:00Z');

function aTask(id: string, dueAt: string | null, more: { step?: string; isApproval?: boolean; grade?: string | null; openedAt?: string } = {}): TaskLineFragment {
  const { step = 'rectify', isApproval = false, grade = 'C', openedAt = '2026-11-20T00:00:00Z' } = more;
  return { id, step, stepName: step, isApproval, openedAt, dueAt, case: { id: `c${id}`, number: 'HZ', title: 't', grade, unit: null } } as TaskLineFragment;
}

const at = (hour: number) => `2026-11-21T0${hour}:00:00Z`;
const photo = (id: string) => ({ id, name: 'x.jpg', mime: 'image/jpeg', data: new ArrayBuffer(1) });
const of = (purpose: string | null, createdAt: string) => ({ purpose, createdAt });

describe('tasks', () => {
  test('soonest due first, no limit last, the graver and the older before the rest', () => {
    const tasks = [aTask('none', null), aTask('late', '2026-11-20T00:00:00Z'), aTask('c', '2026-11-22T00:00:00Z'), aTask('a', '2026-11-22T00:00:00Z', { grade: 'A' }), aTask('new', '2026-11-22T00:00:00Z', { openedAt: '2026-11-21T00:00:00Z' }), aTask('ungraded', '2026-11-22T00:00:00Z', { grade: null })];

    expect(byUrgency(tasks).map((task) => task.id)).toEqual(['late', 'a', 'c', 'new', 'ungraded', 'none']);
  });

  test('are late only after the limit', () => {
    expect(isLate({ dueAt: '2026-11-21T07:59:59Z' }, NOW)).toBe(true);
    expect(isLate({ dueAt: '2026-11-21T08:00:00Z' }, NOW)).toBe(false);
    expect(isLate({ dueAt: null }, NOW)).toBe(false);
  });

  test('each is kept by exactly one kind of filter', () => {
    const all = [aTask('1', null), aTask('2', null, { step: 'grade' }), aTask('3', null, { step: 'assign' }), aTask('4', null, { step: 'accept', isApproval: true }), aTask('5', null, { step: 'control' }), aTask('6', null, { step: 'own_step' })];
    const kept = (filter: 'rectify' | 'check' | 'grade') => all.filter((task) => keeps(filter, task, NOW)).map((task) => task.id);

    expect(kept('rectify')).toEqual(['1', '5', '6']);
    expect(kept('grade')).toEqual(['2', '3']);
    expect(kept('check')).toEqual(['4']);
    expect(all.every((task) => keeps('all', task, NOW))).toBe(true);
  });
});

describe('notices', () => {
  test('urgent and unread ones stand on top however old, read ones fall back in time', () => {
    const notices = [
      { id: 'new', isUrgent: false, readAt: null, createdAt: at(5) },
      { id: 'urgent-read', isUrgent: true, readAt: at(6), createdAt: at(2) },
      { id: 'urgent', isUrgent: true, readAt: null, createdAt: at(1) },
      { id: 'old', isUrgent: false, readAt: null, createdAt: at(3) },
    ];
    expect(ranked(notices).map((notice) => notice.id)).toEqual(['urgent', 'new', 'old', 'urgent-read']);
  });
});

describe('a new password', () => {
  test.each([
    ['short1A', false, true],
    ['alllowercaseletters', true, false],
    ['Mixed1letters', true, true],
    ['安全生产 安全生产 2026a', true, true],
    ['1234567890', true, false],
  ])('%s', (password, isLong, isMixed) => {
    expect(strength(password)).toEqual({ isLong, isMixed });
  });
});

describe('evidence', () => {
  test('goes with what it shows; what the server has no name for stays behind', () => {
    expect(proofs(['before', 'after', 'drawing'], { before: [photo('1')], after: [photo('2'), photo('3')], drawing: [photo('4')] })).toEqual([
      { evidenceId: '1', purpose: 'BEFORE' },
      { evidenceId: '2', purpose: 'AFTER' },
      { evidenceId: '3', purpose: 'AFTER' },
    ]);
  });

  test('is counted against what the step asks for', () => {
    const demands = [{ purpose: 'after', least: 2 }];

    expect(lack(demands, {}, 'after')).toBe(2);
    expect(lack(demands, { after: [photo('1')] }, 'after')).toBe(1);
    expect(lack(demands, { after: [photo('1'), photo('2'), photo('3')] }, 'after')).toBe(0);
    expect(lack(demands, {}, 'test')).toBe(0);
  });

  test('is told in the order of the story', () => {
    const story = inStory([of('after', '1'), of(null, '0'), of('before', '2'), of('report', '3'), of('before', '1')]);

    expect(story.map((one) => `${one.purpose}${one.createdAt}`)).toEqual(['report3', 'before1', 'before2', 'after1', 'null0']);
  });
});
