/** The outbox as screens show it, and what a person may do with an entry: try again, or throw away. */
import { WireError, said } from '@anhuan/wire';
import { words } from '@anhuan/i18n';
import { theBox } from './current';
import { VISIBLE } from './outcome';
import { isThere, isUnsent, type Row } from './rows';
import { StorageError } from './trouble';
import type { Entry } from './types';

const t = words({
  refused: ['有照片未被接收。可重新拍摄后再提交，或点重试不带该照片提交', 'A photo was not accepted. Take it again and submit anew, or retry to submit without it'],
});

/** Newest first. */
export async function entriesOf(): Promise<Entry[]> {
  const rows = await theBox().base.read((db) => db.getAll('acts'));
  return rows.sort((a, b) => b.seq - a.seq).map(shown);
}

/** Whether the server still lacks something of it. */
export function isWaiting(entry: Entry): boolean {
  if (entry.state === 'attention') return false;
  return entry.state !== 'done' || entry.photos.some((photo) => !photo.sent && photo.level !== 'refused');
}

/** Try at once, whatever was decided before. A declined one is sent again as it was. */
export async function retry(id: string): Promise<void> {
  const box = theBox();
  await box.update(id, (row) => {
    const isDone = row.state === 'done';
    const goesWithout = row.goesWithout || row.code === 'PHOTO_REFUSED';
    return {
      ...row,
      state: isDone ? 'done' : 'pending',
      tries: 0,
      nextAt: 0,
      goesWithout,
      trouble: undefined,
      code: undefined,
      problems: undefined,
      photos: isDone ? row.photos.map((photo) => (photo.level === 'refused' ? { ...photo, level: 'local', tries: 0, problem: undefined } : photo)) : row.photos,
    };
  });
  box.drain.hope();
}

/** Try everything at once. */
export async function retryAll(): Promise<void> {
  for (const entry of await entriesOf()) if (entry.state === 'attention' || isWaiting(entry)) await retry(entry.id);
}

/** Throw away what was declined or is done; it stays in the bin for a month. */
export async function discard(id: string): Promise<void> {
  await throwAway(id, (row) => {
    if (row.state !== 'attention' && row.state !== 'done') throw new StorageError('NOT_NOW');
    return true;
  });
}

/** Take back what has not begun to go, into the bin; false where it has, for then it may have arrived. */
export async function withdraw(id: string): Promise<boolean> {
  return throwAway(id, isUnsent);
}

async function throwAway(id: string, mayGo: (row: Row) => boolean): Promise<boolean> {
  const box = theBox();
  const isGone = await box.base.write(['acts', 'bytes', 'bin'], async (tx) => {
    const row = await tx.objectStore('acts').get(id);
    if (!row || !mayGo(row)) return false;
    const bytes: { id: string; data: ArrayBuffer }[] = [];
    for (const photo of row.photos) {
      const data = await tx.objectStore('bytes').get(photo.id);
      if (data) bytes.push({ id: photo.id, data });
      await tx.objectStore('bytes').delete(photo.id);
    }
    await tx.objectStore('bin').put({ id, at: Date.now(), row, bytes });
    await tx.objectStore('acts').delete(id);
    return true;
  });
  box.changedHere();
  box.drain.poke();
  return isGone;
}

/** Take out of the bin what was thrown away by mistake. */
export async function restore(id: string): Promise<void> {
  const box = theBox();
  await box.base.write(['acts', 'bytes', 'bin'], async (tx) => {
    const thrown = await tx.objectStore('bin').get(id);
    if (!thrown) return;
    for (const { id: photo, data } of thrown.bytes) await tx.objectStore('bytes').put(data, photo);
    await tx.objectStore('acts').put(thrown.row);
    await tx.objectStore('bin').delete(id);
  });
  box.changedHere();
  box.drain.poke();
}

function shown(row: Row): Entry {
  const { id, kind, title, about, createdAt, state, tries, nextAt, problems, receipt } = row;
  const photos = row.photos.map((photo) => ({
    id: photo.id,
    sent: isThere(photo) && photo.level !== 'refused',
    level: photo.level,
    thumbnail: photo.thumbnail,
    problem: photo.problem,
  }));
  return { id, kind, title, about, createdAt, state, tries, nextAt, problems, receipt, photos, error: errorOf(row) };
}

function errorOf(row: Row): Entry['error'] {
  if (!row.trouble || !row.code) return undefined;
  // A fault of ours that the next try may mend is none of the person's business.
  if (row.trouble === 'broken' && row.tries < VISIBLE) return undefined;
  const told = said(new WireError(row.trouble, row.code, row.problems));
  return { code: row.code, message: row.code === 'PHOTO_REFUSED' ? `${told} ${t.refused}` : told };
}
