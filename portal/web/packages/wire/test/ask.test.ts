/** The way to the server: what comes back is told apart by what is to be done about it, and a session is renewed once for all who wait. */
import { speak } from '@anhuan/i18n';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { act, ask, reach } from '../src/ask';
import type { Document } from '../src/document';
import { WireError, said } from '../src/errors';
import { fetchWho, onSession, sessionEnded, signIn, signOut, whoIsHere } from '../src/session';
import { Refresh, SignIn, SignOut, WhoAmI } from '../src/gql';

const QUESTION = 'f00d' as Document<{ answer: number }, { of: string }>;
const ACT = 'beef' as Document<{ do: { result: string | null; errors: { code: string; path: string | null; message: string }[] } }, object>;
const LIN = {
  me: {
    company: { id: 'c1', code: 'hengtai', name: '恒泰', zone: 'Asia/Shanghai', language: 'zh' }, language: 'zh', can: [], modules: [],
    person: { id: 'lin', name: '林小雨', account: 'lin', partyId: null, unit: null, posts: [] },
  },
};
const GOOD_REFRESH = { data: { refresh: { result: { accessExpiresAt: '2026-11-21T10:00:00Z' }, errors: [] } } };
const BAD_REFRESH = { data: { refresh: { result: null, errors: [{ code: 'NOT_SIGNED_IN', path: null, message: '请登录' }] } } };

interface Call {
  id: string;
  variables: unknown;
  headers: Record<string, string>;
}

let calls: Call[] = [];
let answer: (call: Call) => Response | Promise<Response>;

function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
}

function refusal(code: string, status = 200): Response {
  return json({ data: null, errors: [{ message: code, extensions: { code } }] }, status);
}

const answering = async (_url: string, init: RequestInit): Promise<Response> => {
  const call = { ...(JSON.parse(init.body as string) as { id: string; variables: unknown }), headers: init.headers as Record<string, string> };
  calls.push(call);
  return answer(call);
};

beforeEach(() => {
  speak('zh');
  calls = [];
  answer = () => json({ data: { answer: 1 } });
  vi.stubGlobal('fetch', answering);
});

afterEach(async () => {
  answer = () => json({ data: { signOut: { result: true, errors: [] } } });
  await signOut();
  vi.unstubAllGlobals();
});

async function signInAsLin(): Promise<void> {
  answer = (call) => (call.id === WhoAmI ? json({ data: LIN }) : json({ data: { signIn: { result: { mustChangePassword: false, passwordExpired: false }, errors: [] } } }));
  await signIn({ company: 'hengtai', name: 'lin', password: 'p' });
  calls = [];
}

async function trouble(of: Promise<unknown>): Promise<WireError> {
  try {
    await of;
  } catch (problem) {
    if (problem instanceof WireError) return problem;
    throw problem;
  }
  throw new Error('there was an answer');
}

test('a question is its hash and its variables, never its text', async () => {
  expect(await ask(QUESTION, { of: 'x' })).toEqual({ answer: 1 });
  expect(calls[0]).toMatchObject({ id: 'f00d', variables: { of: 'x' }, headers: { 'accept-language': 'zh-CN' } });
  expect(calls[0]!.headers['x-person']).toBeUndefined();
});

test.each([
  [() => refusal('OTHER_PERSON', 400), 'other-person'],
  [() => refusal('DOCUMENT_UNKNOWN', 400), 'outdated'],
  [() => refusal('RATE_LIMITED', 429), 'busy'],
  [() => refusal('INTERNAL'), 'broken'],
  [() => refusal('FORBIDDEN'), 'declined'],
  [() => new Response('<h1>Bad gateway</h1>', { status: 502 }), 'busy'],
  [() => new Response('{"data":{"ans', { status: 200 }), 'network'],
  [() => Promise.reject(new TypeError('Failed to fetch')), 'network'],
] as const)('trouble is told apart: %#', async (how, expected) => {
  answer = how;
  expect((await trouble(ask(QUESTION, { of: 'x' }))).trouble).toBe(expected);
});

test.each([[undefined, false], [false, false], [true, true]])('a session stays only where its person asked for it: %s', async (stay, expected) => {
  const asked: unknown[] = [];
  answer = (call) => (call.id === WhoAmI ? json({ data: LIN }) : (asked.push(call.variables), json({ data: { signIn: { result: { mustChangePassword: false, passwordExpired: false }, errors: [] } } })));
  await signIn({ company: 'hengtai', name: 'lin', password: 'p', stay });
  expect(asked).toEqual([{ input: { company: 'hengtai', name: 'lin', password: 'p', stay: expected, cookie: true } }]);
});

test('an act that was declined says why in the server’s words', async () => {
  answer = () => json({ data: { do: { result: null, errors: [{ code: 'REASON_NEEDED', path: 'reason', message: '请说明理由。' }] } } });
  const problem = await trouble(act(ACT, {}));
  expect([problem.trouble, problem.problems[0]!.path, said(problem)]).toEqual(['declined', 'reason', '请说明理由。']);
});

test('an act that was done answers its result', async () => {
  answer = () => json({ data: { do: { result: 'ok', errors: [] } } });
  expect(await act(ACT, {})).toBe('ok');
});

test('no answer in time is no answer', async () => {
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) =>
    new Promise((_resolve, reject) => init.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))),
  );
  expect((await trouble(reach('/graphql', {}, { patience: 5 }))).trouble).toBe('network');
  vi.stubGlobal('fetch', answering);
});

test('an answer whose body never ends is no answer', async () => {
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => ({
    ok: true, status: 200, headers: new Headers(),
    json: async () => new Promise((_resolve, reject) => init.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))),
  }));
  expect((await trouble(ask(QUESTION, { of: 'x' }, { patience: 5 }))).trouble).toBe('network');
  vi.stubGlobal('fetch', answering);
});

test('who signs in is remembered, and every question says whose it is', async () => {
  await signInAsLin();
  expect([whoIsHere()?.person.name, JSON.parse(localStorage.getItem('anhuan.who')!).person.id]).toEqual(['林小雨', 'lin']);
  answer = () => json({ data: { answer: 2 } });
  await ask(QUESTION, { of: 'y' });
  expect(calls[0]!.headers['x-person']).toBe('lin');
  expect(localStorage.getItem('anhuan.who')).not.toContain('oken');
});

test('a session that ran out is renewed once for all who wait, and each question is asked again', async () => {
  await signInAsLin();
  let isFresh = false;
  answer = async (call) => {
    if (call.id !== Refresh) return isFresh ? json({ data: { answer: 3 } }) : refusal('NOT_SIGNED_IN', 401);
    await new Promise((wake) => setTimeout(wake, 5));
    isFresh = true;
    return json(GOOD_REFRESH);
  };
  expect(await Promise.all([ask(QUESTION, { of: 'a' }), ask(QUESTION, { of: 'b' })])).toEqual([{ answer: 3 }, { answer: 3 }]);
  expect(calls.filter((call) => call.id === Refresh)).toHaveLength(1);
  expect(sessionEnded()).toBe(false);
});

test('a session that ran out is renewed for an act too, which says so in its own answer', async () => {
  await signInAsLin();
  let isFresh = false;
  answer = (call) => {
    if (call.id === Refresh) {
      isFresh = true;
      return json(GOOD_REFRESH);
    }
    const errors = isFresh ? [] : [{ code: 'NOT_SIGNED_IN', path: null, message: '请先登录' }];
    return json({ data: { do: { result: isFresh ? 'ok' : null, errors } } });
  };
  expect(await act(ACT, {})).toBe('ok');
  expect(calls.map((call) => call.id)).toEqual([ACT, Refresh, ACT]);
});

test('a session that has ended is said once, and the person stays known', async () => {
  await signInAsLin();
  let told = 0;
  const leave = onSession(() => {
    told += 1;
  });
  answer = (call) => (call.id === Refresh ? json(BAD_REFRESH) : refusal('NOT_SIGNED_IN', 401));
  expect((await trouble(ask(QUESTION, { of: 'a' }))).trouble).toBe('signed-out');
  expect((await trouble(ask(QUESTION, { of: 'b' }))).trouble).toBe('signed-out');
  leave();
  expect([sessionEnded(), whoIsHere()?.person.id, told]).toEqual([true, 'lin', 1]);
});

test('no network while renewing is no end of the session', async () => {
  await signInAsLin();
  answer = (call) => (call.id === Refresh ? Promise.reject(new TypeError('offline')) : refusal('NOT_SIGNED_IN', 401));
  expect((await trouble(ask(QUESTION, { of: 'a' }))).trouble).toBe('network');
  expect(sessionEnded()).toBe(false);
});

test('signing out works also when the server has forgotten the session', async () => {
  await signInAsLin();
  answer = (call) => (call.id === SignOut ? refusal('NOT_SIGNED_IN', 401) : json({}));
  await signOut();
  expect([whoIsHere(), localStorage.getItem('anhuan.who')]).toEqual([null, null]);
});

test('who signs out without network has left all the same, and the server hears of it later', async () => {
  await signInAsLin();
  answer = () => Promise.reject(new TypeError('offline'));
  await signOut();
  expect([whoIsHere(), localStorage.getItem('anhuan.leaving')]).toEqual([null, 'yes']);

  calls = [];
  answer = () => json({ data: { signOut: { result: true, errors: [] } } });
  dispatchEvent(new Event('online'));
  await vi.waitFor(() => expect(localStorage.getItem('anhuan.leaving')).toBeNull());
  expect(calls.map((call) => call.id)).toEqual([SignOut]);
});

test('signing out everywhere is only said when it is so', async () => {
  await signInAsLin();
  answer = () => Promise.reject(new TypeError('offline'));
  expect((await trouble(signOut(true))).trouble).toBe('network');
  expect(whoIsHere()?.person.id).toBe('lin');
});

test('a wrong password is said, and nobody is here', async () => {
  answer = (call) => (call.id === SignIn ? json({ data: { signIn: { result: null, errors: [{ code: 'SIGN_IN_REFUSED', path: null, message: '账号或密码不对。' }] } } }) : json({}));
  expect(said(await trouble(signIn({ company: null, name: 'lin', password: 'x' })))).toBe('账号或密码不对。');
  expect(whoIsHere()).toBeNull();
  await expect(fetchWho()).rejects.toBeInstanceOf(WireError);
});
