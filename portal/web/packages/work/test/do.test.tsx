/** A form that somebody has begun stays as it is when the case moves on, and says so; what was handed in already is not asked for twice. */
import { act as settle } from 'preact/test-utils';
import { createRoot } from 'react-dom/client';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Entry } from '@anhuan/outbox';
import type { Case } from '../src/case/shape';
import Do from '../src/do/Do';

const world = vi.hoisted(() => ({ one: undefined as unknown, act: 'comment', isOffered: true, handed: [] as Entry[] | undefined, tell: [] as (() => void)[] }));

vi.mock('wouter', () => ({ useLocation: () => ['/', () => undefined], useParams: () => ({ id: 'c', act: world.act }) }));
vi.mock('../src/case/buttons', async (original) => ({ ...(await original<object>()), buttonsOf: () => ({ main: world.isOffered ? [world.act] : [], more: [] }) }));
vi.mock('../src/case/use-case', async () => {
  const { useEffect, useState } = await import('react');
  return {
    useCase: () => {
      const [, redraw] = useState(0);
      useEffect(() => void world.tell.push(() => redraw((count) => count + 1)), []);
      return { found: world.one, problem: undefined, again: async () => undefined, pending: [], handed: world.handed };
    },
  };
});
vi.mock('../src/do/Rectify', () => ({ Rectify: () => <textarea aria-label="measures" /> }));
vi.mock('../src/do/Say', () => ({ Say: ({ one }: { one: Case }) => <p>{one.number}<input aria-label="words" /></p> }));

beforeEach(() => {
  Object.assign(world, { one: { id: 'c', number: 'HZ-1' }, act: 'comment', isOffered: true, handed: [], tell: [] });
});

async function open(): Promise<HTMLElement> {
  const place = document.createElement('div');
  await settle(async () => createRoot(place).render(<Do />));
  return place;
}

async function movesOn(): Promise<void> {
  Object.assign(world, { one: { id: 'c', number: 'HZ-1 moved' }, isOffered: false });
  await settle(async () => world.tell.forEach((tell) => tell()));
}

test('the form stays, over the case as it was when it was begun, and says that the case has moved on', async () => {
  const place = await open();
  place.querySelector('input')!.value = '写到一半';

  await movesOn();

  expect(place.querySelector('input')!.value).toBe('写到一半');
  expect(place.querySelector('p')!.textContent).toBe('HZ-1');
  expect(place.textContent).toMatch(/Somebody else may have done it|可能已由他人办理/);
});

test('what was never offered is not begun', async () => {
  world.isOffered = false;
  const place = await open();
  expect(place.querySelector('input')).toBeNull();
});

describe('what was handed in already', () => {
  const waits = { id: 'e', kind: 'rectification', state: 'pending' } as Entry;

  test('is said instead of the form, and nothing is begun before that is known', async () => {
    Object.assign(world, { act: 'rectify', handed: undefined });
    const place = await open();
    expect(place.querySelector('textarea')).toBeNull();

    world.handed = [waits];
    await settle(async () => world.tell.forEach((tell) => tell()));

    expect(place.querySelector('textarea')).toBeNull();
    expect(place.textContent).toMatch(/已提交，等待上传|Handed in, to be uploaded/);
  });

  test('does not close the form that has just handed it in', async () => {
    world.act = 'rectify';
    const place = await open();

    world.handed = [waits];
    await settle(async () => world.tell.forEach((tell) => tell()));

    expect(place.querySelector('textarea')).not.toBeNull();
  });

  test('holds back no other act', async () => {
    Object.assign(world, { act: 'control', handed: [waits] });
    expect((await open()).querySelector('textarea')).not.toBeNull();
  });
});
