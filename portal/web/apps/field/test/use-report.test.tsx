/** A report while it is made: what was taken out stays out, what was sent is a draft no more, and what came back says where it was begun. */
import type { Located } from '@anhuan/bridge';
import type { PhotoIn } from '@anhuan/outbox';
import { act as settle } from 'preact/test-utils';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Declined } from '../src/report/declined';
import { useReport, type Making } from '../src/report/use-report';

const phone = vi.hoisted(() => ({
  kept: undefined as { value: unknown; photos: unknown[]; at: number } | undefined,
  key: '',
  who: 'lin',
  load: undefined as Promise<unknown> | undefined,
  answer: (): void => undefined,
  locate: (_found: Located): void => undefined,
}));

vi.mock('@anhuan/outbox', () => ({
  keeper: { get: () => Promise.resolve(undefined), put: () => Promise.resolve() },
  drafts: {
    save: (key: string, value: unknown, photos: unknown[]) => Promise.resolve(void ((phone.kept = { value, photos, at: Date.now() }), (phone.key = key))),
    load: async () => {
      await phone.load;
      return phone.kept;
    },
    drop: () => Promise.resolve(void (phone.kept = undefined)),
  },
}));
vi.mock('@anhuan/wire', () => ({ whoIsHere: () => ({ person: { id: phone.who } }), ask: () => Promise.reject(new Error('network')) }));
vi.mock('@anhuan/bridge', () => ({
  nearest: () => undefined,
  position: () => new Promise((resolve) => (phone.locate = resolve)),
}));

const PHOTO: PhotoIn = { id: 'p1', name: 'p1.jpg', mime: 'image/jpeg', data: new ArrayBuffer(3) };
const HERE = { latitude: 30, longitude: 120, accuracyM: 10 };
const CANTEEN = { latitude: 31, longitude: 121, accuracyM: 10 };
const HOUR = 60 * 60_000;

let making: Making;
let close: () => Promise<void>;

async function open(declined?: Declined): Promise<void> {
  function Screen() {
    const now = useReport(declined);
    useEffect(() => {
      making = now;
    });
    return null;
  }
  const root = createRoot(document.createElement('div'));
  await settle(async () => root.render(<Screen />));
  await settle(async () => pause(0));
  close = () => settle(async () => root.unmount());
}

async function pause(ms = 700): Promise<void> {
  return new Promise((wake) => setTimeout(wake, ms));
}

async function later(): Promise<void> {
  await settle(async () => pause());
}

function begun(age: number): void {
  phone.kept = { value: { ...making?.report, id: 'old', kind: 'fire', text: '', placeNote: '', spot: null, at: HERE, seenAt: null }, photos: [PHOTO], at: Date.now() - age };
}

beforeEach(() => {
  Object.assign(phone, { kept: undefined, who: 'lin', load: undefined });
  localStorage.clear();
});

afterEach(async () => close());

describe('the draft', () => {
  test('is kept while it is made', async () => {
    await open();
    await settle(() => making.addPhoto(PHOTO));
    await later();
    expect(phone.kept?.photos).toEqual([PHOTO]);
  });

  test('goes when everything was taken out again', async () => {
    await open();
    await settle(() => making.addPhoto(PHOTO));
    await later();
    await settle(() => making.removePhoto('p1'));
    await close();
    expect(phone.kept).toBeUndefined();
  });

  test('of a photo that was there before memory answered is kept all the same', async () => {
    phone.load = new Promise<void>((resolve) => (phone.answer = resolve));
    await open();
    await settle(() => making.addPhoto(PHOTO));
    await settle(async () => {
      phone.answer();
      await pause(10);
    });
    await later();
    expect(phone.kept?.photos).toEqual([PHOTO]);
  });

  test('is not born again while a slow phone hands it over', async () => {
    await open();
    await settle(() => making.change({ kind: 'fire' }));
    await later();
    await settle(() => {
      making.change({ seenAt: 1 });
      making.hold(true);
    });
    phone.kept = undefined;
    await later();
    await close();
    expect(phone.kept).toBeUndefined();
  });

  test('is kept again when it could not be handed over', async () => {
    await open();
    await settle(() => making.change({ kind: 'fire' }));
    await settle(() => making.hold(true));
    await later();
    expect(phone.kept).toBeUndefined();
    await settle(() => making.hold(false));
    await later();
    expect((phone.kept as { value: { kind: string } } | undefined)?.value.kind).toBe('fire');
  });

  test('is not written among the things of whoever has signed in meanwhile', async () => {
    await open();
    await settle(() => making.addPhoto(PHOTO));
    phone.who = 'wei';
    await close();
    expect(phone.kept).toBeUndefined();
  });
});

describe('what was begun before', () => {
  test('comes back by itself within minutes, and stays where it was begun', async () => {
    begun(HOUR / 60);
    await open();
    await settle(async () => phone.locate({ at: CANTEEN }));
    expect(making.wasRestored).toBe(true);
    expect(making.report).toMatchObject({ id: 'old', at: HERE });
  });

  test('hours later is asked about, and is not moved to where the phone is now', async () => {
    begun(2 * HOUR);
    await open();
    expect(making.older).toMatchObject({ photos: 1 });
    await settle(() => making.decide(true));
    await settle(async () => phone.locate({ at: CANTEEN }));
    expect(making.report).toMatchObject({ id: 'old', at: HERE });
    expect(making.photos).toEqual([PHOTO]);
  });

  test('is asked about when a position came first, too', async () => {
    begun(2 * HOUR);
    await open();
    await settle(async () => phone.locate({ at: CANTEEN }));
    await settle(() => making.decide(true));
    expect(making.report.at).toEqual(HERE);
  });

  test('is left for good where somebody says so', async () => {
    begun(2 * HOUR);
    await open();
    await settle(() => making.decide(false));
    await later();
    expect(phone.kept).toBeUndefined();
    expect(making.photos).toEqual([]);
  });
});

describe('a declined report', () => {
  const declined: Declined = {
    report: { id: 'r1', kind: 'fire', text: '灭火器过期', placeNote: '', spot: null, at: HERE, seenAt: 1 },
    photos: [PHOTO],
    problems: [{ code: 'BAD_INPUT', path: 'description', message: '太长' }],
  };

  test('is open as it was made, under its own id, and is not located anew', async () => {
    await open(declined);
    await settle(async () => phone.locate({ at: CANTEEN }));

    expect(making.report).toEqual(declined.report);
    expect(making.photos).toEqual([PHOTO]);
    expect(making.locating).toBe('found');
    await later();
    expect(phone.kept).toBeUndefined();
    await close();
  });

  test('keeps what is changed in it apart from a new report, and has it again however long ago that was', async () => {
    await open(declined);
    await settle(async () => making.change({ text: '改短' }));
    await later();
    expect(phone.key).toBe('report/r1');
    await close();
    phone.kept!.at -= 48 * HOUR;

    await open(declined);
    expect(making.report.text).toBe('改短');
    expect(making.wasRestored).toBe(true);
    expect(making.older).toBeNull();
    // The photo is the same thing as before, or it would count as taken anew.
    expect(making.photos[0]).toBe(PHOTO);
    await close();
  });
});
