/** The page and its worker: a new version takes over when its person says so and nothing is on its way; offline is claimed when it is so. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { command, entry, freshPhone, open, until, type Page } from './phone';
import { Server } from './server';

class Worker extends EventTarget {
  readonly heard: unknown[] = [];
  isWhole = true;
  isSilent = false;
  postMessage(word: unknown, ports: MessagePort[] = []): void {
    this.heard.push(word);
    if (word === 'complete?' && !this.isSilent) ports[0]?.postMessage(this.isWhole);
  }
}

class Registration extends EventTarget {
  active = new Worker();
  waiting: Worker | null = null;
  installing: Worker | null = null;
  readonly update = vi.fn(async () => undefined);
  readonly sync = { register: vi.fn(async () => undefined) };
}

class Workers extends EventTarget {
  readonly registration = new Registration();
  controller: Worker | null = this.registration.active;
  readonly ready = Promise.resolve(this.registration);
  readonly asked: unknown[] = [];
  async register(...given: unknown[]): Promise<Registration> {
    this.asked.push(given);
    return this.registration;
  }
}

let server: Server;
let workers: Workers;
let page: Page;
const reload = vi.fn();

beforeEach(async () => {
  freshPhone();
  server = new Server();
  server.install();
  workers = new Workers();
  Object.defineProperty(navigator, 'serviceWorker', { configurable: true, value: workers });
  reload.mockReset();
  vi.spyOn(location, 'reload').mockImplementation(reload);
  page = await open();
  await page.startShell('/app/');
});

afterEach(async () => {
  vi.restoreAllMocks();
  Reflect.deleteProperty(navigator, 'serviceWorker');
  await page.openFor(null);
});

/** The phone is taken out of its pocket. */
function glance(): void {
  document.dispatchEvent(new Event('visibilitychange'));
}

/** A new version was fetched and waits. */
function arrives(): Worker {
  const next = new Worker();
  workers.registration.installing = next;
  workers.registration.dispatchEvent(new Event('updatefound'));
  workers.registration.waiting = next;
  next.dispatchEvent(new Event('statechange'));
  return next;
}

test('the worker is registered for its own app, and its list is never taken from a cache', () => {
  expect(workers.asked).toEqual([['/app/sw.js', { scope: '/app/', updateViaCache: 'none' }]]);
});

test('a new version is told of and takes over only when its person says so', async () => {
  const told = vi.fn();
  page.onUpdate(told);
  expect(page.updateReady()).toBe(false);
  expect(page.applyUpdate()).toBe(false);

  const next = arrives();
  expect(told).toHaveBeenCalled();
  expect(page.updateReady()).toBe(true);
  expect(next.heard).toEqual([]);

  expect(page.applyUpdate()).toBe(true);
  expect(next.heard).toEqual(['skip']);
  expect(reload).not.toHaveBeenCalled();
  workers.dispatchEvent(new Event('controllerchange'));
  expect(reload).toHaveBeenCalledTimes(1);
});

test('nothing takes over while something is on its way', async () => {
  const next = arrives();
  server.fault = (call) => (call.what === 'act' ? 'hang' : undefined);
  await page.put(command('comment', [], 'case-1'));
  await until(() => server.count('act') === 1);

  expect(page.applyUpdate()).toBe(false);
  expect(next.heard).toEqual([]);
});

test('a page whose version was changed by another page is not reloaded under its person', () => {
  const told = vi.fn();
  page.onUpdate(told);

  workers.dispatchEvent(new Event('controllerchange'));

  expect(reload).not.toHaveBeenCalled();
  expect(told).toHaveBeenCalled();
  expect(page.updateReady()).toBe(true);
  expect(page.applyUpdate()).toBe(true);
  expect(reload).toHaveBeenCalledTimes(1);
});

test('a server that no longer knows this page makes it look for a newer one', async () => {
  server.fault = (call) => (call.what === 'act' ? { status: 400, code: 'DOCUMENT_UNKNOWN' } : undefined);
  const given = command('comment', [], 'case-1');

  await page.put(given);

  await until(async () => (await entry(given.id)).error?.code === 'DOCUMENT_UNKNOWN');
  expect(workers.registration.update).toHaveBeenCalled();
});

test('offline is claimed only with a worker in control that has every file, and storage that takes a word', async () => {
  expect(await page.offlineReady()).toBe('ready');

  workers.registration.active.isWhole = false;
  expect(await page.offlineReady()).toBe('needs-network');

  workers.registration.active.isWhole = true;
  workers.controller = null;
  expect(await page.offlineReady()).toBe('needs-network');

  workers.controller = workers.registration.active;
  Reflect.deleteProperty(navigator, 'serviceWorker');
  expect(await page.offlineReady()).toBe('needs-network');
});

test('a worker that does not answer is not believed', async () => {
  workers.registration.active.isSilent = true;
  const { isComplete } = await import('../src/shell');

  expect(await isComplete(50)).toBe(false);
});

test('the browser is asked to wake us, and its word makes the page send', async () => {
  server.isUp = false;
  const given = command('report');
  await page.put(given);
  await until(async () => (await entry(given.id)).tries === 1);
  expect(workers.registration.sync.register).toHaveBeenCalledWith('outbox');
  server.isUp = true;

  workers.dispatchEvent(new MessageEvent('message', { data: 'drain' }));

  await until(() => server.acts.has(given.id));
});

test('an app that stays open for days looks for a newer one when it is looked at again, and not at every glance', () => {
  const now = vi.spyOn(Date, 'now');
  const began = Date.now();
  glance();
  expect(workers.registration.update).not.toHaveBeenCalled();
  now.mockReturnValue(began + 3 * 24 * 3_600_000);
  glance();
  glance();
  expect(workers.registration.update).toHaveBeenCalledTimes(1);
});

test('a page that the server calls too old looks for a newer one whatever it had asked', async () => {
  const { ask } = await import('@anhuan/wire');
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ errors: [{ message: '', extensions: { code: 'DOCUMENT_UNKNOWN' } }] }), { status: 400 }));

  await expect(ask('old' as never, {})).rejects.toMatchObject({ trouble: 'outdated' });

  expect(workers.registration.update).toHaveBeenCalled();
});
