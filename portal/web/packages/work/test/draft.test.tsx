/** Acts on their way: a draft survives, nothing typed is lost when the server declines, and what was sent is a draft no more. */
import type { Command, Settled } from '@anhuan/outbox';
import { speak } from '@anhuan/i18n';
import { Toasts } from '@anhuan/ui';
import { act as settle } from 'preact/test-utils';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { useDraft, type Draft } from '../src/do/use-draft';
import { useSend, type Sending } from '../src/do/use-send';

const outbox = vi.hoisted(() => ({
  kept: new Map<string, { value: unknown; photos: unknown[] }>(),
  put: [] as { command: Command; draft: string | undefined }[],
  discarded: [] as string[],
  rests: [] as (number | undefined)[],
  isGone: false,
  answer: { state: 'done' } as Partial<Settled>,
  fails: null as Error | null,
}));

// wouter comes with React itself, which is not what these screens run on here.
vi.mock('wouter', () => ({ useLocation: () => ['/', () => undefined] }));

vi.mock('@anhuan/outbox', () => {
  class StorageError extends Error {}
  return {
    StorageError,
    drafts: {
      save: (key: string, value: unknown, photos: unknown[]) => Promise.resolve(void outbox.kept.set(key, { value: JSON.parse(JSON.stringify(value)), photos })),
      load: (key: string) => Promise.resolve(outbox.kept.get(key)),
    },
    put: (command: Command, how: { draft?: string; rest?: number }) => {
      if (outbox.fails) return Promise.reject(new StorageError(outbox.fails.message));
      outbox.put.push({ command, draft: how.draft });
      outbox.rests.push(how.rest);
      if (how.draft) outbox.kept.delete(how.draft);
      return Promise.resolve({ id: command.id, ...outbox.answer });
    },
    withdraw: (id: string) => Promise.resolve(!outbox.isGone && outbox.put.some(({ command }) => command.id === id)),
    discard: (id: string) => Promise.resolve(void outbox.discarded.push(id)),
  };
});

interface Words {
  text: string;
}

let draft: Draft<Words>;
let sending: Sending;
let close: () => Promise<void>;

function Screen() {
  const own = useDraft<Words>('c/comment', { text: '' });
  const way = useSend('c', own, ['body']);
  useEffect(() => {
    draft = own;
    sending = way;
  });
  return null;
}

async function open(): Promise<void> {
  const root = createRoot(document.createElement('div'));
  await settle(async () => root.render(<Screen />));
  close = () => settle(async () => root.unmount());
  // What is remembered comes a moment after the first drawing.
  await settle(async () => new Promise((wake) => setTimeout(wake, 5)));
}

async function type(text: string): Promise<void> {
  await settle(async () => draft.set({ text }));
}

async function send(): Promise<void> {
  await settle(async () => sending.send({ kind: 'comment', document: 'd' as never, title: draft.value.text, variables: (id) => ({ input: { id, body: draft.value.text } }) as never }));
}

const photo = { id: 'p1', name: 'p1.jpg', mime: 'image/jpeg', data: new ArrayBuffer(1) };

beforeEach(() => {
  speak('zh');
  Object.assign(outbox, { kept: new Map(), put: [], discarded: [], rests: [], isGone: false, answer: { state: 'done' }, fails: null });
  history.replaceState(null, '', '/c/do');
});

describe('a draft', () => {
  test('is there again, words and photos, after the screen was torn down', async () => {
    await open();
    await type('更换中');
    await settle(async () => draft.setPhotos('comment', [photo]));
    await close();

    await open();
    expect(draft.value.text).toBe('更换中');
    expect(draft.photos).toEqual({ comment: [photo] });
    await close();
  });

  test('says that it came back, and is begun anew on request', async () => {
    await open();
    expect(draft.wasRestored).toBe(false);
    await type('更换中');
    expect(draft.wasRestored).toBe(false);
    await close();

    await open();
    expect(draft.wasRestored).toBe(true);
    await settle(async () => draft.clear());
    expect(draft.value.text).toBe('');
    expect(draft.wasRestored).toBe(false);
    await close();

    // What was emptied comes back as nothing that anybody would be told of.
    await open();
    expect(draft.value.text).toBe('');
    expect(draft.wasRestored).toBe(false);
    await close();
  });

  test('does not overwrite what was typed before it was read', async () => {
    outbox.kept.set('c/comment', { value: { value: { text: '旧' }, shows: {} }, photos: [] });
    const root = createRoot(document.createElement('div'));
    await settle(async () => {
      root.render(<Screen />);
      await Promise.resolve();
    });
    await type('新');
    expect(draft.value.text).toBe('新');
    await settle(async () => root.unmount());
  });

  test('that nobody touched is not kept', async () => {
    await open();
    await close();
    expect([...outbox.kept]).toEqual([]);
  });
});

describe('sending', () => {
  test('hands the draft over in one go, and leaving afterwards does not bring it back', async () => {
    await open();
    await type('已处理');
    await send();
    await close();

    expect(outbox.put).toMatchObject([{ draft: 'c/comment', command: { kind: 'comment', about: 'c', title: '已处理', variables: { input: { body: '已处理' } } } }]);
    expect((outbox.put[0]!.command.variables as { input: { id: string } }).input.id).toBe(outbox.put[0]!.command.id);
    expect(outbox.kept.size).toBe(0);
  });

  test('what was declined stays on the screen with the reason beside its field, is a draft again, and goes out as another act', async () => {
    outbox.answer = { state: 'declined', problems: [{ code: 'TEXT_LONG', path: 'body', message: '太长' }, { code: 'OTHER', path: null, message: '别的' }] };
    await open();
    await type('很长的话');
    await send();

    expect(sending.wrong('body')).toBe('太长');
    expect(sending.general).toEqual(['别的']);
    expect(outbox.discarded).toEqual([outbox.put[0]!.command.id]);
    expect(draft.value.text).toBe('很长的话');
    expect(outbox.kept.get('c/comment')).toMatchObject({ value: { value: { text: '很长的话' } } });

    outbox.answer = { state: 'waiting' };
    await send();
    expect(outbox.put[1]!.command.id).not.toBe(outbox.put[0]!.command.id);
    await close();
  });

  test('two taps are one act', async () => {
    await open();
    await type('已处理');
    const { send: once } = sending;
    const given = { kind: 'comment', document: 'd' as never, title: '已处理', variables: (id: string) => ({ input: { id } }) as never } as const;
    await settle(async () => {
      await Promise.all([once(given), once(given)]);
    });
    expect(outbox.put).toHaveLength(1);
    await close();
  });

  test('what was declined is a draft again even if nobody typed since it came back', async () => {
    outbox.kept.set('c/comment', { value: { value: { text: '昨天写的' }, shows: {} }, photos: [] });
    outbox.answer = { state: 'declined', problems: [{ code: 'NOT_NOW', message: '案件已关闭' }] };
    await open();
    await send();
    await close();

    expect(outbox.kept.get('c/comment')).toMatchObject({ value: { value: { text: '昨天写的' } } });
  });

  test('nothing is written among the things of whoever has signed in meanwhile', async () => {
    await open();
    await type('林小雨写的');
    localStorage.setItem('anhuan.who', JSON.stringify({ language: 'zh', can: [], company: { id: 'hengtai', zone: 'Asia/Shanghai' }, person: { id: 'wei' } }));
    await settle(async () => void dispatchEvent(new StorageEvent('storage', { key: 'anhuan.who' })));
    await close();
    localStorage.removeItem('anhuan.who');
    dispatchEvent(new StorageEvent('storage', { key: 'anhuan.who' }));

    expect([...outbox.kept]).toEqual([]);
  });

  test('where the device keeps nothing it says so and lets go of nothing', async () => {
    outbox.fails = new Error('手机存储空间不足');
    await open();
    await type('不能丢');
    await send();

    expect(sending.general).toEqual(['手机存储空间不足']);
    expect(draft.value.text).toBe('不能丢');
    expect(sending.isSending).toBe(false);
    await close();
  });
});

describe('taking back', () => {
  const place = document.createElement('div');
  let messages: ReturnType<typeof createRoot>;

  async function comment(text: string): Promise<void> {
    messages = createRoot(place);
    await settle(async () => messages.render(<Toasts />));
    await open();
    await type(text);
    await settle(async () => draft.setPhotos('comment', [photo]));
    outbox.answer = { state: 'waiting' };
    await settle(async () => sending.send({ kind: 'comment', canUndo: true, document: 'd' as never, title: text, variables: (id) => ({ input: { id, body: text } }) as never }));
    await close();
    expect(outbox.kept.size).toBe(0);
  }

  async function undo(): Promise<void> {
    const [button] = [...place.querySelectorAll('button')].slice(-1);
    expect(button?.textContent).toBe('撤销');
    await settle(async () => button!.click());
    await settle(async () => new Promise((wake) => setTimeout(wake, 5)));
  }

  test('a comment rests longer than its button is there, and taken back it is a draft again, photos and all', async () => {
    await comment('写错了');
    expect(outbox.rests[0]).toBeGreaterThan(5_000);
    await undo();

    expect(outbox.kept.get('c/comment')).toMatchObject({ value: { value: { text: '写错了' }, shows: { comment: ['p1'] } }, photos: [photo] });
    expect(place.textContent).toContain('已撤销');
    await settle(async () => messages.unmount());
  });

  test('what has gone is no draft again, and it is said', async () => {
    await comment('已经走了');
    outbox.isGone = true;
    await undo();

    expect(outbox.kept.size).toBe(0);
    expect(place.textContent).toContain('已经发出');
    await settle(async () => messages.unmount());
  });

  test('other acts go at once', async () => {
    await open();
    await type('已处理');
    await send();
    await close();

    expect(outbox.rests).toEqual([undefined]);
  });
});
