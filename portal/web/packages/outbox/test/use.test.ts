/** What a screen is told: nothing before the device was read, and every change after. */
import { createElement, render } from 'preact';
import { beforeEach, afterEach, expect, test, vi } from 'vitest';
import type { Outbox } from '../src/types';
import { WEI, command, freshPhone, online, open, photo, signedIn, until, writes, type Page } from './phone';
import { Server } from './server';

let server: Server;
let page: Page;
let told: Outbox[];
const place = document.createElement('div');

beforeEach(async () => {
  freshPhone();
  server = new Server();
  server.isUp = false;
  server.install();
  page = await open();
  told = [];
});

afterEach(async () => {
  render(null, place);
  vi.unstubAllGlobals();
  await page.openFor(null);
});

function watch(): void {
  const { useOutbox } = page;
  render(
    createElement(() => {
      told.push(useOutbox());
      return null;
    }, null),
    place,
  );
}

const last = (): Outbox | undefined => told[told.length - 1];

test('before the device was read nobody is told that everything is uploaded', async () => {
  await page.put(command('report'));

  watch();

  expect(told[0]).toEqual({ entries: undefined, waiting: undefined, attention: 0 });
  await until(() => last()?.waiting === 1);
  expect(told.some((one) => one.waiting === 0)).toBe(false);
});

test('a screen follows an entry from waiting to durable', async () => {
  watch();
  await until(() => last()?.waiting === 0);
  const given = command('report', [photo()]);
  await page.put(given);
  await until(() => last()?.waiting === 1);

  server.isUp = true;
  online();

  await until(() => last()?.entries?.[0]?.receipt?.level === 'durable');
  expect(last()).toMatchObject({ waiting: 0, attention: 0 });
  expect(last()?.entries?.[0]).toMatchObject({ id: given.id, receipt: { number: 'HZ-1' }, photos: [{ sent: true, level: 'durable' }] });
});

test('a report whose photo is missing still counts as waiting; a declined one asks for attention', async () => {
  server.isUp = true;
  const declined = command('grade', [], 'case-1');
  server.fault = (call) => (call.what === 'post' ? 'drop' : call.id === declined.id ? { decline: 'FORBIDDEN' } : undefined);
  watch();
  await page.put(command('report', [photo()]), { settleWithin: 3_000 });
  await page.put(declined, { settleWithin: 3_000 });

  await until(() => last()?.attention === 1 && last()?.waiting === 1);
  expect(last()?.entries?.map((one) => one.state)).toEqual(['attention', 'done']);
});

test('newest first, and another person begins with nothing read', async () => {
  const given = [command('comment', [], 'a'), command('comment', [], 'b')];
  for (const one of given) await page.put(one);
  watch();
  await until(() => last()?.entries?.length === 2);
  expect(last()?.entries?.map((one) => one.about)).toEqual(['b', 'a']);
  const before = told.length;

  signedIn(WEI);
  await page.openFor(WEI);

  await until(() => last()?.entries?.length === 0);
  expect(told.slice(before).flatMap((one) => one.entries ?? [])).toEqual([]);
});

test('storage that cannot be read is said, and nothing is claimed of what waits', async () => {
  await page.openFor(null);
  vi.stubGlobal('indexedDB', undefined);
  page = await open();
  writes.onWrite = () => undefined;

  watch();

  await until(() => last()?.problem !== undefined);
  expect(last()).toMatchObject({ entries: undefined, waiting: undefined, problem: { code: 'DEAD' } });
});
