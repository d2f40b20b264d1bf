/** Whether the person who has just signed in has to choose a new password before anything else; it outlives a reload of the page. */
import { useSyncExternalStore } from 'react';

const KEPT = 'anhuan.console.password';
const listeners = new Set<() => void>();

/** Remember it, or that it is done. */
export function setMustChange(must: boolean): void {
  if (must) sessionStorage.setItem(KEPT, 'must');
  else sessionStorage.removeItem(KEPT);
  for (const tell of listeners) tell();
}

/** True until it is done. */
export function useMustChange(): boolean {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => {
        listeners.delete(tell);
      };
    },
    () => sessionStorage.getItem(KEPT) !== null,
  );
}
