/** What rests can be withdrawn until it goes, is never lost, and holds nothing up. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { bytesLeft, command, entries, entry, freshPhone, kill, open, photo, until, type Page } from './phone';
import { Server } from './server';

const REST = { rest: 60_000 };

let server: Server;
let page: Page;

beforeEach(async () => {
  freshPhone();
  server = new Server();
  server.install();
  page = await open();
});

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await page.openFor(null);
});

const isDone = (id: string) => async () => (await entry(id)).state === 'done';
const look = (state: DocumentVisibilityState): void => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange'));
};
/** Long enough for whatever would have gone to go. */
const aWhile = (): Promise<void> => new Promise((wake) => setTimeout(wake, 300));

test('it is kept at once, and goes when its time has come', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  const given = command('comment', [], 'case-1');

  await page.put(given, { rest: 5_000 });
  await vi.advanceTimersByTimeAsync(4_500);
  expect([await entry(given.id), server.calls]).toMatchObject([{ state: 'pending', tries: 0 }, []]);

  await vi.advanceTimersByTimeAsync(1_000);
  await until(isDone(given.id));
  expect(server.acts.get(given.id)?.times).toBe(1);
});

test('withdrawn it never goes, photos and all, and lies in the bin', async () => {
  const given = command('comment', [photo()], 'case-1');
  await page.put(given, REST);

  expect(await page.withdraw(given.id)).toBe(true);

  look('hidden');
  await aWhile();
  expect([await entries(), await bytesLeft(), server.calls]).toEqual([[], 0, []]);
  await page.restore(given.id);
  expect([(await entry(given.id)).photos.length, await bytesLeft()]).toEqual([1, 1]);
});

test('what has gone, or may have arrived, cannot be withdrawn', async () => {
  const gone = command('comment', [], 'case-1');
  await page.put(gone, { settleWithin: 3_000 });
  server.fault = (call) => (call.what === 'act' ? 'drop' : undefined);
  const lost = command('comment', [], 'case-2');
  await page.put(lost);
  await until(async () => (await entry(lost.id)).tries > 0);

  expect([await page.withdraw(gone.id), await page.withdraw(lost.id), await page.withdraw('nobody')]).toEqual([false, false, false]);
  expect((await entries()).map((one) => one.id).sort()).toEqual([gone.id, lost.id].sort());
});

test('while it is on its way it cannot be withdrawn', async () => {
  server.fault = (call) => (call.what === 'act' ? 'hang' : undefined);
  const given = command('comment', [], 'case-1');
  await page.put(given);
  await until(() => server.count('act') === 1);

  expect(await page.withdraw(given.id)).toBe(false);
});

test('the next act of the case does not wait for it: both go, in their order', async () => {
  const said = command('comment', [], 'case-1');
  const stop = command('stopWork', [], 'case-1');
  await page.put(said, REST);
  await page.put(stop);

  await until(isDone(stop.id));
  expect([...server.acts.keys()]).toEqual([said.id, stop.id]);
});

test('other cases do not disturb it', async () => {
  const said = command('comment', [], 'case-1');
  const other = command('grade', [], 'case-2');
  await page.put(said, REST);
  await page.put(other);

  await until(isDone(other.id));
  expect([...server.acts.keys()]).toEqual([other.id]);
  expect(await page.withdraw(said.id)).toBe(true);
});

test('whoever leaves the page has decided', async () => {
  const given = command('comment', [], 'case-1');
  await page.put(given, REST);

  look('hidden');

  await until(isDone(given.id));
});

test('a page that was killed while it rested sends it when it is opened again', async () => {
  const given = command('comment', [], 'case-1');
  await page.put(given, REST);
  kill(server);

  page = await open();

  await until(isDone(given.id));
  expect(server.acts.get(given.id)?.times).toBe(1);
});
