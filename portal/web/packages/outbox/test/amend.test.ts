/** A command that was declined and put right goes out under its own id, once, with what it says now. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bytesLeft, command, entry, freshPhone, kill, open, photo, until, type Page } from './phone';
import { Server } from './server';

let server: Server;
let page: Page;

beforeEach(async () => {
  freshPhone();
  server = new Server();
  server.install();
  page = await open();
});

afterEach(async () => page.openFor(null));

const isDurable = (id: string) => async () => (await entry(id)).receipt?.level === 'durable';

/** A report with these photos that the server has declined. */
async function declined(...photos: ReturnType<typeof photo>[]) {
  server.fault = (call) => (call.what === 'act' ? { decline: 'BAD_INPUT', path: 'description' } : undefined);
  const given = command('report', photos);
  await page.put(given);
  await until(async () => (await entry(given.id)).state === 'attention');
  server.fault = () => undefined;
  return given;
}

test('its content is handed out as it was given, with what the server said of it', async () => {
  const given = await declined(photo(), photo());

  const content = await page.contentOf(given.id);

  expect(content?.variables).toEqual(given.variables);
  expect(content?.photos.map((one) => [one.id, Buffer.from(one.data).equals(Buffer.from(given.photos.find((other) => other.id === one.id)!.data))])).toEqual(given.photos.map((one) => [one.id, true]));
  expect(content?.problems).toMatchObject([{ code: 'BAD_INPUT', path: 'description' }]);
});

test('what it says now is done once; a photo that stays is not sent twice, one that was taken out is gone', async () => {
  const [stays, goes, comes] = [photo(), photo(), photo()];
  const given = await declined(stays!, goes!);
  await until(() => server.evidence.get(stays!.id)?.bytes !== undefined);
  const posted = server.calls.filter((call) => call.what === 'post').length;
  await page.drafts.save('report/again', { text: '改' });
  const input = { ...(given.variables as { input: object }).input, description: '改短了', evidence: [stays!.id, comes!.id] };

  await page.amend({ ...given, variables: { input }, photos: [{ ...stays! }, comes!], title: '改短了' }, { draft: 'report/again' });

  await until(isDurable(given.id));
  expect(server.acts.get(given.id)).toMatchObject({ times: 1, input: { description: '改短了', evidence: [stays!.id, comes!.id] } });
  expect(server.calls.filter((call) => call.what === 'post').length).toBe(posted + 1);
  expect(await entry(given.id)).toMatchObject({ title: '改短了', state: 'done' });
  expect(await page.drafts.load('report/again')).toBeUndefined();
  expect(await bytesLeft()).toBe(0);
});

test('it survives the phone, and can be declined again', async () => {
  const given = await declined(photo());
  server.isUp = false;
  await page.amend({ ...given, title: '第二次' });
  kill(server);
  server.isUp = true;
  server.fault = (call) => (call.what === 'act' ? { decline: 'NOT_FOUND', path: 'areaId' } : undefined);
  page = await open();

  await until(async () => (await entry(given.id)).state === 'attention');

  expect(await page.contentOf(given.id)).toMatchObject({ problems: [{ path: 'areaId' }] });
  expect((await page.contentOf(given.id))?.photos).toHaveLength(1);
});

test('what is not declined any more is not changed behind its back', async () => {
  const given = await declined(photo());
  await page.retry(given.id);
  await until(isDurable(given.id));

  await expect(page.amend({ ...given, title: '太晚' })).rejects.toMatchObject({ code: 'NOT_NOW' });

  expect(await page.contentOf(given.id)).toBeUndefined();
  expect((await entry(given.id)).title).not.toBe('太晚');
});
