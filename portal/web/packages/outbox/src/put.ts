/** Putting a command into the outbox: when this answers, the device has it, photos and all, even if the power fails. */
import { openBox, theBox } from './current';
import type { Box } from './box';
import { cleaned } from './clean';
import { draftBytes } from './drafts';
import { sha256 } from './hash';
import { sleep } from './patience';
import { storage } from './room';
import { ROW_VERSION, marked, type PhotoRow, type Row } from './rows';
import { rouse } from './rest';
import { askForSync } from './shell';
import { StorageError } from './trouble';
import type { Command, PhotoIn, Settled } from './types';

const MEGABYTE = 1024 * 1024;
/** What the server takes, and how many bytes of it. */
const LIMITS: Record<string, number> = {
  'image/jpeg': 25, 'image/png': 25, 'image/webp': 25, 'image/heic': 25, 'image/heif': 25, 'image/avif': 25, 'image/gif': 10,
  'application/pdf': 30, 'video/mp4': 200, 'video/quicktime': 200, 'video/3gpp': 200,
};

export interface How {
  /** Wait this long for the server's word, for screens that would rather say what came of it. */
  settleWithin?: number;
  /** The draft that this was made from; it goes in the same transaction. */
  draft?: string;
  /** Milliseconds to rest before it is sent, in which its person may withdraw it; leaving the app, or the next act of the same case, ends it. */
  rest?: number;
}

/** Throw a StorageError where no server would take the photo; best asked while its person still stands there. */
export function checkPhoto(photo: Pick<PhotoIn, 'mime' | 'data'>): void {
  const limit = LIMITS[photo.mime.split(';')[0]!.trim().toLowerCase()];
  if (!photo.data.byteLength) throw new StorageError('PHOTO_EMPTY');
  if (!limit) throw new StorageError('PHOTO_TYPE');
  if (photo.data.byteLength > limit * MEGABYTE) throw new StorageError('PHOTO_LARGE');
}

/**
 * Keep a command and send it. Rejects with a StorageError where the device keeps nothing: then whoever called still holds everything.
 * The same command again is the same command.
 */
export async function put(command: Command, how: How = {}): Promise<Settled> {
  const box = theBox();
  for (const photo of command.photos) checkPhoto(photo);
  if (command.photos.length && (await storage()).isFull) throw new StorageError('FULL');
  await keep(box, command, await sealed(command.photos), how);
  box.changedHere();
  box.drain.hope();
  void askForSync();
  return settled(box, command.id, how.settleWithin ?? 0);
}

/** Photos as rows. Before any transaction: one that waits for anything else commits by itself. */
export async function sealed(photos: readonly PhotoIn[]): Promise<PhotoRow[]> {
  const rows: PhotoRow[] = [];
  for (const { id, name, mime, data, thumbnail, takenAt } of photos)
    rows.push({ id, name, mime, size: data.byteLength, sha256: await sha256(data), thumbnail, takenAt, level: 'local', tries: 0 });
  return rows;
}

async function keep(box: Box, command: Command, photos: PhotoRow[], { draft, rest = 0 }: How): Promise<void> {
  const { id, kind, document, title, about } = command;
  const variables = cleaned(command.variables ?? {});
  const createdAt = Date.now();
  const nextAt = rest && createdAt + rest;
  await box.base.write(['acts', 'bytes', 'meta', 'drafts'], async (tx) => {
    const acts = tx.objectStore('acts');
    const before = await acts.get(id);
    if (before && !isSame(before, document, variables, photos)) throw new StorageError('TAKEN');
    if (!before) {
      const seq = (((await tx.objectStore('meta').get('seq')) as number | undefined) ?? 0) + 1;
      await tx.objectStore('meta').put(seq, 'seq');
      for (const photo of command.photos) await tx.objectStore('bytes').put(photo.data, photo.id);
      await acts.add(marked({ v: ROW_VERSION, id, seq, kind, document, variables, title, about, createdAt, state: 'pending', tries: 0, nextAt, photos }));
      if (about) await rouse(acts, createdAt, (row) => row.about === about && row.id !== id);
    }
    if (draft !== undefined) {
      await tx.objectStore('drafts').delete(draft);
      await tx.objectStore('bytes').delete(draftBytes(draft));
    }
  });
  // Some webviews have answered "done" and kept nothing.
  const isThere = await box.base.read(async (db) => {
    const row = await db.get('acts', id);
    const keys = await Promise.all(photos.map((photo) => db.getKey('bytes', photo.id)));
    return row !== undefined && (row.state === 'done' || keys.every((key) => key !== undefined));
  });
  if (!isThere) throw new StorageError('DEAD');
}

function isSame(row: Row, document: string, variables: unknown, photos: readonly PhotoRow[]): boolean {
  return row.document === document && JSON.stringify(row.variables) === JSON.stringify(variables) && seals(row.photos) === seals(photos);
}

function seals(photos: readonly PhotoRow[]): string {
  return JSON.stringify(photos.map((photo) => [photo.id, photo.sha256]));
}

/** What is known of a row after at most `ms`. */
export async function settled(box: Box, id: string, ms: number): Promise<Settled> {
  if (ms > 0) await Promise.race([word(box, id), sleep(ms)]);
  const row = await box.row(id).catch(() => undefined);
  if (row?.state === 'done') return { id, state: 'done', receipt: row.receipt };
  if (row?.state === 'attention') return { id, state: 'declined', problems: row.problems };
  return { id, state: 'waiting' };
}

/** The server has spoken, or the entry went away. */
async function word(box: Box, id: string): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      box.row(id).then(
        (row) => {
          if (row && row.state !== 'done' && row.state !== 'attention') return;
          stop();
          resolve();
        },
        () => undefined,
      );
    };
    const stop = box.onChange(look);
    look();
  });
}

/** The bytes of a photo that this device still has; of the open outbox only. */
export async function photoOf(id: string): Promise<Blob | undefined> {
  const box = openBox();
  if (!box) return undefined;
  return box.base.read(async (db) => {
    const data = await db.get('bytes', id);
    if (!data) return undefined;
    const rows = await db.getAll('acts');
    const photo = rows.flatMap((row) => row.photos).find((one) => one.id === id);
    return new Blob([data], { type: photo?.mime ?? 'image/jpeg' });
  });
}
