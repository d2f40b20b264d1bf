/** How much room this device still has, and whether the browser promised not to clear it. */
import type { Room } from './types';

const TIGHT = 0.8;
const FULL = 0.95;

/** As far as the browser says; one that says nothing is taken to have room. */
export async function storage(): Promise<Room> {
  const place = typeof navigator === 'undefined' ? undefined : navigator.storage;
  let used = 0;
  let quota = 0;
  let isPersistent = false;
  try {
    const said = await place?.estimate();
    used = said?.usage ?? 0;
    quota = said?.quota ?? 0;
    isPersistent = (await place?.persisted()) ?? false;
  } catch {
    // Nothing is known.
  }
  const part = quota ? used / quota : 0;
  return { used, quota, isPersistent, isTight: part >= TIGHT, isFull: part >= FULL };
}

/** Ask the browser to clear this place last; answers whether it agreed. */
export async function persist(): Promise<boolean> {
  try {
    return await navigator.storage.persist();
  } catch {
    return false;
  }
}
