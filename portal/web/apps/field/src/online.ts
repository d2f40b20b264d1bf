/** Whether there is a network, and what this device can do without one. */
import { offlineReady } from '@anhuan/outbox';
import { useEffect, useState } from 'react';

/** As the browser believes; false is certain, true only likely. */
export function useOnline(): boolean {
  const [isOnline, set] = useState(navigator.onLine);
  useEffect(() => {
    const tell = (): void => set(navigator.onLine);
    addEventListener('online', tell);
    addEventListener('offline', tell);
    return () => {
      removeEventListener('online', tell);
      removeEventListener('offline', tell);
    };
  }, []);
  return isOnline;
}

export type Ready = 'ready' | 'needs-network' | 'no-storage';

/** What was found out, asked again while it is not good; undefined while that is not known. */
export function useReady(): Ready | undefined {
  const [ready, set] = useState<Ready | undefined>();
  useEffect(() => {
    let isHere = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      const found = await offlineReady();
      if (!isHere) return;
      set(found);
      if (found !== 'ready') timer = setTimeout(() => void look(), 4_000);
    };
    void look();
    return () => {
      isHere = false;
      clearTimeout(timer);
    };
  }, []);
  return ready;
}
