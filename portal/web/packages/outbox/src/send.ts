/** One row goes as far as it can: its photos, the act itself, and the last word that the photos are safe. */
import { WireError, act, type Document } from '@anhuan/wire';
import type { Box } from './box';
import { Unwanted, heard, untilAsked } from './outcome';
import { patient, sleep } from './patience';
import { announceAll, askWhetherDurable, uploadAll } from './photos';
import { isThere, type Row } from './rows';
import type { Kind } from './types';

/** A person in danger matters more than bytes: after this long a report goes ahead of its photos. */
const HEAD_START = 15_000;
/** What goes on without a photo that was refused; elsewhere the photo is the proof, and the person decides. */
const GOES_ON: readonly Kind[] = ['report', 'stopWork', 'progress', 'comment'];

/** So often photos that the server has lost are brought again before their person is asked. */
const LOST = 5;

type Anything = Document<Record<string, { result: unknown; errors: [] }>, unknown>;

/** Do what is left to do for a row; throws what stopped it. Everything that was reached is written down on the way. */
export async function send(box: Box, id: string): Promise<void> {
  let row = await box.wanted(id);
  let uploading: Promise<unknown> = Promise.resolve();
  if (row.state !== 'done') {
    row = await box.changed(id, (one) => (one.state === 'pending' ? { ...one, state: 'sending' } : one));
    if (row.kind === 'report') {
      const tickets = await announceAll(box, row);
      uploading = box.uploading(row, (now) => uploadAll(box, now, tickets));
      await Promise.race([uploading, sleep(HEAD_START)]);
    } else await uploadAll(box, row);
    await perform(box, id);
  } else uploading = box.uploading(row, (now) => uploadAll(box, now));
  const problem = await uploading;
  if (problem) throw problem;
  row = await box.wanted(id);
  if (!row.photos.every(isThere)) throw new WireError('busy', 'PHOTOS_LEFT');
  if (!row.busy) return;
  await askWhetherDurable(box, row);
  await box.update(id, (one) => (one.busy ? { ...one, ...quiet, ...later(one) } : one));
}

function later(row: Row): Pick<Row, 'tries' | 'nextAt'> {
  const tries = row.trouble ? 0 : row.tries;
  return { tries: tries + 1, nextAt: Date.now() + untilAsked(tries) };
}

const quiet = { trouble: undefined, code: undefined, problems: undefined };

/** The act, once and for all: what was sent first is what is sent always. */
async function perform(box: Box, id: string): Promise<void> {
  const row = await box.changed(id, freeze);
  if (row.state === 'attention') throw new Unwanted();
  let result: unknown;
  try {
    result = await patient(act(row.document as Anything, row.frozen, { as: box.owner.personId }));
  } catch (problem) {
    if (heard(problem).code === 'EVIDENCE_REFUSED' && (await takeOut(box, id))) return perform(box, id);
    if (row.tries >= LOST || !row.photos.length || !isAboutPhotos(problem)) throw problem;
    await box.update(id, announceAgain);
    throw new WireError('busy', 'PHOTOS_LOST');
  }
  await box.update(id, (one) => ({
    ...one,
    ...quiet,
    state: 'done',
    tries: 0,
    nextAt: 0,
    receipt: one.receipt ?? { ...numbered(result), level: 'received', at: Date.now(), result },
  }));
}

/** Fix what is sent. From here on only the server's own refusal of a photo can change it. */
function freeze(row: Row): Row {
  if (row.frozen !== undefined) return row;
  const refused = row.photos.filter((photo) => photo.level === 'refused').map((photo) => photo.id);
  if (refused.length && !row.goesWithout && !GOES_ON.includes(row.kind)) {
    const problems = row.photos.flatMap((photo) => (photo.problem ? [{ code: 'PHOTO_REFUSED', path: 'evidence', message: photo.problem }] : []));
    return { ...row, state: 'attention', trouble: 'declined', code: 'PHOTO_REFUSED', problems };
  }
  return { ...row, frozen: without(row.variables, refused) };
}

/**
 * A photo was refused after the act had been sent with it and before the act arrived. Refused is for ever, so no earlier try can still
 * be accepted, and the act may go without it under the same id.
 */
async function takeOut(box: Box, id: string): Promise<boolean> {
  const before = await box.wanted(id);
  try {
    await uploadAll(box, { ...before, photos: before.photos.filter((photo) => photo.level !== 'refused') });
  } catch (problem) {
    if (heard(problem).trouble !== 'declined') throw problem;
  }
  const row = await box.changed(id, (one) => ({ ...one, frozen: undefined }));
  const now = freeze(row);
  return JSON.stringify(now.frozen ?? null) !== JSON.stringify(before.frozen ?? null);
}

/** The server does not know a photo that it knew, or has lost its bytes. */
function isAboutPhotos(problem: unknown): boolean {
  return problem instanceof WireError && problem.problems.some((one) => one.path === 'evidence' && (one.code === 'NOT_FOUND' || one.code === 'EVIDENCE_NOT_READY'));
}

function announceAgain(row: Row): Row {
  return { ...row, photos: row.photos.map((photo) => (photo.level === 'refused' ? photo : { ...photo, level: 'local' })) };
}

/** The same variables without these photos, wherever they are named: as ids in a list or as things that carry one. */
export function without(value: unknown, ids: readonly string[]): unknown {
  const names = (one: unknown): boolean => typeof one === 'string' && ids.includes(one);
  if (!ids.length) return value;
  if (Array.isArray(value))
    return value.filter((one) => !names(one) && !(isThing(one) && Object.values(one).some(names))).map((one) => without(one, ids));
  if (!isThing(value)) return value;
  const rest: Record<string, unknown> = {};
  for (const [key, one] of Object.entries(value)) rest[key] = without(one, ids);
  return rest;
}

function isThing(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The number of the case that the act answered with, by which people speak of it. */
function numbered(result: unknown): { number?: string } {
  if (!isThing(result)) return {};
  if (typeof result.number === 'string') return { number: result.number };
  return isThing(result.case) ? numbered(result.case) : {};
}
