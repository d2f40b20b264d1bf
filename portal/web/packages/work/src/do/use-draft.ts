/** What is typed and photographed for an act and not sent yet: kept while it is made, there again after the phone was killed. */
import { drafts, type PhotoIn } from '@anhuan/outbox';
import { whoIsHere } from '@anhuan/wire';
import { useCallback, useEffect, useRef, useState } from 'react';

export type Photos = Record<string, PhotoIn[]>;

export interface Draft<Value> {
  key: string;
  value: Value;
  photos: Photos;
  /** What is here was typed earlier and not sent. */
  wasRestored: boolean;
  /** Begin anew. */
  clear: () => void;
  set: (change: Partial<Value>) => void;
  setPhotos: (purpose: string, photos: PhotoIn[]) => void;
  /** While an act is on its way its draft is not kept: the outbox has it. Let go again, it is kept at once. */
  hold: (isHeld: boolean) => void;
}

interface Kept<Value> {
  value: Value;
  /** Which photo shows what, by purpose. */
  shows: Record<string, string[]>;
}

const PAUSE = 500;

/** The draft of one kind of act in one case. */
export function useDraft<Value extends object>(key: string, empty: Value): Draft<Value> {
  const [now, setNow] = useState<{ value: Value; photos: Photos }>({ value: empty, photos: {} });
  const latest = useRef(now);
  const isTouched = useRef(false);
  const isHeld = useRef(false);
  const [whose] = useState(() => whoIsHere()?.person.id);
  const [wasRestored, setRestored] = useState(false);
  const [first] = useState(empty);

  useEffect(() => {
    let isGone = false;
    void drafts.load(key).then(
      (found) => {
        // Whoever types faster than the phone remembers is not overwritten.
        if (!found || isGone || isTouched.current) return;
        const { value, shows } = found.value as Kept<Value>;
        const byId = new Map(found.photos.map((photo) => [photo.id, photo]));
        const photos = Object.fromEntries(Object.entries(shows).map(([purpose, ids]) => [purpose, ids.flatMap((id) => byId.get(id) ?? [])]));
        setNow((before) => ({ value: { ...before.value, ...value }, photos }));
        setRestored(found.photos.length > 0 || !isSame(value, first));
      },
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [key, first]);

  const keep = useCallback(() => {
    // Nobody's words are written among the things of another person who has signed in meanwhile.
    if (isHeld.current || !isTouched.current || whoIsHere()?.person.id !== whose) return;
    const { value, photos } = latest.current;
    const shows = Object.fromEntries(Object.entries(photos).map(([purpose, some]) => [purpose, some.map((photo) => photo.id)]));
    // A device that keeps nothing is told of when the act itself is to be kept.
    void drafts.save(key, { value, shows } satisfies Kept<Value>, Object.values(photos).flat()).catch(() => undefined);
  }, [key, whose]);

  useEffect(() => {
    latest.current = now;
    const timer = setTimeout(keep, PAUSE);
    return () => clearTimeout(timer);
  }, [now, keep]);

  useEffect(() => {
    document.addEventListener('visibilitychange', keep);
    return () => {
      document.removeEventListener('visibilitychange', keep);
      keep();
    };
  }, [keep]);

  const hold = useCallback(
    (held: boolean) => {
      isHeld.current = held;
      // It was handed over with its draft: what comes back is one again, even if nobody typed since it was opened.
      isTouched.current = true;
      keep();
    },
    [keep],
  );

  const change = useCallback((how: (before: { value: Value; photos: Photos }) => { value: Value; photos: Photos }) => {
    isTouched.current = true;
    setNow(how);
  }, []);
  const set = useCallback((part: Partial<Value>) => change((before) => ({ ...before, value: { ...before.value, ...part } })), [change]);
  const setPhotos = useCallback((purpose: string, some: PhotoIn[]) => change((before) => ({ ...before, photos: { ...before.photos, [purpose]: some } })), [change]);
  const clear = useCallback(() => {
    setRestored(false);
    change(() => ({ value: first, photos: {} }));
  }, [change, first]);
  return { key, value: now.value, photos: now.photos, wasRestored, clear, set, setPhotos, hold };
}

/** Whether nothing was entered; what was not kept is as it was. */
function isSame(kept: object, first: object): boolean {
  return JSON.stringify({ ...first, ...kept }) === JSON.stringify(first);
}
