/** What was typed and photographed and not sent yet: there again after the phone was dropped, killed or empty. */
import { openBox, theBox } from './current';
import { ROW_VERSION } from './rows';
import { StorageError } from './trouble';
import type { Draft, PhotoIn } from './types';

/** Where the photos of a draft lie: all those keys and no others, whatever is in the draft's own key. */
export function draftBytes(key: string): IDBKeyRange {
  return IDBKeyRange.bound(at(key, ''), at(key, '\uffff'));
}

function at(key: string, photoId: string): string {
  return `draft ${encodeURIComponent(key)} ${photoId}`;
}

/** One draft per key, such as the screen's path. */
export const drafts = {
  /** Keep this instead of what was kept under the key; photos that are there already are not written again. */
  async save(key: string, value: unknown, photos: readonly PhotoIn[] = []): Promise<void> {
    const kept: unknown = JSON.parse(JSON.stringify(value ?? null));
    await theBox().base.write(['drafts', 'bytes'], async (tx) => {
      const bytes = tx.objectStore('bytes');
      const present = new Set(await bytes.getAllKeys(draftBytes(key)));
      for (const photo of photos) {
        const place = at(key, photo.id);
        if (!present.delete(place)) await bytes.put(photo.data, place);
      }
      for (const left of present) await bytes.delete(left);
      await tx.objectStore('drafts').put({ v: ROW_VERSION, value: kept, photos: photos.map(({ data: _data, ...rest }) => rest), at: Date.now() }, key);
    });
  },

  /** What was kept, or undefined. */
  async load(key: string): Promise<Draft | undefined> {
    const box = openBox();
    if (!box) return undefined;
    return box.base.read(async (db) => {
      const draft = await db.get('drafts', key);
      if (!draft) return undefined;
      const photos: PhotoIn[] = [];
      for (const photo of draft.photos) {
        const data = await db.get('bytes', at(key, photo.id));
        if (data) photos.push({ ...photo, data });
      }
      return { value: draft.value, photos, at: draft.at };
    });
  },

  /** Forget it. */
  async drop(key: string): Promise<void> {
    const box = openBox();
    if (!box) throw new StorageError('CLOSED');
    await box.base.write(['drafts', 'bytes'], async (tx) => {
      await tx.objectStore('drafts').delete(key);
      await tx.objectStore('bytes').delete(draftBytes(key));
    });
  },
};
