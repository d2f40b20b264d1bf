/** What a case shows: stages, the clock that won, the buttons, and nothing that the server did not grant. */
import { speak } from '@anhuan/i18n';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Entry } from '@anhuan/outbox';
import { buttonsOf, handedIn } from '../src/case/buttons';
import { clockWords } from '../src/case/clock';
import type { Case, Task } from '../src/case/shape';
import { STAGES, stagesOf } from '../src/case/stages';
import { isAhead } from '../src/case/use-case';

beforeEach(() => speak('zh'));

function aTask(step: string, more: Partial<Task> = {}): Task {
  return { id: step, step, stepName: step, round: 1, status: 'OPEN', isApproval: false, mode: 'parallel', need: 1, openedAt: '2026-11-21T00:00:00Z', dueAt: null, doneAt: null, outcome: null, note: null, answers: null, form: null, demands: [], dueRule: null, seats: [], doneBy: null, ...more } as Task;
}

function aCase(more: Partial<Case> = {}, mine: Task[] = []): Case {
  const done = aTask('assign', { status: 'DONE', outcome: 'done' });
  return { id: 'c', number: 'HZ-1', status: 'OPEN', stage: 'rectification', grade: 'C', reporter: { id: 'lin', name: '林小雨' }, can: [], stopOrders: [], description: 'x', similar: [], progress: [], mine: mine.map(({ id, step }) => ({ id, step })), tasks: [done, ...mine], ...more } as unknown as Case;
}

function anEntry(kind: Entry['kind'], more: Partial<Entry> = {}): Entry {
  return { id: kind, kind, state: 'pending', ...more } as Entry;
}

describe('stages', () => {
  test('stand in the order of the loop', () => {
    expect(stagesOf('rectification', 'OPEN')?.map((stage) => [stage.name, stage.state])).toEqual([
      ['上报', 'done'], ['定级', 'done'], ['派发', 'done'], ['整改', 'now'], ['验收', 'todo'], ['验证', 'todo'], ['闭环', 'todo'],
    ]);
  });

  test('are all done when it is closed, and not drawn when it was called off or the loop is the company’s own', () => {
    expect(stagesOf('closed', 'CLOSED')?.every((stage) => stage.state === 'done')).toBe(true);
    expect(stagesOf('cancelled', 'CANCELLED')).toBeNull();
    expect(stagesOf('weighing', 'OPEN')).toBeNull();
  });

  test('are those of the shipped loop', async () => {
    const { readFileSync } = await import('node:fs');
    const { resolve } = await import('node:path');
    const source = readFileSync(resolve(import.meta.dirname, '../../../../../platform/anhuan_platform/loops/library/hazard.py'), 'utf8');
    const shipped = [...source.slice(source.indexOf('stages=('), source.indexOf('steps=(')).matchAll(/\("([a-z]+)", \{/g)].map((match) => match[1]);

    expect(STAGES.slice(1, -1)).toEqual(shipped);
  });
});

describe('the clock that won', () => {
  test('has words for every clock of the shipped loop', async () => {
    const { readFileSync } = await import('node:fs');
    const { resolve } = await import('node:path');
    const source = readFileSync(resolve(import.meta.dirname, '../../../../../platform/anhuan_platform/loops/library/hazard.py'), 'utf8');
    const rules = [...source.matchAll(/Clock\("([\w.]+)"/g)].map((match) => match[1]!);

    expect(rules.length).toBeGreaterThan(12);
    for (const language of ['zh', 'en'] as const) {
      speak(language);
      const other = clockWords('nothing.known');
      for (const rule of rules) expect(clockWords(rule)).not.toBe(other);
    }
  });

  test('says that it is provisional, and that a company’s own is its own', () => {
    expect(clockWords('review', true)).toContain('暂定');
    expect(clockWords('grade.B')).toBe('B 级隐患整改时限');
    expect(clockWords('tier.workshop')).toContain('车间级');
    expect(clockWords('own.rule')).toBe('本单位规定的时限');
  });
});

describe('buttons', () => {
  test('for who has nothing to do here there are none', () => {
    expect(buttonsOf(aCase({ can: ['case.read'] }), 'deng')).toEqual({ main: [], more: [] });
  });

  test('what waits for me comes first, by its due time, approvals as one', () => {
    const mine = [aTask('rectify', { dueAt: '2026-11-23T00:00:00Z' }), aTask('control', { dueAt: '2026-11-22T00:00:00Z' }), aTask('accept', { isApproval: true, dueAt: '2026-11-24T00:00:00Z' }), aTask('verify', { isApproval: true })];

    expect(buttonsOf(aCase({}, mine), 'chen').main).toEqual(['control', 'rectify', 'review']);
  });

  test('a right alone is no seat: nobody grades the first time, or reviews, without one', () => {
    const buttons = buttonsOf(aCase({ grade: null, tasks: [], can: ['hazard.grade', 'hazard.assign', 'hazard.review', 'hazard.rectify'] }), 'wei');

    expect([...buttons.main, ...buttons.more]).toEqual([]);
  });

  test('what was done may be done again by right', () => {
    expect(buttonsOf(aCase({ can: ['hazard.grade', 'hazard.assign', 'hazard.progress', 'case.comment'] }), 'wei').more).toEqual(['progress', 'comment', 'grade', 'assign']);
  });

  test('work is stopped where it runs and resumed where it stands, never by who stopped it', () => {
    const order = { id: 'o', reason: 'x', cause: 'person', issuedAt: '2026-11-21T00:00:00Z', liftedAt: null, issuedBy: { id: 'wei', name: '魏建军' }, unit: null };
    const can = ['work.stop', 'work.resume', 'hazard.cancel', 'hazard.grade'];

    expect(buttonsOf(aCase({ can }), 'ding').more).toEqual(['grade', 'stop', 'call-off']);
    expect(buttonsOf(aCase({ can, stopOrders: [order] }), 'ding').more).toEqual(['grade', 'resume']);
    expect(buttonsOf(aCase({ can, stopOrders: [order] }), 'wei').more).toEqual(['grade']);
    expect(buttonsOf(aCase({ can, stopOrders: [{ ...order, liftedAt: '2026-11-21T01:00:00Z' }] }), 'wei').more).toContain('stop');
  });

  test('who reported it takes it back only until it is graded', () => {
    expect(buttonsOf(aCase({ grade: null, can: ['hazard.cancel'] }), 'lin').more).toEqual(['call-off']);
    expect(buttonsOf(aCase({ grade: 'C', can: ['hazard.cancel'] }), 'lin').more).toEqual([]);
    expect(buttonsOf(aCase({ grade: 'C', can: ['hazard.cancel'] }), 'wei').more).toEqual(['call-off']);
  });

  test('a closed case can still be talked about', () => {
    expect(buttonsOf(aCase({ status: 'CLOSED', can: ['case.read', 'case.comment', 'work.stop'] }), 'lin')).toEqual({ main: [], more: ['comment'] });
  });

  test('only my own step can be handed over', () => {
    expect(buttonsOf(aCase({}, [aTask('rectify')]), 'chen').more).toEqual(['hand-over']);
  });
});

describe('handed in here already', () => {
  test('is a decision, once; of progress and comments there may be many', () => {
    const handed = [anEntry('rectification'), anEntry('progress'), anEntry('comment')];

    expect(handedIn('rectify', handed)?.kind).toBe('rectification');
    expect(handedIn('control', handed)).toBeUndefined();
    expect(handedIn('progress', handed)).toBeUndefined();
    expect(handedIn('comment', handed)).toBeUndefined();
  });

  test('counts until the case was told of anew; what was declined was not done', () => {
    expect(isAhead(anEntry('control'), 5)).toBe(true);
    expect(isAhead(anEntry('control', { state: 'attention' }), 5)).toBe(false);
    const arrived = anEntry('control', { state: 'done', receipt: { level: 'received', at: 5 } });
    expect([isAhead(arrived, 4), isAhead(arrived, 6), isAhead(arrived, undefined)]).toEqual([true, false, false]);
  });
});
