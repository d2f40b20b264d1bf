/** The page is killed between any two steps, again and again, and several pages send at once: still everything arrives once. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { bytesLeft, command, entries, entry, freshPhone, kill, online, open, photo, until, writes, type Page } from './phone';
import { Server } from './server';

let server: Server;
let pages: Page[] = [];

beforeEach(() => {
  freshPhone();
  server = new Server();
  server.install();
});

afterEach(async () => {
  for (const page of pages) await page.openFor(null);
  pages = [];
  Reflect.deleteProperty(navigator, 'locks');
});

async function start(): Promise<Page> {
  const page = await open();
  pages.push(page);
  return page;
}

function die(): never {
  kill(server);
  throw new DOMException('killed', 'UnknownError');
}

const STEPS = 16;
const CALLS = 8;

async function isKept(id: string): Promise<boolean> {
  return (await entries()).some((one) => one.id === id);
}

/** A page that is dead says no. */
async function isDurable(id: string): Promise<boolean> {
  return (await entry(id).catch(() => null))?.receipt?.level === 'durable';
}

/** Whoever was not told "saved" has it on the screen still and presses the button again. */
async function finish(given: ReturnType<typeof command>): Promise<void> {
  writes.onWrite = () => undefined;
  server.fault = () => undefined;
  const page = await start();
  if (!(await isKept(given.id))) await page.put(given);
  await until(async () => {
    online();
    return (await entry(given.id)).receipt?.level === 'durable';
  });
}

function expectOnce(given: ReturnType<typeof command>): void {
  expect(server.acts.size).toBe(1);
  expect(server.acts.get(given.id)).toMatchObject({ times: 1, input: { evidence: given.photos.map((one) => one.id) } });
  expect([...server.evidence.values()].map((row) => row.status)).toEqual(given.photos.map(() => 'DURABLE'));
}

describe('killed between two steps', () => {
  test('a report with two photos takes no more steps than are tried here', async () => {
    const page = await start();
    writes.count = 0;
    const given = command('report', [photo(), photo()]);

    await page.put(given);

    await until(async () => (await entry(given.id)).receipt?.level === 'durable');
    expect(writes.count).toBeGreaterThan(8);
    expect(writes.count).toBeLessThanOrEqual(STEPS);
    expect(server.calls.length - server.count('durable?')).toBeLessThanOrEqual(CALLS);
  });

  test.each(Array.from({ length: STEPS }, (_, index) => index + 1))('before write %i', async (at) => {
    const page = await start();
    writes.count = 0;
    writes.onWrite = (count) => (count === at ? die() : undefined);
    const given = command('report', [photo(), photo()]);

    const answer = await page.put(given).catch(() => null);
    await until(async () => writes.generation > 0 && (writes.count >= at || (await isDurable(given.id))));
    // Who was told "saved" finds it after the kill, whole.
    writes.onWrite = () => undefined;
    if (answer) {
      await start();
      expect(await isKept(given.id)).toBe(true);
    }

    await finish(given);
    expectOnce(given);
    expect(await bytesLeft()).toBe(0);
  });

  test.each(Array.from({ length: CALLS * 2 }, (_, index) => [1 + Math.floor(index / 2), index % 2 ? 'after' : 'before'] as const))('at call %i, %s the server did it', async (at, when) => {
    const page = await start();
    server.fault = (_call, nth) => {
      if (nth !== at) return undefined;
      kill(server);
      return when === 'before' ? 'hang' : undefined;
    };
    const given = command('rectification', [photo(), photo()], 'case-1');

    await page.put(given);
    await until(() => server.calls.length >= at);

    await finish(given);
    expectOnce(given);
    expect(await bytesLeft()).toBe(0);
  });

  test.each(Array.from({ length: 20 }, (_, index) => index + 1))('several times at random: run %i', async (run) => {
    let seed = run * 7_919;
    const random = (most: number): number => (seed = (seed * 16_807) % 2_147_483_647) % most;
    const given = command('report', [photo(), photo()]);
    for (let life = 0; life < 3; life++) {
      const page = await start();
      writes.count = 0;
      const write = 1 + random(STEPS);
      const call = server.calls.length + 1 + random(CALLS);
      writes.onWrite = (count) => (count === write ? die() : undefined);
      server.fault = (_call, nth) => (nth === call ? (kill(server), random(2) ? 'hang' : undefined) : undefined);
      const born = writes.generation;
      // A page may die while it looks what is kept: that is a short life, and the next one goes on.
      if (!(await isKept(given.id).catch(() => true))) await page.put(given).catch(() => null);
      await until(async () => writes.generation > born || (await isDurable(given.id))).catch(() => undefined);
    }

    await finish(given);
    expectOnce(given);
  });
});

test('a page that opens does not sit out the pauses of the one before', async () => {
  const first = await start();
  server.fault = () => 'drop';
  const given = command('report', [photo()]);
  await first.put(given);
  await until(async () => (await entry(given.id)).tries > 0);
  const { theBox } = await import('../src/current');
  await theBox().update(given.id, (row) => ({ ...row, nextAt: Date.now() + 300_000 }));
  kill(server);
  server.fault = () => undefined;

  await start();

  await until(() => isDurable(given.id));
});

test('what was on its way when the page died is sent again', async () => {
  const page = await start();
  server.fault = (call) => (call.what === 'act' ? 'hang' : undefined);
  const given = command('comment', [], 'case-1');
  await page.put(given);
  await until(async () => (await entry(given.id)).state === 'sending' && server.count('act') === 1);
  kill(server);
  server.fault = () => undefined;

  await start();

  await until(async () => (await entry(given.id)).state === 'done');
});

test('of two pages one sends, and the other hears what came of it', async () => {
  const first = await start();
  const second = await start();
  const given = command('report', [photo()]);

  const settled = await second.put(given, { settleWithin: 5_000 });

  expect(settled.state).toBe('done');
  await until(async () => (await entry(given.id)).receipt?.level === 'durable');
  expect(server.count('announce')).toBe(1);
  expect(server.count('post')).toBe(1);
  expect(server.count('act')).toBe(1);
  expect(first).not.toBe(second);
});

test('where the browser has locks, they decide', async () => {
  const held = new Set<string>();
  const asked: string[] = [];
  const request = async (name: string, _how: unknown, work: (lock: object | null) => Promise<void>): Promise<void> => {
    asked.push(name);
    if (held.has(name)) return work(null);
    held.add(name);
    await work({ name });
    held.delete(name);
  };
  Object.defineProperty(navigator, 'locks', { configurable: true, value: { request } });
  await start();
  const page = await start();
  const given = command('report', [photo()]);

  await page.put(given);

  await until(async () => (await entry(given.id)).receipt?.level === 'durable');
  expect(server.count('act')).toBe(1);
  expect(asked).toContain('anhuan:hengtai.lin#drain');
});

async function letEverybodyIn(_name: string, _how: unknown, work: (lock: object) => Promise<void>): Promise<void> {
  await work({});
}

test('two that send at once, because nothing keeps them apart, do everything once', async () => {
  Object.defineProperty(navigator, 'locks', { configurable: true, value: { request: letEverybodyIn } });
  server.isUp = false;
  const page = await start();
  const given = Array.from({ length: 10 }, () => command('report', [photo()]));
  for (const one of given) await page.put(one);
  server.isUp = true;

  await start();
  online();

  await until(async () => {
    online();
    return (await entries()).every((one) => one.receipt?.level === 'durable');
  });
  expect(server.acts.size).toBe(10);
  expect(server.calls.length).toBeGreaterThan(60);
  expect([...server.acts.values()].every((act) => act.times === 1)).toBe(true);
  expect(await bytesLeft()).toBe(0);
});

test('a receipt is never taken back by a page that is late', async () => {
  await start();
  const { failed } = await import('../src/outcome');
  const { WireError } = await import('@anhuan/wire');
  const page = pages[0]!;
  const given = command('comment', [], 'case-1');
  await page.put(given, { settleWithin: 3_000 });
  const { theBox } = await import('../src/current');

  for (const problem of [new WireError('network', 'NETWORK'), new WireError('declined', 'FORBIDDEN', [{ code: 'FORBIDDEN', message: 'no' }])])
    await theBox().update(given.id, (row) => failed(row, problem, Date.now()));

  expect(await entry(given.id)).toMatchObject({ state: 'done', receipt: { number: 'HZ-1' } });
});

test('the lease of a page that died runs out; one from a clock that was set back does not count', async () => {
  const { alone } = await import('../src/lock');
  const done: string[] = [];
  const work = (name: string) => async (): Promise<void> => void done.push(name);

  localStorage.setItem('x', `somebody ${Date.now() + 10_000}`);
  expect(await alone('x', work('held'))).toBe(false);
  localStorage.setItem('x', `somebody ${Date.now() - 1}`);
  expect(await alone('x', work('over'))).toBe(true);
  localStorage.setItem('x', `somebody ${Date.now() + 86_400_000}`);
  expect(await alone('x', work('future'))).toBe(true);

  expect(done).toEqual(['over', 'future']);
  expect(localStorage.getItem('x')).toBeNull();
});

test('a browser that keeps not even a lease still sends', async () => {
  const { alone } = await import('../src/lock');
  const refuse = vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
    throw new DOMException('denied', 'SecurityError');
  });
  let isDone = false;

  const answered = await alone('y', async () => {
    isDone = true;
  });

  refuse.mockRestore();
  expect(answered && isDone).toBe(true);
});
