/** A report while it is made: everything that was entered is kept on the phone at once and comes back after a kill. */
import { nearest, position, type Position } from '@anhuan/bridge';
import { drafts, type PhotoIn } from '@anhuan/outbox';
import { useCallback, useEffect, useRef, useState } from 'react';
import { v7 } from 'uuid';
import { knownPlaces, refreshPlaces, spotOfArea, spotOfThisShift, type Spot } from '../place/places';
import { takeSpot } from './handed';

export interface Report {
  id: string;
  kind: string | null;
  text: string;
  placeNote: string;
  spot: Spot | null;
  at: Position | null;
  seenAt: number | null;
}

export type Locating = 'asking' | 'found' | 'denied' | 'unavailable' | 'timeout';

/** Where a report that was not sent lives. */
export const DRAFT = 'report';
/** Younger than this it is the same report, for instance after the camera pushed the page out of memory. */
const SAME = 15 * 60_000;
const PAUSE = 400;

function fresh(spot: Spot | null): Report {
  return { id: v7(), kind: null, text: '', placeNote: '', spot: spot ?? spotOfThisShift() ?? null, at: null, seenAt: null };
}

export interface Making {
  report: Report;
  photos: readonly PhotoIn[];
  locating: Locating;
  /** An older draft that somebody must decide about. */
  older: { age: number; photos: number } | null;
  wasRestored: boolean;
  change: (some: Partial<Report>) => void;
  addPhoto: (photo: PhotoIn) => void;
  removePhoto: (id: string) => void;
  /** Take the older draft up again, or leave it for good. */
  decide: (isKept: boolean) => void;
  /** It has been sent: nothing of it is kept as a draft any more. */
  close: () => void;
}

/** The report of this screen. */
export function useReport(): Making {
  const [handed] = useState(takeSpot);
  const [report, setReport] = useState<Report>(() => fresh(handed));
  const [photos, setPhotos] = useState<readonly PhotoIn[]>([]);
  const [locating, setLocating] = useState<Locating>('asking');
  const [older, setOlder] = useState<{ value: Report; photos: readonly PhotoIn[]; age: number } | null>(null);
  const [wasRestored, setRestored] = useState(false);
  const isSettled = useRef(false);
  const isClosed = useRef(false);
  const pending = useRef<(() => void) | null>(null);

  const restore = useCallback((value: Report, kept: readonly PhotoIn[]) => {
    setReport((now) => ({ ...value, kind: now.kind ?? value.kind, text: now.text || value.text, at: now.at ?? value.at, spot: now.spot?.how === 'label' ? now.spot : value.spot ?? now.spot }));
    setPhotos((now) => [...kept.filter((one) => now.every((other) => other.id !== one.id)), ...now]);
    // Back from the scanner nobody needs to be told.
    setRestored(!handed);
  }, [handed]);

  useEffect(() => {
    drafts.load(DRAFT).then(
      (found) => {
        isSettled.current = true;
        if (!found || !hasContent(found.value as Report, found.photos)) return;
        if (handed || Date.now() - found.at < SAME) restore(found.value as Report, found.photos);
        else setOlder({ value: found.value as Report, photos: found.photos, age: Date.now() - found.at });
      },
      () => {
        isSettled.current = true;
      },
    );
  }, [handed, restore]);

  useEffect(() => {
    if (!isSettled.current || older || !hasContent(report, photos)) return undefined;
    pending.current = () => {
      pending.current = null;
      if (!isClosed.current) void drafts.save(DRAFT, report, [...photos]).catch(() => undefined);
    };
    const timer = setTimeout(() => pending.current?.(), PAUSE);
    return () => clearTimeout(timer);
  }, [report, photos, older]);

  useEffect(() => {
    // The pause is for typing; whoever leaves, or is pushed out, has it kept at once.
    const flush = (): void => pending.current?.();
    addEventListener('pagehide', flush);
    document.addEventListener('visibilitychange', flush);
    return () => {
      removeEventListener('pagehide', flush);
      document.removeEventListener('visibilitychange', flush);
      flush();
    };
  }, []);

  useEffect(() => {
    let isHere = true;
    void (async () => {
      const found = await position();
      if (!isHere) return;
      if ('why' in found) {
        setLocating(found.why);
        return;
      }
      setLocating('found');
      await refreshPlaces();
      const known = nearest((await knownPlaces()).areas, found.at);
      if (!isHere) return;
      setReport((now) => ({ ...now, at: found.at, spot: known && (!now.spot || now.spot.how === 'recent' || now.spot.how === 'position') ? spotOfArea(known.place, 'position') : now.spot }));
    })();
    return () => {
      isHere = false;
    };
  }, []);

  return {
    report,
    photos,
    locating,
    older: older && { age: older.age, photos: older.photos.length },
    wasRestored,
    change: useCallback((some) => setReport((now) => ({ ...now, ...some })), []),
    addPhoto: useCallback((photo) => setPhotos((now) => [...now, photo]), []),
    removePhoto: useCallback((id) => setPhotos((now) => now.filter((one) => one.id !== id)), []),
    decide: (isKept) => {
      if (older && isKept) restore(older.value, older.photos);
      else void drafts.drop(DRAFT).catch(() => undefined);
      setOlder(null);
    },
    close: () => {
      isClosed.current = true;
    },
  };
}

/** Whether there is anything that somebody would miss. */
export function hasContent(report: Pick<Report, 'kind' | 'text' | 'placeNote'>, photos: readonly unknown[]): boolean {
  return photos.length > 0 || Boolean(report.kind) || report.text.trim() !== '' || report.placeNote.trim() !== '';
}
