/** The time of day for countdowns, by the server's clock: one for the whole page, once in half a minute. */
import { useSyncExternalStore } from 'react';
import { rightNow } from '@anhuan/i18n/time';

const TICK = 30_000;
const listeners = new Set<() => void>();
let now = rightNow();
let timer: ReturnType<typeof setInterval> | undefined;

/** Milliseconds since 1970, not older than half a minute. */
export function useNow(): number {
  return useSyncExternalStore(follow, () => now);
}

function follow(tell: () => void): () => void {
  if (!listeners.size) now = rightNow();
  listeners.add(tell);
  timer ??= setInterval(() => {
    now = rightNow();
    for (const listener of listeners) listener();
  }, TICK);
  return () => {
    listeners.delete(tell);
    if (!listeners.size) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}
