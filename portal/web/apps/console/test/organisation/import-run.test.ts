/** What an import brought is there when one comes back to its page, and for nobody else. */
import { beforeEach, expect, it, vi } from 'vitest';

const world = vi.hoisted(() => ({ person: 'zhao', tell: () => undefined as void, answer: async (): Promise<unknown> => ({}) }));
vi.mock('@anhuan/wire', async (real) => ({
  ...(await real<object>()),
  act: async () => world.answer(),
  whoIsHere: () => ({ person: { id: world.person } }),
  onSession: (tell: () => void) => {
    world.tell = tell;
    return () => undefined;
  },
}));

import { forget, importNow, run } from '../../src/organisation/import-run';

const file = { name: 'company.xlsx', base64: 'AA==' };
const codes = { activations: [{ name: '林小雨', account: 'lin', code: 'ABCD' }], dryRun: false };

beforeEach(() => {
  world.person = 'zhao';
  world.answer = async () => codes;
  forget();
});

it('keeps the codes while other pages are looked at', async () => {
  await run(file, { dryRun: false, invite: true });
  expect(importNow()).toMatchObject({ file, result: codes, isBusy: false });
});

it('shows them to nobody who signs in afterwards, nor while it was still running', async () => {
  world.answer = async () => {
    expect(importNow().isBusy).toBe(true);
    world.person = 'lin';
    world.tell();
    return codes;
  };

  await run(file, { dryRun: false, invite: true });

  expect(importNow()).toEqual({ file: null, result: null, problem: null, isBusy: false });
});
