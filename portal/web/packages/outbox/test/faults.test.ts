/** Lost answers, broken servers, poisoned rows: everything arrives once, in order, and nothing waits for what need not be waited for. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { bytesLeft, command, entries, entry, freshPhone, online, open, photo, until, type Page } from './phone';
import { Server, type Fault } from './server';

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
  await page.openFor(null);
});

/** Let time pass for the row until it is so; nobody presses anything, so a row that asks for its person stays as it is. */
async function passTime(id: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const { theBox } = await import('../src/current');
  await until(async () => {
    if (await isSo()) return true;
    await theBox().update(id, (row) => (row.nextAt ? { ...row, nextAt: 0 } : row));
    theBox().drain.hope();
    await new Promise((wake) => setTimeout(wake, 10));
    return false;
  });
}

const FAULTS: [string, Fault][] = [
  ['the request is lost', 'drop'],
  ['the answer is lost', 'lose'],
  ['the answer is cut', 'cut'],
  ['a fault of ours', { status: 500 }],
  ['the server is away', { status: 503, code: 'UNAVAILABLE' }],
  ['a gate of the network answers in its place', { status: 200, html: true }],
  ['a firewall says no without a reason', { status: 403, html: true }],
  ['somebody else was faster', { decline: 'TRY_AGAIN' }],
];

describe.each(FAULTS)('%s', (_name, fault) => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('at call %i: once, whole, and durable in the end', async (at) => {
    let isDone = false;
    server.fault = (call, nth) => {
      if (nth !== at || isDone) return undefined;
      // The store speaks no JSON and declines nothing in words.
      if (call.what === 'post' && typeof fault === 'object' && 'decline' in fault) return undefined;
      isDone = true;
      return fault;
    };
    const [one, two] = [photo(), photo()];
    const given = command('report', [one, two]);
    await page.put(given);

    await passTime(given.id, async () => (await entry(given.id)).receipt?.level === 'durable');

    expect(server.acts.get(given.id)?.times).toBe(1);
    expect(server.acts.get(given.id)?.input.evidence).toEqual([one.id, two.id]);
    expect([...server.evidence.values()].map((row) => row.status)).toEqual(['DURABLE', 'DURABLE']);
    expect(await bytesLeft()).toBe(0);
  });
});

test('a fault of ours is tried again and shown from the third time on, and nothing is thrown away', async () => {
  server.fault = (call) => (call.what === 'act' ? { status: 500 } : undefined);
  const given = command('comment', [], 'case-1');
  await page.put(given);

  const seen: (string | undefined)[] = [];
  for (let tries = 1; tries <= 3; tries++) {
    await until(async () => (await entry(given.id)).tries === tries, 15_000);
    seen.push((await entry(given.id)).error?.code);
    const { theBox } = await import('../src/current');
    await theBox().update(given.id, (row) => ({ ...row, nextAt: tries < 3 ? 0 : row.nextAt }));
    if (tries < 3) theBox().drain.poke();
  }

  expect(seen).toEqual([undefined, undefined, 'INTERNAL']);
  expect((await entry(given.id)).state).toBe('pending');
});

test('a refusal waits for its person and is not tried again by itself', async () => {
  server.fault = (call) => (call.what === 'act' ? { decline: 'CONFLICT', path: 'id' } : undefined);
  const given = command('report', [photo()]);
  await page.put(given, { settleWithin: 3_000 });

  online();
  await new Promise((wake) => setTimeout(wake, 300));

  expect(server.count('act')).toBe(1);
  expect(await entry(given.id)).toMatchObject({ state: 'attention', error: { code: 'CONFLICT' } });
  expect(await bytesLeft()).toBe(1);
});

test('a page that is too old keeps what it has and asks to be updated', async () => {
  server.fault = (call) => (call.what === 'act' ? { status: 400, code: 'DOCUMENT_UNKNOWN' } : undefined);
  const given = command('comment', [], 'case-1');

  await page.put(given);

  await until(async () => (await entry(given.id)).error?.code === 'DOCUMENT_UNKNOWN');
  expect(await entry(given.id)).toMatchObject({ state: 'pending', error: { message: '应用已更新，请刷新页面' } });
});

test('a row that always fails holds up no other case', async () => {
  const poisoned = command('comment', [], 'case-1');
  server.fault = (call) => (call.id === poisoned.id ? { status: 500 } : undefined);
  await page.put(poisoned);
  const others = [command('comment', [], 'case-2'), command('report', [photo()]), command('progress', [], 'case-3')];

  for (const other of others) await page.put(other);

  await until(() => others.every((other) => server.acts.has(other.id)));
  expect(server.acts.has(poisoned.id)).toBe(false);
});

test('a row that always loses its connection holds up no other case', async () => {
  const poisoned = command('comment', [], 'case-1');
  server.fault = (call) => (call.id === poisoned.id ? 'drop' : undefined);
  await page.put(poisoned);
  await until(async () => (await entry(poisoned.id)).tries === 1);
  const other = command('comment', [], 'case-2');

  await page.put(other);

  await until(() => server.acts.has(other.id));
});

test('something new is tried at once, however long the network has been gone', async () => {
  server.isUp = false;
  for (let index = 0; index < 6; index++) {
    const old = command('comment', [], `case-${index}`);
    await page.put(old);
    await until(async () => (await entry(old.id)).tries === 1);
  }
  server.isUp = true;
  const given = command('report');
  const began = performance.now();

  await page.put(given, { settleWithin: 5_000 });

  expect(server.acts.has(given.id)).toBe(true);
  expect(performance.now() - began).toBeLessThan(2_000);
});

test('within a case everything goes in the order in which it was put', async () => {
  let isBusy = true;
  server.fault = (call) => (call.what === 'act' && isBusy ? { status: 503 } : undefined);
  const inOrder = [command('progress', [photo()], 'case-1'), command('comment', [], 'case-1'), command('rectification', [photo()], 'case-1')];
  // A clock set back between the acts gives the last one the smallest id.
  inOrder[2]!.id = '00000000-0000-7000-8000-000000000001';
  (inOrder[2]!.variables as { input: { id: string } }).input.id = inOrder[2]!.id;
  for (const one of inOrder) await page.put(one);
  await until(async () => (await entry(inOrder[0]!.id)).tries >= 1);
  expect(new Set(server.calls.filter((call) => call.what === 'act').map((call) => call.id))).toEqual(new Set([inOrder[0]!.id]));

  isBusy = false;
  online();

  await until(() => server.acts.size === 3);
  expect([...server.acts.keys()]).toEqual(inOrder.map((one) => one.id));
});

test('an act that was declined lets the next one of its case pass', async () => {
  const declined = command('grade', [], 'case-1');
  server.fault = (call) => (call.id === declined.id ? { decline: 'FORBIDDEN' } : undefined);
  const next = command('comment', [], 'case-1');

  await page.put(declined);
  await page.put(next);

  await until(() => server.acts.has(next.id));
  expect((await entry(declined.id)).state).toBe('attention');
});

test('of a report that was not accepted nothing is said before it is', async () => {
  const report = command('report');
  server.fault = (call) => (call.id === report.id ? { decline: 'BAD_INPUT' } : undefined);
  const comment = command('comment', [], report.id);
  await page.put(report, { settleWithin: 3_000 });

  await page.put(comment, { settleWithin: 300 });
  expect(server.calls.some((call) => call.id === comment.id)).toBe(false);

  server.fault = () => undefined;
  await page.retry(report.id);
  await until(() => server.acts.has(comment.id));
  expect([...server.acts.keys()]).toEqual([report.id, comment.id]);
});

test('a report does not stand behind the photos of others', async () => {
  const slow = [command('rectification', [photo()], 'case-1'), command('rectification', [photo()], 'case-2'), command('rectification', [photo()], 'case-3')];
  const names = slow.map((one) => one.photos[0]!.id);
  server.fault = (call) => (call.what === 'post' && names.includes(call.id) ? 'hang' : undefined);
  for (const one of slow) await page.put(one);
  await until(() => server.count('post') === 2);
  const report = command('report', [photo()]);

  const settled = await page.put(report, { settleWithin: 3_000 });

  expect(settled.state).toBe('done');
});

test('an answer that stops half-way is given up and asked for again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  let isFirst = true;
  const plain = server.fetch;
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const response = await plain(url, init);
    if (!isFirst || !url.endsWith('graphql')) return response;
    isFirst = false;
    return new Response(new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode('{"da')) }), { status: 200 });
  });
  const given = command('comment', [], 'case-1');
  await page.put(given);
  await until(() => server.count('act') === 1);

  await vi.advanceTimersByTimeAsync(40_000);
  await until(async () => {
    await vi.advanceTimersByTimeAsync(500);
    return (await entry(given.id)).state === 'done';
  });

  expect(server.acts.get(given.id)?.times).toBe(1);
  expect(server.count('act')).toBe(2);
});

test('backoff doubles, is never the same for two phones, and ends at its cap', async () => {
  const { pause, untilAsked } = await import('../src/outcome');

  for (let tries = 0; tries < 40; tries++) {
    const wait = pause(tries, 300_000);
    expect(wait).toBeGreaterThanOrEqual(Math.min(300_000, 1_000 * 2 ** Math.min(tries, 30)) / 2);
    expect(wait).toBeLessThanOrEqual(300_000);
  }
  expect(new Set(Array.from({ length: 20 }, () => pause(3, 300_000))).size).toBeGreaterThan(10);
  expect(untilAsked(0)).toBe(2_000);
  expect(untilAsked(99)).toBe(3_600_000);
});

test('the network coming back makes waiting void, and what the server was too busy for as well', async () => {
  server.isUp = false;
  const given = command('report', [photo()]);
  await page.put(given);
  await until(async () => (await entry(given.id)).tries === 1);
  const { theBox } = await import('../src/current');
  await theBox().update(given.id, (row) => ({ ...row, nextAt: Date.now() + 300_000 }));
  server.isUp = true;

  online();

  await until(async () => (await entry(given.id)).receipt?.level === 'durable');
});

test('a hundred reports over a bad network arrive once each', async () => {
  let seed = 7;
  const random = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  server.fault = () => (random() < 0.3 ? 'lose' : random() < 0.1 ? 'drop' : undefined);
  const given = Array.from({ length: 100 }, (_, index) => command('report', index % 5 ? [] : [photo()]));
  for (const one of given) await page.put(one);

  const bell = setInterval(online, 50);
  await until(async () => (await entries()).every((one) => one.receipt?.level === 'durable'), 50_000);
  clearInterval(bell);

  expect(server.acts.size).toBe(100);
  expect([...server.acts.values()].every((act) => act.times === 1)).toBe(true);
  expect(await bytesLeft()).toBe(0);
}, 60_000);
