/** Full, dead, old and strange storage; drafts, the bin and the way out: whatever fails, it is said in words and nothing is half kept. */
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { bytesLeft, command, entries, entry, freshPhone, kill, online, open, photo, until, writes, type Page } from './phone';
import { Server } from './server';

let server: Server;
let page: Page;
const NAME = 'anhuan:hengtai.lin';

beforeEach(async () => {
  freshPhone();
  server = new Server();
  server.isUp = false;
  server.install();
  page = await open();
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, 'storage');
  await page.openFor(null);
});

function room(usage: number, quota: number): void {
  Object.defineProperty(navigator, 'storage', { configurable: true, value: { estimate: async () => ({ usage, quota }), persisted: async () => true, persist: async () => true } });
}

test('when the device is out of space nothing is half kept, and it is said in words', async () => {
  await entries();
  writes.onWrite = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };

  await expect(page.put(command('report', [photo()]))).rejects.toMatchObject({ code: 'FULL', message: expect.stringContaining('空间不足') });

  writes.onWrite = () => undefined;
  expect(await entries()).toEqual([]);
  expect(await bytesLeft()).toBe(0);
});

test('a write that dies half-way leaves neither the words nor the photos', async () => {
  const { IDBObjectStore } = globalThis;
  const add = IDBObjectStore.prototype.add;
  vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (this: IDBObjectStore, ...given: Parameters<typeof add>) {
    this.transaction.abort();
    return add.apply(this, given);
  });

  await expect(page.put(command('report', [photo(), photo()]))).rejects.toMatchObject({ code: 'DEAD' });

  vi.restoreAllMocks();
  expect(await entries()).toEqual([]);
  expect(await bytesLeft()).toBe(0);
});

test('from 95 % on photos are refused and words are not; from 80 % on it is said', async () => {
  room(96, 100);
  expect(await page.storage()).toEqual({ used: 96, quota: 100, isPersistent: true, isTight: true, isFull: true });

  await expect(page.put(command('report', [photo()]))).rejects.toMatchObject({ code: 'FULL' });
  await expect(page.put(command('report'))).resolves.toMatchObject({ state: 'waiting' });

  room(81, 100);
  expect(await page.storage()).toMatchObject({ isTight: true, isFull: false });
  await expect(page.put(command('report', [photo()]))).resolves.toMatchObject({ state: 'waiting' });
  room(79, 100);
  expect(await page.storage()).toMatchObject({ isTight: false });
});

test('a browser that keeps nothing says so instead of "saved"', async () => {
  await page.openFor(null);
  vi.stubGlobal('indexedDB', undefined);
  page = await open();

  await expect(page.put(command('report'))).rejects.toMatchObject({ code: 'DEAD', message: expect.stringContaining('无痕') });
  expect(await page.offlineReady()).toBe('no-storage');
});

test('a database of a newer version is left alone and the person asked to reload', async () => {
  await page.openFor(null);
  const phone = new IDBFactory();
  vi.stubGlobal('indexedDB', phone);
  await new Promise<void>((resolve) => {
    const opening = phone.open(NAME, 99);
    opening.addEventListener('success', () => {
      opening.result.close();
      resolve();
    });
  });
  page = await open();

  await expect(page.put(command('report'))).rejects.toMatchObject({ code: 'NEWER', message: expect.stringContaining('刷新') });
});

test('a page in the way of a newer one steps aside, and then says that it is old', async () => {
  await page.put(command('report'));

  const version = await new Promise<number>((resolve, reject) => {
    const opening = indexedDB.open(NAME, 2);
    opening.addEventListener('blocked', () => reject(new Error('blocked')));
    opening.addEventListener('success', () => {
      resolve(opening.result.version);
      opening.result.close();
    });
  });

  expect(version).toBe(2);
  await expect(page.put(command('report'))).rejects.toMatchObject({ code: 'NEWER' });
});

test('what an older page kept is found by the newer one, row by row', async () => {
  const given = command('report', [photo()]);
  await page.put(given);
  await page.openFor(null);
  const stores = await new Promise<string[]>((resolve) => {
    const opening = indexedDB.open(NAME);
    opening.addEventListener('success', () => {
      resolve([...opening.result.objectStoreNames]);
      opening.result.close();
    });
  });
  const kept = indexedDB;
  freshPhone();
  vi.stubGlobal('indexedDB', kept);

  page = await open();

  expect(stores).toEqual(['acts', 'answers', 'bin', 'bytes', 'drafts', 'meta']);
  const found = await entry(given.id);
  expect(found.title).toBe('油污地面');
  expect(['pending', 'sending']).toContain(found.state);
  expect(found.photos.map((one) => one.id)).toEqual(given.photos.map((one) => one.id));
});

test('a connection that the system took away is opened again without a word', async () => {
  const { theBox } = await import('../src/current');
  await theBox().base.read(async (db) => db.close());

  await expect(page.put(command('report', [photo()]))).resolves.toMatchObject({ state: 'waiting' });
  expect(await entries()).toHaveLength(1);
});

test('on an insecure address photos cannot be sealed; words can be put', async () => {
  const real = globalThis.crypto;
  vi.stubGlobal('crypto', { getRandomValues: real.getRandomValues.bind(real) });

  await expect(page.put(command('report', [photo()]))).rejects.toMatchObject({ code: 'NEEDS_HTTPS' });
  await expect(page.put(command('report'))).resolves.toMatchObject({ state: 'waiting' });
});

test.each([
  ['empty', { mime: 'image/jpeg', data: new ArrayBuffer(0) }, 'PHOTO_EMPTY'],
  ['of a type that no server takes', { mime: 'image/svg+xml', data: new ArrayBuffer(9) }, 'PHOTO_TYPE'],
  ['too large', { mime: 'image/gif', data: new ArrayBuffer(10 * 1024 * 1024 + 1) }, 'PHOTO_LARGE'],
])('a photo that is %s is told apart at once', async (_what, bad, code) => {
  expect(() => page.checkPhoto(bad)).toThrow(expect.objectContaining({ code }));
  await expect(page.put(command('report', [{ ...photo(), ...bad }]))).rejects.toMatchObject({ code });
  expect(await entries()).toEqual([]);
});

test('the same command twice is one; another one under its id is refused and changes nothing', async () => {
  const given = command('report', [photo()]);
  await page.put(given);

  await expect(page.put(given)).resolves.toMatchObject({ id: given.id });
  await expect(page.put({ ...given, variables: { input: { id: given.id, description: 'other' } } })).rejects.toMatchObject({ code: 'TAKEN' });

  expect(await entries()).toHaveLength(1);
  server.isUp = true;
  online();
  await until(() => server.acts.has(given.id));
  expect(server.acts.get(given.id)?.input.description).toBeUndefined();
});

test('a draft is there again after the phone was killed, photos and all', async () => {
  const [one, two] = [photo(), photo()];
  await page.drafts.save('/report', { note: '油污' }, [one]);
  await page.drafts.save('/report', { note: '油污，门口' }, [one, two]);
  kill(server);

  page = await open();

  const draft = await page.drafts.load('/report');
  expect(draft?.value).toEqual({ note: '油污，门口' });
  expect(draft?.photos.map((photo) => Buffer.from(photo.data))).toEqual([Buffer.from(one.data), Buffer.from(two.data)]);
  expect(draft?.photos[0]).toMatchObject({ id: one.id, name: '现场.jpg', mime: 'image/jpeg' });
});

test('a photo taken out of a draft is gone; drafts whose keys begin alike do not touch each other', async () => {
  await page.drafts.save('/case/1', 'a', [photo()]);
  await page.drafts.save('/case/1 ', 'b', [photo()]);
  await page.drafts.save('/case/10', 'c', [photo()]);

  await page.drafts.save('/case/1', 'a', []);
  expect(await bytesLeft()).toBe(2);
  await page.drafts.drop('/case/10');

  expect((await page.drafts.load('/case/1'))?.photos).toEqual([]);
  expect((await page.drafts.load('/case/1 '))?.photos).toHaveLength(1);
  expect(await page.drafts.load('/case/10')).toBeUndefined();
  expect(await bytesLeft()).toBe(1);
});

test('a draft goes in the very transaction in which its command is kept', async () => {
  const given = command('report', [photo()]);
  await page.drafts.save('/report', given.variables, given.photos);
  expect(await bytesLeft()).toBe(1);
  writes.onWrite = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  await expect(page.put(given, { draft: '/report' })).rejects.toMatchObject({ code: 'FULL' });
  writes.onWrite = () => undefined;
  expect((await page.drafts.load('/report'))?.photos).toHaveLength(1);

  await page.put(given, { draft: '/report' });

  expect(await page.drafts.load('/report')).toBeUndefined();
  expect(await bytesLeft()).toBe(1);
});

test('the way out holds everything that the server may not have, photos byte for byte', async () => {
  const big = photo(200_001);
  const waiting = command('report', [big]);
  await page.put(waiting);
  await page.drafts.save('/case/1', { note: '"引号"' }, [photo(7)]);
  server.isUp = true;
  online();
  await until(async () => (await entry(waiting.id)).receipt?.level === 'durable');
  server.isUp = false;
  const still = command('rectification', [photo(100_000)], 'case-1');
  await page.put(still);

  const file = await page.exportAll();

  expect(file.type).toBe('application/json');
  const read = JSON.parse(await file.text());
  expect(read).toMatchObject({ app: 'anhuan', form: 1, owner: { companyId: 'hengtai', personId: 'lin' }, bin: [] });
  expect(read.entries.map((one: { id: string }) => one.id)).toEqual([still.id]);
  expect(read.entries[0]).toMatchObject({ kind: 'rectification', title: '油污地面', about: 'case-1', variables: still.variables, document: 'doc-rectification' });
  expect(Buffer.from(read.entries[0].photos[0].base64, 'base64').equals(Buffer.from(still.photos[0]!.data))).toBe(true);
  expect(read.drafts[0]).toMatchObject({ key: '/case/1', value: { note: '"引号"' } });
  expect(Buffer.from(read.drafts[0].photos[0].base64, 'base64')).toHaveLength(7);
});

test('a command that could not even be kept has a way out as well', async () => {
  const given = command('report', [photo(50_000)]);

  const read = JSON.parse(await (await page.exportOf(given, null)).text());

  expect(read.entries[0]).toMatchObject({ id: given.id, kind: 'report', variables: given.variables });
  expect(Buffer.from(read.entries[0].photos[0].base64, 'base64').equals(Buffer.from(given.photos[0]!.data))).toBe(true);
});

test('only what was declined or is done can be thrown away; it lies in the bin and comes back', async () => {
  const given = command('report', [photo()]);
  await page.put(given);
  await expect(page.discard(given.id)).rejects.toMatchObject({ code: 'NOT_NOW' });
  server.fault = (call) => (call.what === 'act' ? { decline: 'FORBIDDEN' } : undefined);
  server.isUp = true;
  online();
  await until(async () => (await entry(given.id)).state === 'attention' && server.count('confirm') === 1);

  await page.discard(given.id);
  expect(await entries()).toEqual([]);
  expect(await bytesLeft()).toBe(0);
  const bin = JSON.parse(await (await page.exportAll()).text()).bin;
  expect(Buffer.from(bin[0].photos[0].base64, 'base64').equals(Buffer.from(given.photos[0]!.data))).toBe(true);

  server.fault = () => undefined;
  await page.restore(given.id);
  await page.retry(given.id);
  await until(async () => (await entry(given.id)).receipt?.level === 'durable');
});

test('time clears finished acts and the bin after a month, and nothing that the server lacks', async () => {
  const { prune } = await import('../src/prune');
  const { theBox } = await import('../src/current');
  const month = 31 * 24 * 60 * 60 * 1_000;
  const bad = photo();
  server.isUp = true;
  server.refuses.add(bad.id);
  const done = command('report', [photo()]);
  const withRefused = command('report', [bad]);
  const declined = command('grade', [], 'case-1');
  server.fault = (call) => (call.id === declined.id ? { decline: 'FORBIDDEN' } : undefined);
  for (const one of [done, withRefused, declined]) await page.put(one, { settleWithin: 3_000 });
  await until(async () => (await entry(done.id)).receipt?.level === 'durable' && (await entry(withRefused.id)).photos[0]?.level === 'refused');
  server.isUp = false;
  const waiting = command('report');
  await page.put(waiting);

  await prune(theBox(), Date.now() + month);

  expect((await entries()).map((one) => one.id).sort()).toEqual([withRefused.id, declined.id, waiting.id].sort());
  expect(await page.photoOf(bad.id)).toBeInstanceOf(Blob);
  await page.discard(declined.id);
  await prune(theBox(), Date.now() + month);
  expect(JSON.parse(await (await page.exportAll()).text()).bin).toEqual([]);
});

test('the clock of the server is learned from its answers, and the device time is sent as it is', async () => {
  server.isUp = true;
  const plain = server.fetch;
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const response = await plain(url, init);
    const headers = new Headers(response.headers);
    headers.set('date', new Date(Date.now() + 24 * 60 * 60 * 1_000).toUTCString());
    return new Response(response.body, { status: response.status, headers });
  });
  const before = Date.now();

  const given = command('comment', [], 'case-1');
  await page.put(given, { settleWithin: 3_000 });

  expect(page.clockOffset()! / 3_600_000).toBeCloseTo(24, 2);
  expect((await entry(given.id)).createdAt - before).toBeLessThan(5_000);
});
