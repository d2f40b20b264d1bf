/** Letting go of the connection, in whatever state it is. */
import { afterEach, expect, test, vi } from 'vitest';

const dispose = vi.fn(async () => Promise.resolve());
vi.mock('graphql-ws', () => ({ createClient: () => ({ subscribe: () => () => undefined, dispose }) }));
vi.mock('../src/session', () => ({ whoIsHere: () => ({ person: { id: 'lin' } }) }));

const { hear, hush } = await import('../src/live');

afterEach(() => vi.clearAllMocks());

test('a connection that is still being tried may fail when it is let go, and nobody hears of it', () => {
  const ending = Promise.reject<void>(new Error('All Subscriptions Gone'));
  const awaited = vi.spyOn(ending, 'then');
  dispose.mockImplementationOnce(() => ending);
  hear(() => undefined);

  hush();
  hush();

  expect(dispose).toHaveBeenCalledTimes(1);
  expect(awaited.mock.calls.map(([, failed]) => failed?.(new Error('gone')))).toEqual([undefined]);
});
