/** What one person was answered is never shown to the next. */
import { beforeEach, expect, it, vi } from 'vitest';

const session = vi.hoisted(() => ({ person: 'lin' as string | null, tell: () => undefined as void, hushed: 0 }));
vi.mock('@anhuan/wire', async (real) => ({
  ...(await real<object>()),
  whoIsHere: () => session.person && { person: { id: session.person } },
  onSession: (tell: () => void) => {
    session.tell = tell;
    return () => undefined;
  },
  hush: () => {
    session.hushed += 1;
  },
}));

import { client } from '../../src/shared/query';
import { forgetOthers } from '../../src/shell/turn';

const become = (person: string | null): void => {
  session.person = person;
  session.tell();
};

beforeEach(() => {
  Object.assign(session, { person: 'lin', hushed: 0 });
  client.clear();
  client.setQueryData(['a question'], 'an answer for lin');
  forgetOthers();
});

it('keeps the answers while the same person goes on', () => {
  become('lin');
  expect(client.getQueryData(['a question'])).toBe('an answer for lin');
  expect(session.hushed).toBe(0);
});

it('forgets them when that person leaves', () => {
  become(null);
  expect(client.getQueryData(['a question'])).toBeUndefined();
});

it('forgets them, and lets go of the hints, when another tab signs somebody else in', () => {
  become('wei');
  expect(client.getQueryData(['a question'])).toBeUndefined();
  expect(session.hushed).toBe(1);
});
