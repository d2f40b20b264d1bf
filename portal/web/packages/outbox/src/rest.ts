/** Commands that rest a moment before they are sent, so that their person may think again. */
import type { IDBPObjectStore } from 'idb';
import type { Store } from './base';
import { isResting, type Row, type Shape } from './rows';

/** Those that rest are due at once: all of them, or those that are meant. */
export async function rouse(acts: IDBPObjectStore<Shape, Store[], 'acts', 'readwrite'>, now: number, isMeant: (row: Row) => boolean = () => true): Promise<void> {
  for (const row of await acts.index('busy').getAll()) if (isResting(row, now) && isMeant(row)) await acts.put({ ...row, nextAt: 0 });
}
