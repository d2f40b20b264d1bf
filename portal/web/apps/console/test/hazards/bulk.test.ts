/** Acting on many: each has its own fate, and what cannot be known is not tried on the rest. */
import { expect, it } from 'vitest';
import { WireError } from '@anhuan/wire';
import { each, type Run } from '../../src/hazards/bulk';

const declined = new WireError('declined', 'FORBIDDEN', [{ code: 'FORBIDDEN', message: '没有权限' }]);

it('passes over what is declined, with the reason, and does the rest', async () => {
  const run = await each(['a', 'b', 'c'], async (id) => (id === 'b' ? Promise.reject(declined) : null), () => undefined);

  expect([...run.fates]).toEqual([['a', { state: 'done' }], ['b', { state: 'failed', why: '没有权限' }], ['c', { state: 'done' }]]);
  expect(run.isOver).toBe(true);
});

it('leaves the rest alone without network', async () => {
  const tried: string[] = [];
  const run = await each(['a', 'b', 'c'], async (id) => {
    tried.push(id);
    if (id === 'b') throw new WireError('network', 'NETWORK');
  }, () => undefined);

  expect(tried).toEqual(['a', 'b']);
  expect([...run.fates.values()].map(({ state }) => state)).toEqual(['done', 'failed', 'skipped']);
});

it('stops when asked, after the one that runs', async () => {
  const stop = { isWanted: false };
  const run = await each(['a', 'b'], async () => { stop.isWanted = true; }, () => undefined, stop);

  expect([...run.fates.values()].map(({ state }) => state)).toEqual(['done', 'skipped']);
});

it('tells every step, one at a time', async () => {
  const runs: Run[] = [];
  await each(['a', 'b'], async () => undefined, (run) => runs.push(run));

  expect(runs.map((run) => [...run.fates.values()].map(({ state }) => state).join())).toEqual(['running,waiting', 'done,waiting', 'done,running', 'done,done', 'done,done']);
});
