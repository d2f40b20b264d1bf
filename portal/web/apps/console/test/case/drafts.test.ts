/** What was typed outlives the drawer and the page, but not what it was for. */
import { beforeEach, expect, it, vi } from 'vitest';

vi.mock('@anhuan/wire', () => ({ whoIsHere: () => ({ person: { id: 'wei' } }) }));

const upload = (state: string) => ({ id: state, name: 'a.jpg', local: 'blob:1', state, percent: 100 });

beforeEach(() => {
  sessionStorage.clear();
  vi.resetModules();
});

it('is another for another act and another round of work', async () => {
  const { placeOf } = await import('../../src/case/do/drafts');
  const places = [placeOf({ id: '1', round: 1 }, 'grade'), placeOf({ id: '1', round: 2 }, 'grade'), placeOf({ id: '1', round: 1 }, 'review'), placeOf({ id: '2', round: 1 }, 'grade')];
  expect(new Set(places).size).toBe(4);
});

it('keeps words and the act’s id over a reload, and files that have arrived without their local pictures', async () => {
  const before = await import('../../src/case/do/drafts');
  before.keepDraft('place', 'id', { reason: 'words', photos: [upload('ready'), upload('sending'), upload('failed')], people: ['wu'] });
  expect(before.draftAt('place')!.values.photos).toEqual([upload('ready')]);
  vi.resetModules();
  const after = await import('../../src/case/do/drafts');
  expect(after.draftAt('place')).toEqual({ id: 'id', values: { reason: 'words', photos: [{ ...upload('ready'), local: '' }], people: ['wu'] } });
});

it('is gone once it is dropped', async () => {
  const { draftAt, dropDraft, keepDraft } = await import('../../src/case/do/drafts');
  keepDraft('place', 'id', { reason: 'words' });
  dropDraft('place');
  expect(draftAt('place')).toBeNull();
  expect(sessionStorage.length).toBe(0);
});
