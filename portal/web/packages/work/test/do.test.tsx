/** A form that somebody has begun stays as it is when the case moves on, and says so. */
import { act as settle } from 'preact/test-utils';
import { createRoot } from 'react-dom/client';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Case } from '../src/case/shape';
import Do from '../src/do/Do';

const world = vi.hoisted(() => ({ one: undefined as unknown, isOffered: true, tell: [] as (() => void)[] }));

vi.mock('wouter', () => ({ useLocation: () => ['/', () => undefined], useParams: () => ({ id: 'c', act: 'comment' }) }));
vi.mock('../src/case/buttons', () => ({ buttonsOf: () => ({ main: world.isOffered ? ['comment'] : [], more: [] }) }));
vi.mock('../src/case/use-case', async () => {
  const { useEffect, useState } = await import('react');
  return {
    useCase: () => {
      const [, redraw] = useState(0);
      useEffect(() => void world.tell.push(() => redraw((count) => count + 1)), []);
      return { found: world.one, problem: undefined, again: async () => undefined, pending: [] };
    },
  };
});
vi.mock('../src/do/Say', () => ({ Say: ({ one }: { one: Case }) => <p>{one.number}<input aria-label="words" /></p> }));

beforeEach(() => {
  Object.assign(world, { one: { id: 'c', number: 'HZ-1' }, isOffered: true, tell: [] });
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
