/** What was typed into an act and not sent yet: kept as long as the tab is open, for this person, case, act and round of work. */
import { whoIsHere } from '@anhuan/wire';
import type { Doing } from '../doings';
import type { Upload } from './upload';

export interface Draft {
  /** The act's id: sent once already, perhaps, without an answer. */
  id: string;
  values: Record<string, unknown>;
}

/** With the pictures' local addresses, which no reload survives. */
const here = new Map<string, Draft>();

/** Where the draft of an act stands. */
export function placeOf(one: { id: string; round: number }, doing: Doing): string {
  return `anhuan.console.draft.${whoIsHere()?.person.id}.${one.id}.${one.round}.${doing}`;
}

/** The draft at a place, if there is one. */
export function draftAt(place: string): Draft | null {
  const known = here.get(place);
  if (known) return known;
  try {
    const kept = sessionStorage.getItem(place);
    return kept ? (JSON.parse(kept) as Draft) : null;
  } catch {
    return null;
  }
}

/** Keep what has been filled in so far; files that have not arrived are not part of it, for a reload cuts them off. */
export function keepDraft(place: string, id: string, values: object): void {
  const arrived = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, isUploads(value) ? value.filter(({ state }) => state === 'ready') : value]));
  here.set(place, { id, values: arrived });
  const lasting = Object.fromEntries(Object.entries(arrived).map(([name, value]) => [name, isUploads(value) ? value.map((upload) => ({ ...upload, local: '' })) : value]));
  try {
    sessionStorage.setItem(place, JSON.stringify({ id, values: lasting }));
  } catch {
    // Without storage it lasts until the page is left.
  }
}

/** It has been sent, or is not wanted any more. */
export function dropDraft(place: string): void {
  here.delete(place);
  sessionStorage.removeItem(place);
}

function isUploads(value: unknown): value is Upload[] {
  return Array.isArray(value) && value.length > 0 && value.every((one: unknown) => typeof one === 'object' && one !== null && 'state' in one && 'local' in one);
}
