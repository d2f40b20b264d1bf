/** The service worker: the app's own files and nothing else, a whole version or none, and no change under a running page. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { beforeEach, expect, test } from 'vitest';

type Handler = (event: unknown) => void;
type Stored = Map<string, string>;

const source = readFileSync(join(import.meta.dirname, '../src/sw.js'), 'utf8');
const ORIGIN = 'https://anhuan.example';
let shelves: Map<string, Stored>;
let net: (path: string) => string | undefined;
let asked: string[];

beforeEach(() => {
  shelves = new Map();
  asked = [];
  net = (path) => `${path} of the server`;
});

class Reply {
  ok = true;
  constructor(readonly body: string) {}
  clone(): Reply {
    return this;
  }
}

async function fetched(request: { url: string } | string): Promise<Reply> {
  const path = new URL(typeof request === 'string' ? request : request.url, ORIGIN).pathname;
  asked.push(path);
  const body = net(path);
  if (body === undefined) throw new TypeError('offline');
  return new Reply(body);
}

function worker(files: string[], revision = 'r1', base = '/app/') {
  const handlers = new Map<string, Handler>();
  const did = { skipped: 0, claimed: 0, told: [] as unknown[] };
  const cacheOf = (name: string) => {
    if (!shelves.has(name)) shelves.set(name, new Map());
    const shelf = shelves.get(name)!;
    return {
      addAll: async (requests: { url: string }[]) => {
        const bodies = await Promise.all(requests.map((request) => fetched(request)));
        requests.forEach((request, index) => shelf.set(new URL(request.url, ORIGIN).pathname, bodies[index]!.body));
      },
      match: async (path: string) => (shelf.has(path) ? new Reply(shelf.get(path)!) : undefined),
      put: async (path: string, reply: Reply) => void shelf.set(path, reply.body),
    };
  };
  const self = {
    registration: { scope: ORIGIN + base },
    location: { origin: ORIGIN },
    clients: { claim: async () => void did.claimed++, matchAll: async () => [{ postMessage: (word: unknown) => did.told.push(word) }] },
    skipWaiting: () => void did.skipped++,
    addEventListener: (name: string, handler: Handler) => void handlers.set(name, handler),
  };
  const caches = { open: async (name: string) => cacheOf(name), keys: async () => [...shelves.keys()], delete: async (name: string) => shelves.delete(name) };
  class Request {
    constructor(readonly url: string) {}
  }
  const text = source.replace("'%FILES%'", JSON.stringify(files)).replace('%REVISION%', revision);
  runInNewContext(text, { self, caches, fetch: fetched, Request, URL, Promise });
  const fire = async (name: string, more: object = {}): Promise<void> => {
    const waits: Promise<unknown>[] = [];
    handlers.get(name)!({ waitUntil: (wait: Promise<unknown>) => waits.push(wait), ...more });
    await Promise.all(waits);
  };
  const get = async (url: string, how: { method?: string; mode?: string } = {}): Promise<string | undefined> => {
    let answer: Promise<Reply> | undefined;
    handlers.get('fetch')!({ request: { url: new URL(url, ORIGIN).href, method: 'GET', mode: 'cors', ...how }, respondWith: (given: Promise<Reply>) => (answer = given) });
    return answer && (await answer).body;
  };
  return { fire, get, did };
}

const FILES = ['/app/', '/app/assets/a.js', '/app/assets/scan.wasm'];

test('after the install every screen opens without network', async () => {
  const { fire, get } = worker(FILES);
  await fire('install');
  await fire('activate');
  net = () => undefined;

  expect(await get('/app/', { mode: 'navigate' })).toBe('/app/ of the server');
  expect(await get('/app/case/018f?x=1', { mode: 'navigate' })).toBe('/app/ of the server');
  expect(await get('/app/assets/a.js')).toBe('/app/assets/a.js of the server');
});

test('questions, uploads, photos and other apps pass by it untouched', async () => {
  const { fire, get } = worker(FILES);
  await fire('install');

  expect(await get('/graphql', { method: 'POST' })).toBeUndefined();
  expect(await get('/graphql')).toBeUndefined();
  expect(await get('/app/assets/a.js', { method: 'POST' })).toBeUndefined();
  expect(await get('/portal/', { mode: 'navigate' })).toBeUndefined();
  expect(await get('/console/', { mode: 'navigate' })).toBeUndefined();
  expect(await get('/q/ABC', { mode: 'navigate' })).toBeUndefined();
  expect(await get('http://store:9000/evidence/app/x')).toBeUndefined();
  expect(await get('/app/assets/of-another-release.js')).toBeUndefined();
});

test('a version of which one file is missing is not installed, and the old one goes on', async () => {
  const old = worker(FILES, 'r1');
  await old.fire('install');
  await old.fire('activate');
  net = (path) => (path === '/app/assets/b.js' ? undefined : `${path} of the new server`);
  const next = worker(['/app/', '/app/assets/b.js'], 'r2');

  await expect(next.fire('install')).rejects.toThrow('offline');

  net = () => undefined;
  expect(await old.get('/app/assets/a.js')).toBe('/app/assets/a.js of the server');
  expect(await old.get('/app/x', { mode: 'navigate' })).toBe('/app/ of the server');
});

test('a new version waits until the page asks, and then clears its own old files and nobody else’s', async () => {
  shelves.set('anhuan /portal/ r7', new Map());
  shelves.set('of somebody else', new Map());
  const old = worker(FILES, 'r1');
  await old.fire('install');
  await old.fire('activate');
  const next = worker(FILES, 'r2');
  await next.fire('install');
  expect(next.did.skipped).toBe(0);
  expect([...shelves.keys()]).toContain('anhuan /app/ r1');

  await next.fire('message', { data: 'skip' });
  await next.fire('activate');

  expect(next.did).toMatchObject({ skipped: 1, claimed: 1 });
  expect([...shelves.keys()].sort()).toEqual(['anhuan /app/ r2', 'anhuan /portal/ r7', 'of somebody else']);
});

test('it tells the truth about whether it has everything, and fetches what the system took', async () => {
  const { fire } = worker(FILES);
  await fire('install');
  const ask = async (): Promise<unknown> => {
    const said: unknown[] = [];
    await fire('message', { data: 'complete?', ports: [{ postMessage: (word: unknown) => said.push(word) }] });
    return said[0];
  };
  expect(await ask()).toBe(true);

  shelves.get('anhuan /app/ r1')!.delete('/app/assets/a.js');
  net = () => undefined;
  expect(await ask()).toBe(false);
  net = (path) => `${path} of the server`;
  expect(await ask()).toBe(true);
  net = () => undefined;
  expect(await ask()).toBe(true);
});

test('the large files come later, once, and then without network too', async () => {
  const { fire, get } = worker(FILES);
  await fire('install');
  expect(asked).not.toContain('/app/assets/scan.wasm');

  await fire('message', { data: 'more' });
  await fire('message', { data: 'more' });

  expect(asked.filter((path) => path.endsWith('.wasm'))).toHaveLength(1);
  net = () => undefined;
  expect(await get('/app/assets/scan.wasm')).toBe('/app/assets/scan.wasm of the server');
});

test('a large file that is wanted at once is kept from then on', async () => {
  const { fire, get } = worker(FILES);
  await fire('install');

  expect(await get('/app/assets/scan.wasm')).toBe('/app/assets/scan.wasm of the server');
  net = () => undefined;
  expect(await get('/app/assets/scan.wasm')).toBe('/app/assets/scan.wasm of the server');
});

test('woken by the browser it tells the pages to send', async () => {
  const { fire, did } = worker(FILES);

  await fire('sync', { tag: 'outbox' });
  await fire('sync', { tag: 'other' });

  expect(did.told).toEqual(['drain']);
});
