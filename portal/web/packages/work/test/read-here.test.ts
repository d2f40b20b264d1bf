/** Reading without network is reading all the same: it is remembered, and said once there is network. */
import { beforeEach, expect, test, vi } from 'vitest';
import { isReadHere, joined, markRead, NONE, say, unsaid, type Marks } from '../src/notices/read-here';

const phone = vi.hoisted(() => ({
  kept: undefined as unknown,
  keeps: true,
  said: [] as unknown[],
  trouble: undefined as string | undefined,
  who: 'lin' as string | null,
}));

vi.mock('@anhuan/outbox', () => ({
  keeper: {
    get: async () => (phone.kept === undefined ? undefined : { at: 0, data: phone.kept }),
    put: async (_key: string, data: unknown) => {
      if (!phone.keeps) throw new Error('full');
      phone.kept = data;
    },
  },
}));
vi.mock('@anhuan/wire', () => {
  class WireError extends Error {
    constructor(readonly trouble: string) {
      super(trouble);
    }
  }
  return {
    WireError,
    whoIsHere: () => phone.who && { person: { id: phone.who } },
    act: async (_document: string, { input }: { input: unknown }, how: { as: string }) => {
      if (phone.trouble) throw new WireError(phone.trouble);
      phone.said.push({ ...(input as object), as: how.as });
    },
  };
});

const ids = (...some: string[]): Marks => ({ ids: some, upTo: null });
const upTo = (id: string): Marks => ({ ids: [], upTo: id });

beforeEach(() => {
  Object.assign(phone, { kept: undefined, keeps: true, said: [], trouble: undefined, who: 'lin' });
});

test('with network it is said at once, and nothing is left to say', async () => {
  expect(await markRead(ids('a'))).toBe(true);

  expect([phone.said, await unsaid()]).toEqual([[{ id: 'a', as: 'lin' }], NONE]);
  expect(await say()).toBe(false);
});

test('without network it is remembered and said later, all of it', async () => {
  phone.trouble = 'network';
  expect([await markRead(ids('c')), await markRead(upTo('b')), await markRead(ids('d'))]).toEqual([false, false, false]);
  expect(await unsaid()).toEqual({ ids: ['c', 'd'], upTo: 'b' });

  phone.trouble = undefined;
  expect(await say()).toBe(true);
  expect([phone.said, await unsaid()]).toEqual([[{ upTo: 'b', as: 'lin' }, { id: 'c', as: 'lin' }, { id: 'd', as: 'lin' }], NONE]);
});

test('a notice that is gone is not said over and over', async () => {
  phone.trouble = 'declined';

  expect([await markRead(ids('a')), await unsaid()]).toEqual([true, NONE]);
});

test('two at once are both remembered', async () => {
  phone.trouble = 'network';
  await Promise.all([markRead(ids('a')), markRead(ids('b'))]);

  expect((await unsaid()).ids).toEqual(['a', 'b']);
});

test('a device that keeps nothing still says it', async () => {
  phone.keeps = false;

  expect([await markRead(ids('a')), phone.said]).toEqual([true, [{ id: 'a', as: 'lin' }]]);
});

test('nobody says anything for one who has left', async () => {
  phone.who = null;

  expect([await markRead(ids('a')), phone.said]).toEqual([false, []]);
});

test('everything up to one covers those before it and no newer ones', () => {
  const all = joined(ids('a', 'c'), upTo('b'));

  expect(all).toEqual({ ids: ['c'], upTo: 'b' });
  expect(['a', 'b', 'c', 'd'].map((id) => isReadHere(id, all))).toEqual([true, true, true, false]);
  expect(joined(upTo('b'), upTo('a')).upTo).toBe('b');
});
