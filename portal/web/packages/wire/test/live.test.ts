/** Letting go of the connection, in whatever state it is. */
import { expect, test, vi } from 'vitest';

const heard: unknown[] = [];
/** What the library answers: it fails, and keeps who listens to that. */
const ending = {
  // eslint-disable-next-line unicorn/no-thenable -- a promise that tells who listens to it
  then: (_done: unknown, failed?: (problem: Error) => void) => {
    heard.push(failed);
    failed?.(new Error('All Subscriptions Gone'));
  },
};
vi.mock('graphql-ws', () => ({ createClient: () => ({ subscribe: () => () => undefined, dispose: () => ending }) }));
vi.mock('../src/session', () => ({ whoIsHere: () => ({ person: { id: 'lin' } }) }));

const { hear, hush } = await import('../src/live');

test('a connection that is still being tried may fail when it is let go, and somebody hears it', async () => {
  hear(() => undefined);

  hush();
  hush();
  await Promise.resolve();

  expect(heard).toEqual([expect.any(Function)]);
});
