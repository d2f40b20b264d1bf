/** Sessions that end mid-way, and several people on one phone: nothing is lost, mixed or shown to another. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LIN, WEI, command, entries, entry, freshPhone, online, open, photo, signedIn, until, type Page } from './phone';
import { Server } from './server';

let server: Server;
let page: Page;

beforeEach(async () => {
  freshPhone();
  server = new Server();
  server.install();
  page = await open();
});

afterEach(async () => {
  await page.openFor(null);
});

/** Signs in as the page does it: the wire first, then the outbox. */
async function signIn(who: typeof LIN | null): Promise<void> {
  signedIn(who);
  dispatchEvent(new StorageEvent('storage', { key: 'anhuan.who' }));
  await page.openFor(who);
}

test('a token that runs out half-way is renewed and nobody notices', async () => {
  server.fault = (_call, nth) => {
    if (nth === 3) server.isSignedIn = false;
    return undefined;
  };
  const given = command('report', [photo(), photo()]);

  const settled = await page.put(given, { settleWithin: 3_000 });

  expect(settled.state).toBe('done');
  expect(server.count('refresh')).toBe(1);
  expect((await entry(given.id)).error).toBeUndefined();
});

test('a session that is over stops the sending, keeps everything, and goes on when the same person is back', async () => {
  server.isSignedIn = false;
  server.canRefresh = false;
  const given = [command('report', [photo()]), command('comment', [], 'case-1')];
  for (const one of given) await page.put(one);
  await until(async () => (await entry(given[0]!.id)).error?.code === 'NOT_SIGNED_IN');
  const asked = server.calls.length;
  await new Promise((wake) => setTimeout(wake, 200));
  expect(server.calls.length - asked).toBeLessThanOrEqual(2);
  expect((await entries()).every((one) => one.state === 'pending')).toBe(true);

  server.isSignedIn = true;
  await signIn(LIN);

  await until(() => given.every((one) => server.acts.has(one.id)));
});

test('under the cookie of somebody else nothing is done, and it is said why', async () => {
  server.person = 'wei';
  const given = command('report', [photo()]);

  await page.put(given);

  await until(async () => (await entry(given.id)).error?.code === 'OTHER_PERSON');
  expect(server.acts.size).toBe(0);
  expect(server.evidence.size).toBe(0);
  server.person = 'lin';
  online();
  await until(() => server.acts.has(given.id));
});

test('the next person sees nothing of the first, only how much waits; the first finds it again', async () => {
  server.isUp = false;
  const given = [command('report', [photo()]), command('comment', [], 'case-1')];
  for (const one of given) await page.put(one);

  server.person = 'wei';
  await signIn(WEI);
  expect(await entries()).toEqual([]);
  expect(await page.waitingOfOthers()).toBe(2);
  expect(await page.photoOf(given[0]!.photos[0]!.id)).toBeUndefined();

  server.isUp = true;
  online();
  const own = command('comment', [], 'case-2');
  await page.put(own, { settleWithin: 3_000 });
  expect([...server.acts.keys()]).toEqual([own.id]);

  server.person = 'lin';
  await signIn(LIN);
  await until(() => given.every((one) => server.acts.has(one.id)));
  expect(await page.waitingOfOthers()).toBe(0);
});

test('an answer that comes after its person has left is written down to them and to nobody else', async () => {
  const gate = new EventTarget();
  const opened = new Promise((go) => gate.addEventListener('open', go));
  const plain = server.fetch;
  globalThis.fetch = (async (url: string, init: RequestInit) => {
    const response = await plain(url, init);
    if (server.count('act') === 1) await opened;
    return response;
  }) as typeof fetch;
  const given = command('comment', [], 'case-1');
  await page.put(given);
  await until(() => server.count('act') === 1);

  await signIn(WEI);
  gate.dispatchEvent(new Event('open'));
  await new Promise((wake) => setTimeout(wake, 100));

  expect(await entries()).toEqual([]);
  await signIn(LIN);
  await until(async () => (await entry(given.id)).state === 'done');
  expect(server.acts.get(given.id)?.times).toBe(1);
});

test('counting what waits of others makes no database and needs no list of them', async () => {
  localStorage.setItem('anhuan.outboxes', JSON.stringify(['anhuan:hengtai.gone']));
  Object.defineProperty(indexedDB, 'databases', { configurable: true, value: undefined });

  expect(await page.waitingOfOthers()).toBe(0);

  Reflect.deleteProperty(indexedDB, 'databases');
  expect((await indexedDB.databases()).map((one) => one.name)).not.toContain('anhuan:hengtai.gone');
});

test('answers are remembered for their own person, over restarts', async () => {
  await page.keeper.put('tasks', [{ id: 1 }]);
  await signIn(WEI);
  expect(await page.keeper.get('tasks')).toBeUndefined();
  await page.keeper.put('tasks', [{ id: 2 }]);

  await page.openFor(null);
  page = await open(LIN);

  expect((await page.keeper.get('tasks'))?.data).toEqual([{ id: 1 }]);
});

test('while one person goes and another comes the keeper neither tells nor takes', async () => {
  await page.keeper.put('tasks', ['of lin']);
  signedIn(WEI);
  dispatchEvent(new StorageEvent('storage', { key: 'anhuan.who' }));

  expect(await page.keeper.get('tasks')).toBeUndefined();
  await page.keeper.put('tasks', ['of wei']);

  await signIn(LIN);
  expect((await page.keeper.get('tasks'))?.data).toEqual(['of lin']);
});

test('without anybody signed in nothing can be put, and it is said so', async () => {
  await page.openFor(null);

  await expect(page.put(command())).rejects.toMatchObject({ code: 'CLOSED' });
  expect(await page.keeper.get('tasks')).toBeUndefined();
});

test('opening the same person again changes nothing but the hope', async () => {
  server.isUp = false;
  const given = command('report');
  await page.put(given);
  await until(async () => (await entry(given.id)).tries === 1);
  server.isUp = true;

  await page.openFor(LIN);

  await until(() => server.acts.has(given.id));
});
