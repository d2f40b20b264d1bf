/** What was put is sent once, photos first, and the phone lets go only when the server has it for good. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { bytesLeft, command, entry, freshPhone, online, open, photo, until, type Page } from './phone';
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
  vi.useRealTimers();
  await page.openFor(null);
});

const isDurable = (id: string) => async () => (await entry(id)).receipt?.level === 'durable';

test('a report goes: photos announced, posted and confirmed, then the act, then durable', async () => {
  const given = command('report', [photo(), photo()]);

  await page.put(given);

  await until(isDurable(given.id));
  expect(server.calls.map((call) => call.what).filter((what) => what !== 'durable?')).toEqual(['announce', 'announce', 'post', 'confirm', 'post', 'confirm', 'act']);
  expect(server.acts.get(given.id)?.times).toBe(1);
  expect(await bytesLeft()).toBe(0);
});

test('every call is made for the person whose outbox it is', async () => {
  const given = command('report', [photo()]);

  await page.put(given);

  await until(isDurable(given.id));
  const asked = server.calls.filter((call) => call.what !== 'post');
  expect(asked.length).toBeGreaterThanOrEqual(4);
  expect(new Set(asked.map((call) => call.person))).toEqual(new Set(['lin']));
});

test('what arrives is byte for byte what was taken', async () => {
  const taken = photo(100_000);
  const copy = Buffer.from(taken.data.slice(0));

  await page.put(command('report', [taken]));

  await until(() => server.evidence.get(taken.id)?.bytes !== undefined);
  expect(server.evidence.get(taken.id)?.bytes?.equals(copy)).toBe(true);
});

test('words alone are safe as soon as the act has its receipt', async () => {
  const given = command('comment', [], 'case-1');

  const settled = await page.put(given, { settleWithin: 3_000 });

  expect(settled).toMatchObject({ state: 'done', receipt: { number: 'HZ-1', level: 'durable' } });
  expect(settled.receipt?.result).toEqual({ number: 'HZ-1', similar: [] });
});

test('a refusal comes back with the words of the server and stays to be seen', async () => {
  server.fault = (call) => (call.what === 'act' ? { decline: 'FORBIDDEN' } : undefined);
  const given = command('grade', [], 'case-1');

  const settled = await page.put(given, { settleWithin: 3_000 });

  expect(settled.state).toBe('declined');
  expect(settled.problems).toEqual([{ code: 'FORBIDDEN', path: null, message: 'declined: FORBIDDEN' }]);
  expect(await entry(given.id)).toMatchObject({ state: 'attention', error: { code: 'FORBIDDEN', message: 'declined: FORBIDDEN' } });
});

test('without network put answers that it waits, as soon as the device has it', async () => {
  server.isUp = false;

  const settled = await page.put(command('report', [photo()]));

  expect(settled.state).toBe('waiting');
  expect(await bytesLeft()).toBe(1);
});

test('other acts wait for their photos', async () => {
  server.fault = (call) => (call.what === 'post' ? 'drop' : undefined);
  const given = command('rectification', [photo()], 'case-1');

  await page.put(given);

  await until(async () => (await entry(given.id)).tries === 1);
  expect(server.count('act')).toBe(0);
  server.fault = () => undefined;
  online();
  await until(isDurable(given.id));
  expect(server.calls.map((call) => call.what).indexOf('act')).toBeGreaterThan(server.calls.map((call) => call.what).indexOf('confirm'));
});

test('a report goes ahead of a photo that cannot be sent, and the photo follows', async () => {
  let isStoreDown = true;
  server.fault = (call) => (call.what === 'post' && isStoreDown ? 'drop' : undefined);
  const given = command('report', [photo()]);

  const settled = await page.put(given, { settleWithin: 3_000 });

  expect(settled).toMatchObject({ state: 'done', receipt: { number: 'HZ-1', level: 'received' } });
  const waiting = await entry(given.id);
  expect(waiting.photos[0]).toMatchObject({ sent: false, level: 'received' });
  expect(await bytesLeft()).toBe(1);
  isStoreDown = false;
  online();
  await until(isDurable(given.id));
  expect(server.acts.get(given.id)?.times).toBe(1);
  expect(server.count('act')).toBe(1);
});

test('a report waits no longer than fifteen seconds for photos that crawl', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  server.fault = (call) => (call.what === 'post' ? 'hang' : undefined);
  const given = command('report', [photo()]);

  await page.put(given);
  await until(() => server.count('post') === 1);
  await vi.advanceTimersByTimeAsync(14_000);
  expect(server.count('act')).toBe(0);
  await vi.advanceTimersByTimeAsync(1_500);

  await until(() => server.acts.has(given.id));
});

test('the three receipts come one after the other, and the bytes stay until the third', async () => {
  server.settles = false;
  server.fault = (call) => (call.what === 'confirm' && server.count('act') === 0 ? { status: 503 } : undefined);
  const given = command('report', [photo()]);

  await page.put(given);
  await until(async () => (await entry(given.id)).receipt?.level === 'received');
  expect(await bytesLeft()).toBe(1);

  online();
  await until(async () => (await entry(given.id)).receipt?.level === 'stored');
  expect((await entry(given.id)).photos[0]).toMatchObject({ sent: true, level: 'stored' });
  expect(await bytesLeft()).toBe(1);

  server.settles = true;
  await page.retry(given.id);
  await until(isDurable(given.id));
  expect(await bytesLeft()).toBe(0);
});

test('a photo that is durable is kept here as long as its act has no receipt', async () => {
  const one = photo();
  server.fault = (call) => {
    // The photo was confirmed and settled while the answer was lost.
    if (call.what === 'confirm') setTimeout(() => (server.evidence.get(one.id)!.status = 'DURABLE'), 0);
    return call.what === 'confirm' ? 'lose' : call.what === 'act' ? { status: 503 } : undefined;
  };
  const given = command('rectification', [one], 'case-1');
  await page.put(given);
  await until(async () => (await entry(given.id)).tries === 1);

  online();

  await until(async () => server.count('act') > 0 && (await entry(given.id)).tries === 2);
  expect((await entry(given.id)).photos[0]?.level).toBe('durable');
  expect(await bytesLeft()).toBe(1);
  server.fault = () => undefined;
  online();
  await until(isDurable(given.id));
  expect(await bytesLeft()).toBe(0);
});

test('a photo that the server has forgotten before it was durable is sent again', async () => {
  server.settles = false;
  const one = photo();
  const given = command('report', [one]);
  await page.put(given);
  await until(async () => (await entry(given.id)).receipt?.level === 'stored');

  server.evidence.delete(one.id);
  server.settles = true;
  await page.retry(given.id);
  await until(async () => (await entry(given.id)).photos[0]?.level === 'local');
  await page.retry(given.id);

  await until(isDurable(given.id));
  expect(server.evidence.get(one.id)?.bytes).toHaveLength(40);
});

test('photos that the server lost before their act came are brought again; without end nobody waits', async () => {
  const one = photo();
  server.fault = (call) => {
    if (call.what === 'act' && server.count('act') === 1) server.evidence.delete(one.id);
    return undefined;
  };
  const given = command('rectification', [one], 'case-1');
  await page.put(given);
  await until(async () => (await entry(given.id)).error?.code === 'PHOTOS_LOST');
  online();
  await until(isDurable(given.id));
  expect(server.count('post')).toBe(2);

  const again = command('rectification', [photo()], 'case-2');
  server.fault = (call) => (call.what === 'act' && call.id === again.id ? { decline: 'NOT_FOUND', path: 'evidence' } : undefined);
  await page.put(again);
  const bell = setInterval(online, 20);
  await until(async () => (await entry(again.id)).state === 'attention');
  clearInterval(bell);
  expect((await entry(again.id)).error?.code).toBe('NOT_FOUND');
});

test('a report goes on without a photo that was refused; the photo stays here with the words', async () => {
  const [good, bad] = [photo(), photo()];
  server.refuses.add(bad.id);
  const given = command('report', [bad, good]);

  await page.put(given, { settleWithin: 3_000 });

  await until(async () => (await entry(given.id)).photos[1]?.level === 'durable');
  const shown = await entry(given.id);
  expect(shown).toMatchObject({ state: 'done', receipt: { level: 'durable' } });
  expect(shown.photos[0]).toMatchObject({ level: 'refused', sent: false, problem: '文件已损坏' });
  expect(server.acts.get(given.id)?.input.evidence).toEqual([good.id]);
  expect(await page.photoOf(bad.id)).toBeInstanceOf(Blob);
});

test('a proof that was refused is the decision of its person: attention first, without it when they say so', async () => {
  const [good, bad] = [photo(), photo()];
  server.refuses.add(bad.id);
  const given = command('rectification', [good, bad], 'case-1');

  const settled = await page.put(given, { settleWithin: 3_000 });

  expect(settled).toMatchObject({ state: 'declined', problems: [{ code: 'PHOTO_REFUSED', path: 'evidence', message: '文件已损坏' }] });
  expect(server.count('act')).toBe(0);
  await page.retry(given.id);
  await until(() => server.acts.has(given.id));
  expect(server.acts.get(given.id)?.input.evidence).toEqual([good.id]);
});

test('a photo refused after the report was first sent is taken out under the same id', async () => {
  const bad = photo();
  server.refuses.add(bad.id);
  let isFirst = true;
  server.fault = (call) => {
    // The photo is too slow at first; the report goes ahead and is lost on its way.
    if (call.what === 'post' && isFirst) return 'drop';
    if (call.what === 'act' && isFirst) {
      isFirst = false;
      const known = server.evidence.get(bad.id)!;
      known.status = 'REFUSED';
      return 'drop';
    }
    return undefined;
  };
  const given = command('report', [bad]);

  await page.put(given);
  await until(async () => (await entry(given.id)).tries > 0);
  online();

  await until(async () => (await entry(given.id)).state === 'done');
  expect(server.acts.get(given.id)?.input.evidence).toEqual([]);
  expect((await entry(given.id)).photos[0]?.level).toBe('refused');
});

test('what was sent first is what is sent always, whatever happens to the screen or the photos meanwhile', async () => {
  const bad = photo();
  server.refuses.add(bad.id);
  const given = command('report', [bad]);
  const variables = given.variables as { input: Record<string, unknown> };
  // The report goes ahead of its photo and is taken; the answer is lost, and then the photo is refused.
  let isFirst = true;
  server.fault = (call) => (isFirst && call.what === 'post' ? 'drop' : isFirst && call.what === 'act' ? 'lose' : undefined);

  await page.put(given);
  variables.input.description = 'changed on the screen';
  await until(async () => server.count('act') === 1 && (await entry(given.id)).tries > 0);
  isFirst = false;
  online();

  await until(async () => (await entry(given.id)).state === 'done' && (await entry(given.id)).photos[0]?.level === 'refused');
  const sent = server.calls.filter((call) => call.what === 'act').map((call) => JSON.stringify(call.variables));
  expect(sent).toHaveLength(2);
  expect(sent[1]).toBe(sent[0]);
  expect(sent[0]).not.toContain('changed');
});

test('bytes that rotted on the device are found out and said, and do not hold the report', async () => {
  server.isUp = false;
  const one = photo();
  const given = command('report', [one]);
  await page.put(given);
  const { theBox } = await import('../src/current');
  await theBox().base.write(['bytes'], (tx) => tx.objectStore('bytes').put(new Uint8Array([1, 2, 3]).buffer, one.id));
  server.isUp = true;
  online();

  await until(async () => (await entry(given.id)).photos[0]?.level === 'refused' && (await entry(given.id)).state === 'done');
  expect((await entry(given.id)).photos[0]?.problem).toContain('损坏');
});

test('a subscription that has lapsed refuses the act and not its photos', async () => {
  server.fault = (call) => (call.what === 'announce' ? { decline: 'MODULE_NOT_SUBSCRIBED' } : undefined);
  const given = command('report', [photo()]);

  const settled = await page.put(given, { settleWithin: 3_000 });

  expect(settled.state).toBe('declined');
  expect((await entry(given.id)).photos[0]?.level).toBe('local');
  server.fault = () => undefined;
  await page.retry(given.id);
  await until(isDurable(given.id));
  expect(server.acts.get(given.id)?.input.evidence).toHaveLength(1);
});

test('a photo on which the server stumbles again and again does not hold its report for ever', async () => {
  const bad = photo();
  server.fault = (call) => (call.what === 'announce' && call.id === bad.id ? { status: 500 } : undefined);
  const given = command('report', [bad]);
  await page.put(given);

  for (let round = 1; round < 5; round++) {
    await until(async () => server.count('announce') === round && (await entry(given.id)).tries === 1);
    await page.retry(given.id);
  }

  await until(async () => (await entry(given.id)).state === 'done');
  expect(await page.photoOf(bad.id)).toBeInstanceOf(Blob);
});
