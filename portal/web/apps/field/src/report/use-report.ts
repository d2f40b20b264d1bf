/** A report while it is made: everything that was entered is kept on the phone at once and comes back after a kill. */
import { nearest, position, type Position } from '@anhuan/bridge';
import { drafts, type PhotoIn } from '@anhuan/outbox';
import { whoIsHere } from '@anhuan/wire';
import { useCallback, useEffect, useRef, useState } from 'react';
import { v7 } from 'uuid';
import { knownPlaces, refreshPlaces, spotOfArea, spotOfThisShift, type Spot } from '../place/places';
import type { Declined } from './declined';
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
  decide: (isTaken: boolean) => void;
  /** While it is handed over it is not kept as a draft: the outbox has it. Let go again, it is kept at once. */
  hold: (isHeld: boolean) => void;
}

/** Where what is changed in a declined report lives until it is sent again. */
export function draftOf(declined: Declined | undefined): string {
  return declined ? `${DRAFT}/${declined.report.id}` : DRAFT;
}

/** The report of this screen: a new one, or one that was declined. */
export function useReport(declined?: Declined): Making {
  const draft = draftOf(declined);
  const [handed] = useState(takeSpot);
  const [report, setReport] = useState<Report>(() => (declined ? { ...declined.report, spot: handed ?? declined.report.spot } : fresh(handed)));
  const [photos, setPhotos] = useState<readonly PhotoIn[]>(declined?.photos ?? []);
  const [locating, setLocating] = useState<Locating>(declined ? (declined.report.at ? 'found' : 'unavailable') : 'asking');
  const [older, setOlder] = useState<{ value: Report; photos: readonly PhotoIn[]; age: number } | null>(null);
  const [wasRestored, setRestored] = useState(false);
  /** Whether memory was asked: before that nothing of what is there is written over. */
  const [isSettled, setSettled] = useState(false);
  const [whose] = useState(() => whoIsHere()?.person.id);
  const isHeld = useRef(false);
  const isKept = useRef(false);
  /** Seen somewhere else, a while ago: where the phone is now says nothing about it. */
  const isFromElsewhere = useRef(Boolean(declined));
  const pending = useRef<(() => void) | null>(null);

  const restore = useCallback((value: Report, kept: readonly PhotoIn[]) => {
    isKept.current = true;
    // Back from the scanner nobody needs to be told.
    setRestored(!handed);
    if (declined) {
      setReport((now) => ({ ...value, spot: handed ? now.spot : value.spot }));
      // The same photo stays the same thing, by which it is known whether it was taken again.
      setPhotos(kept.map((one) => declined.photos.find((other) => other.id === one.id) ?? one));
      return;
    }
    setReport((now) => ({ ...value, kind: now.kind ?? value.kind, text: now.text || value.text, at: value.at ?? now.at, spot: now.spot?.how === 'label' ? now.spot : value.spot ?? now.spot }));
    setPhotos((now) => [...kept.filter((one) => now.every((other) => other.id !== one.id)), ...now]);
  }, [declined, handed]);

  useEffect(() => {
    drafts.load(draft).then(
      (found) => {
        setSettled(true);
        if (!found || !hasContent(found.value as Report, found.photos)) return;
        if (declined || Math.abs(Date.now() - found.at) < SAME) restore(found.value as Report, found.photos);
        else setOlder({ value: found.value as Report, photos: found.photos, age: Date.now() - found.at });
      },
      () => setSettled(true),
    );
  }, [restore, declined, draft]);

  useEffect(() => {
    pending.current = null;
    const isEmpty = !hasContent(report, photos);
    const isAsBefore = declined !== undefined && !isKept.current && isSame(declined, report, photos);
    if (!isSettled || older || isAsBefore || (isEmpty && !isKept.current)) return undefined;
    pending.current = () => {
      pending.current = null;
      // What was sent is a draft no more, and nobody's is written among another person's.
      if (isHeld.current || whoIsHere()?.person.id !== whose) return;
      isKept.current = !isEmpty;
      // What was taken out again does not come back.
      void (isEmpty ? drafts.drop(draft) : drafts.save(draft, report, [...photos])).catch(() => undefined);
    };
    const timer = setTimeout(() => pending.current?.(), PAUSE);
    return () => clearTimeout(timer);
  }, [report, photos, older, isSettled, whose, declined, draft]);

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
    if (isFromElsewhere.current) return undefined;
    void (async () => {
      const found = await position();
      if (!isHere || isFromElsewhere.current) return;
      if ('why' in found) {
        setLocating(found.why);
        return;
      }
      setLocating('found');
      await refreshPlaces();
      const known = nearest((await knownPlaces()).areas, found.at);
      if (!isHere || isFromElsewhere.current) return;
      // One that came back says itself where it was begun.
      setReport((now) => (now.at ? now : { ...now, at: found.at, spot: known && isGuess(now.spot) ? spotOfArea(known.place, 'position') : now.spot }));
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
    decide: (isTaken) => {
      if (older && isTaken) {
        isFromElsewhere.current = true;
        setReport((now) => ({ ...now, at: older.value.at }));
        setLocating(older.value.at ? 'found' : 'unavailable');
        restore(older.value, older.photos);
      } else void drafts.drop(draft).catch(() => undefined);
      setOlder(null);
    },
    hold: (held) => {
      isHeld.current = held;
      if (!held) setReport((now) => ({ ...now }));
    },
  };
}

/** Whether nothing was changed in it yet. */
function isSame(declined: Declined, report: Report, photos: readonly PhotoIn[]): boolean {
  return photos === declined.photos && JSON.stringify(report) === JSON.stringify(declined.report);
}

/** Whether nobody said so: then something better may take its place. */
function isGuess(spot: Spot | null): boolean {
  return !spot || spot.how === 'recent' || spot.how === 'position';
}

/** Whether there is anything that somebody would miss. */
export function hasContent(report: Pick<Report, 'kind' | 'text' | 'placeNote'>, photos: readonly unknown[]): boolean {
  return photos.length > 0 || Boolean(report.kind) || report.text.trim() !== '' || report.placeNote.trim() !== '';
}
