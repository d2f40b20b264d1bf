/** A declined command put right: what it holds is handed out to a screen, and other content takes its place under its own id. */
import type { Problem } from '@anhuan/wire';
import { cleaned } from './clean';
import { openBox, theBox } from './current';
import { draftBytes } from './drafts';
import { checkPhoto, sealed, settled, type How } from './put';
import { storage } from './room';
import { marked, type PhotoRow, type Row } from './rows';
import { StorageError } from './trouble';
import type { Command, PhotoIn, Settled } from './types';

/** What a command was to say, and what was said of it. */
export interface Content {
  variables: unknown;
  /** Those of which the bytes are still here. */
  photos: PhotoIn[];
  problems: readonly Problem[];
}

/** What a declined command holds; undefined where it is gone, or not declined. */
export async function contentOf(id: string): Promise<Content | undefined> {
  const box = openBox();
  if (!box) return undefined;
  return box.base.read(async (db) => {
    const row = await db.get('acts', id);
    if (row?.state !== 'attention') return undefined;
    const photos: PhotoIn[] = [];
    for (const { id: photo, name, mime, thumbnail, takenAt } of row.photos) {
      const data = await db.get('bytes', photo);
      if (data) photos.push({ id: photo, name, mime, data, thumbnail, takenAt });
    }
    return { variables: row.variables, photos, problems: row.problems ?? [] };
  });
}

/**
 * Other content in the place of a declined command, sent at once; `NOT_NOW` where it is not declined any more. What was declined was not
 * done, so the same id may say something else; photos that are the same and have arrived are not sent twice.
 */
export async function amend(command: Command, { draft, settleWithin = 0 }: Omit<How, 'rest'> = {}): Promise<Settled> {
  const box = theBox();
  for (const photo of command.photos) checkPhoto(photo);
  const photos = await sealed(command.photos);
  const before = await box.row(command.id);
  const isNew = photos.some((photo) => before?.photos.every((other) => other.id !== photo.id));
  if (isNew && (await storage()).isFull) throw new StorageError('FULL');
  await box.base.write(['acts', 'bytes', 'drafts'], async (tx) => {
    const [acts, bytes] = [tx.objectStore('acts'), tx.objectStore('bytes')];
    const row = await acts.get(command.id);
    if (row?.state !== 'attention') throw new StorageError('NOT_NOW');
    for (const old of row.photos) if (photos.every((photo) => photo.id !== old.id)) await bytes.delete(old.id);
    for (const photo of command.photos) await bytes.put(photo.data, photo.id);
    await acts.put(marked(amended(row, command, photos)));
    if (draft !== undefined) {
      await tx.objectStore('drafts').delete(draft);
      await bytes.delete(draftBytes(draft));
    }
  });
  box.changedHere();
  box.drain.hope();
  return settled(box, command.id, settleWithin);
}

function amended(row: Row, { document, variables, title }: Command, photos: readonly PhotoRow[]): Row {
  const { frozen: _frozen, goesWithout: _goesWithout, trouble: _trouble, code: _code, problems: _problems, ...rest } = row;
  return {
    ...rest,
    document,
    title,
    variables: cleaned(variables ?? {}),
    state: 'pending',
    tries: 0,
    nextAt: 0,
    photos: photos.map((photo) => row.photos.find((old) => old.id === photo.id && old.sha256 === photo.sha256 && old.level !== 'refused') ?? photo),
  };
}
