/** What was put is sent once, photos first, and the phone lets go only when the server has it for good. */
import { beforeEach, expect, test } from 'vitest';
import { bytesLeft, command, entry, freshPhone, open, photo, until, type Page } from './phone';
import { Server } from './server';

let server: Server;
let page: Page;

beforeEach(async () => {
  freshPhone();
  server = new Server();
  server.install();
  page = await open();
});

test('a report goes: photos announced, posted and confirmed, then the act, then durable', async () => {
  const given = command('report', [photo(), photo()]);

  await page.put(given);

  await until(async () => (await entry(given.id)).receipt?.level === 'durable');
  expect(server.calls.map((call) => call.what).filter((what) => what !== 'durable?')).toEqual([
    'announce', 'announce', 'post', 'confirm', 'post', 'confirm', 'act',
  ]);
  expect(server.acts.get(given.id)?.times).toBe(1);
  expect(await bytesLeft()).toBe(0);
});
