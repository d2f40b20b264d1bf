/** One page of a device sends, the others wait. Should two send after all, the server still does everything once. */
import { v7 } from 'uuid';

const BEAT = 5_000;
const LEASE = 15_000;
const me = v7();

/** Do the work if no other page is doing it; answers whether it was done. */
export async function alone(name: string, work: () => Promise<void>): Promise<boolean> {
  if (typeof navigator !== 'undefined' && navigator.locks) {
    let isMine = false;
    await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      isMine = lock !== null;
      if (lock) await work();
    });
    return isMine;
  }
  if (!take(name)) return false;
  const beat = setInterval(() => take(name), BEAT);
  try {
    await work();
  } finally {
    clearInterval(beat);
    give(name);
  }
  return true;
}

/** A lease in storage that runs out by itself when its page dies. */
function take(name: string): boolean {
  try {
    const [holder, until] = (localStorage.getItem(name) ?? '').split(' ');
    const left = Number(until) - Date.now();
    // A lease from the future was written before the clock was set back.
    if (holder && holder !== me && left > 0 && left <= LEASE) return false;
    localStorage.setItem(name, `${me} ${Date.now() + LEASE}`);
    return localStorage.getItem(name)?.startsWith(me) ?? true;
  } catch {
    return true;
  }
}

function give(name: string): void {
  try {
    if (localStorage.getItem(name)?.startsWith(me)) localStorage.removeItem(name);
  } catch {
    // It runs out.
  }
}
