/** The time of day for countdowns: one clock for the whole page, once in half a minute. */
import { useSyncExternalStore } from 'react';

const TICK = 30_000;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

/** Milliseconds since 1970, not older than half a minute. */
export function useNow(): number {
  return useSyncExternalStore(follow, () => now);
}

function follow(tell: () => void): () => void {
  if (!listeners.size) now = Date.now();
  listeners.add(tell);
  timer ??= setInterval(() => {
    now = Date.now();
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
