/** The same question goes out once for all who ask it at once, and once more when something has changed since. */
import { act as settle } from 'preact/test-utils';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { act, actAs } from '../src/ask';
import type { Document } from '../src/document';
import { useAsk, type Answer } from '../src/use-ask';

const QUESTION = 'f00d' as Document<{ answer: number }, { of: string }>;
const ACT = 'beef' as Document<{ do: { result: string | null; errors: { code: string; path: string | null; message: string }[] } }, object>;

interface Call {
  id: string;
  reply: (response: Response | Error) => void;
}

let calls: Call[] = [];
let seen: Record<string, Answer<{ answer: number }>>;
let root: ReturnType<typeof createRoot>;

function Asker({ name, of }: { name: string; of: string }) {
  const found = useAsk(QUESTION, { of });
  useEffect(() => {
    seen[name] = found;
  });
  return null;
}

async function show(...askers: readonly (readonly [name: string, of: string])[]): Promise<void> {
  await settle(async () => root.render(<>{askers.map(([name, of]) => <Asker key={name} name={name} of={of} />)}</>));
  await turn();
}

async function turn(): Promise<void> {
  await settle(async () => new Promise((wake) => setTimeout(wake, 5)));
}

async function reply(index: number, data: number | Error): Promise<void> {
  calls[index]!.reply(data instanceof Error ? data : new Response(JSON.stringify({ data: { answer: data } })));
  await turn();
}

beforeEach(() => {
  calls = [];
  seen = {};
  root = createRoot(document.createElement('div'));
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) =>
    new Promise((resolve, reject) => calls.push({ id: (JSON.parse(init.body as string) as { id: string }).id, reply: (answer) => (answer instanceof Error ? reject(answer) : resolve(answer)) })));
});

afterEach(async () => {
  await settle(async () => root.unmount());
  for (const call of calls) call.reply(new Error('over'));
  await turn();
  actAs(null);
  vi.unstubAllGlobals();
});

test('two who ask at once wait for one answer', async () => {
  await show(['card', 'x'], ['badge', 'x']);
  await reply(0, 7);

  expect(calls).toHaveLength(1);
  expect([seen.card?.data, seen.badge?.data]).toEqual([{ answer: 7 }, { answer: 7 }]);
});

test('one who comes while it is on its way waits for it too, and trouble is told to both', async () => {
  await show(['card', 'x']);
  await show(['card', 'x'], ['badge', 'x']);
  await reply(0, new TypeError('offline'));

  expect(calls).toHaveLength(1);
  expect([seen.card?.problem?.trouble, seen.badge?.problem?.trouble]).toEqual(['network', 'network']);
});

test('another question, and another person’s, is one of its own', async () => {
  await show(['card', 'x'], ['other', 'y']);
  actAs('wei');
  await show(['card', 'x'], ['other', 'y'], ['badge', 'x']);

  expect(calls).toHaveLength(3);
});

test('an answer that has come is asked for anew', async () => {
  await show(['card', 'x']);
  await reply(0, 1);
  await show(['card', 'x'], ['badge', 'x']);

  expect(calls).toHaveLength(2);
});

test('who hears of a change does not wait for what was asked before it, but both who hear of it ask once', async () => {
  await show(['card', 'x'], ['badge', 'x']);
  await settle(async () => {
    void seen.card!.again();
    void seen.badge!.again();
  });
  await reply(1, 2);

  expect(calls).toHaveLength(2);
  expect([seen.card?.data, seen.badge?.data]).toEqual([{ answer: 2 }, { answer: 2 }]);
});

test('what was asked earlier and comes later overwrites nothing', async () => {
  await show(['card', 'x']);
  await settle(async () => void seen.card!.again());
  await reply(1, 2);
  await reply(0, 1);

  expect(seen.card).toMatchObject({ data: { answer: 2 }, isLoading: false });
});

test('after an act nobody waits for what was asked before it', async () => {
  await show(['card', 'x']);
  const done = act(ACT, {});
  calls[1]!.reply(new Response(JSON.stringify({ data: { do: { result: 'ok', errors: [] } } })));
  await done;
  await show(['card', 'x'], ['badge', 'x']);

  expect(calls.map((call) => call.id)).toEqual([QUESTION, ACT, QUESTION]);
});
