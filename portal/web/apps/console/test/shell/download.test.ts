/** A file is fetched as a question is: renewed where the session has run out, refused in words. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { WireError } from '@anhuan/wire';

const renewed = vi.hoisted(() => ({ times: 0 }));
vi.mock('@anhuan/wire', async (real) => ({
  ...(await real<object>()),
  fetchWho: async () => {
    renewed.times += 1;
  },
}));
const kept = vi.hoisted(() => ({ files: [] as string[] }));
vi.mock('../../src/shared/files', () => ({ saveBlob: (name: string) => kept.files.push(name) }));

import { download, nameIn } from '../../src/shared/download';

const answers: Response[] = [];
const no = (status: number, code: string, message: string) => new Response(JSON.stringify({ data: null, errors: [{ message, extensions: { code } }] }), { status });
const yes = () => new Response('rows', { headers: { 'content-disposition': 'attachment; filename="anhuan-hazards.xlsx"' } });

beforeEach(() => {
  renewed.times = 0;
  kept.files.length = 0;
  vi.stubGlobal('fetch', async () => answers.shift());
});
afterEach(() => {
  vi.unstubAllGlobals();
  answers.length = 0;
});

it('keeps it under the name that the server gives', async () => {
  answers.push(yes());
  await download('/hazards.xlsx?order=DUE');
  expect(kept.files).toEqual(['anhuan-hazards.xlsx']);
});

it('renews a session that has run out, and asks again', async () => {
  answers.push(no(401, 'NOT_SIGNED_IN', '请先登录'), yes());
  await download('/hazards.xlsx');
  expect([renewed.times, kept.files.length]).toEqual([1, 1]);
});

it('says why there is none, and keeps nothing', async () => {
  answers.push(no(403, 'FORBIDDEN', '您没有导出的权限'));
  const problem = await download('/record.jsonl').catch((found: unknown) => found);
  expect(problem).toBeInstanceOf(WireError);
  expect((problem as WireError).problems[0]?.message).toBe('您没有导出的权限');
  expect([renewed.times, kept.files.length]).toEqual([0, 0]);
});

it('reads names in either way of writing', () => {
  expect(nameIn("attachment; filename*=UTF-8''%E5%8F%B0%E8%B4%A6.xlsx")).toBe('台账.xlsx');
  expect(nameIn(null)).toBeNull();
});
