/** Hints of the server turned into questions asked again. A burst of hints, as of a shift beginning, asks once. */
import { useEffect, useState } from 'react';
import { hear, type Change } from '@anhuan/wire';
import { client, touch, type Topic } from '../shared/query';

const BURST = 400;

/** Which topics a hint touches. */
export function topicsOf(change: Change): Topic[] {
  if (change.topic === 'case') return change.caseId ? ['case', `case:${change.caseId}`] : ['case'];
  if (change.topic === 'notice' || change.topic === 'people' || change.topic === 'parties' || change.topic === 'policy' || change.topic === 'organisation') return [change.topic];
  return [];
}

/** Hear as long as the console is open; the server ends the stream with the session, so it begins anew with the next one. */
export function useLive(hasEnded: boolean): void {
  useEffect(() => {
    if (hasEnded) return;
    const heard = new Set<Topic>();
    let isAll = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = (): void => {
      timer = undefined;
      const topics = [...heard];
      heard.clear();
      if (isAll) void client.invalidateQueries();
      else if (topics.length) void touch(topics);
      isAll = false;
    };
    const stop = hear((change) => {
      if (change.topic === 'resync') isAll = true;
      for (const topic of topicsOf(change)) heard.add(topic);
      timer ??= setTimeout(flush, BURST);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [hasEnded]);
}

/** Whether the server can be reached, as far as the browser and the last answers tell; when it is back, all is asked again. */
export function useOnline(): boolean {
  const [isOnline, set] = useState(navigator.onLine);
  useEffect(() => {
    const went = (): void => set(false);
    const came = (): void => {
      set(true);
      void client.invalidateQueries();
    };
    addEventListener('offline', went);
    addEventListener('online', came);
    const stop = client.getQueryCache().subscribe((event) => {
      if (event.type !== 'updated') return;
      if (event.action.type === 'success') set(true);
      if (event.action.type === 'error' && (event.action.error as { trouble?: string }).trouble === 'network') set(false);
    });
    return () => {
      removeEventListener('offline', went);
      removeEventListener('online', came);
      stop();
    };
  }, []);
  return isOnline;
}
