/** Whether the session has ended while the console was open. */
import { useSyncExternalStore } from 'react';
import { onSession, sessionEnded } from '@anhuan/wire';

/** True until the same person has signed in again. */
export function useEnded(): boolean {
  return useSyncExternalStore(onSession, sessionEnded);
}
