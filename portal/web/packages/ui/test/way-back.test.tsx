/** The way back of a phone: it closes what lies on top, one after the other, and leaves nothing in the history that nobody wants. */
import { act as settle } from 'preact/test-utils';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { closeTop, useWayBack } from '../src/way-back';

/** A history as browsers have it: a step back is taken a moment after it was asked for. */
let steps: { state: unknown; path: string }[];
let at: number;

function back(): void {
  setTimeout(() => {
    if (at === 0) return;
    at -= 1;
    dispatchEvent(new Event('popstate'));
  }, 1);
}

beforeEach(() => {
  steps = [{ state: null, path: '/before' }, { state: null, path: '/case' }];
  at = 1;
  vi.stubGlobal('history', {
    get state() {
      return steps[at]!.state;
    },
    pushState: (state: unknown, _: string, path = steps[at]!.path) => {
      steps = [...steps.slice(0, at + 1), { state, path }];
      at += 1;
    },
    back,
  });
});
afterEach(async () => {
  await show([]);
  vi.unstubAllGlobals();
});

async function moment(): Promise<void> {
  await settle(async () => new Promise((wake) => setTimeout(wake, 30)));
}

function Layer({ onClose }: { onClose: () => void }) {
  useWayBack(onClose);
  return null;
}

let show: (names: string[]) => Promise<void>;
let closed: string[];

async function open(...names: string[]): Promise<void> {
  const root = createRoot(document.createElement('div'));
  closed = [];
  show = async (shown) => {
    await settle(async () => root.render(<>{shown.map((name) => <Layer key={name} onClose={() => { closed.push(name); void show(shown.filter((other) => other !== name)); }} />)}</>));
    await moment();
  };
  await show(names);
}

function where(): string {
  return steps[at]!.path + ((steps[at]!.state as { layer?: number } | null)?.layer ? '+' : '');
}

describe('the way back', () => {
  test('closes a sheet and stays on its screen; the next leaves the screen', async () => {
    await open('sheet');
    expect(where()).toBe('/case+');

    history.back();
    await moment();
    expect(closed).toEqual(['sheet']);
    expect(where()).toBe('/case');

    history.back();
    await moment();
    expect(where()).toBe('/before');
  });

  test('closes of two the upper one', async () => {
    await open('sheet');
    await show(['sheet', 'photo']);

    history.back();
    await moment();
    expect(closed).toEqual(['photo']);
    expect(where()).toBe('/case+');
  });

  test('needs no second press after a sheet was closed by its cross', async () => {
    await open('sheet');
    await show([]);
    expect(where()).toBe('/case');
    expect(closed).toEqual([]);
  });

  test('does not stop at a sheet from which one went elsewhere', async () => {
    await open('sheet');
    history.pushState(null, '', '/do');
    await show([]);
    expect(where()).toBe('/do');

    history.back();
    await moment();
    expect(where()).toBe('/case');
  });

  test('one sheet that takes the place of another is not closed with it', async () => {
    await open('first');
    await show(['second']);
    expect(closed).toEqual([]);

    history.back();
    await moment();
    expect(closed).toEqual(['second']);
    expect(where()).toBe('/case');
  });

  test('closeTop leaves the screen below alone in the history', async () => {
    await open('sheet');
    await settle(async () => closeTop());
    await moment();

    expect(closed).toEqual(['sheet']);
    expect(where()).toBe('/case');
    await closeTop();
    expect(where()).toBe('/case');
  });
});
