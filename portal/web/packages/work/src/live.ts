/** One connection for live hints, shared by every screen that wants to be asked again; loaded after the first paint. */
import { onSession, whoIsHere } from '@anhuan/wire';
import type { Change } from '@anhuan/wire/live';
import { useEffect, useRef } from 'react';

const listeners = new Set<(change: Change) => void>();
let stop: (() => void) | null = null;
let heardFor: string | null = null;

/** Be called whenever a change of one of these topics is hinted at; `caseId` narrows to one case. */
export function useChanges(topics: readonly string[], heard: () => void, caseId?: string): void {
  const latest = useRef(heard);
  useEffect(() => {
    latest.current = heard;
  });
  const wanted = topics.join(' ');
  useEffect(() => {
    const listen = (change: Change): void => {
      const isMine = wanted.split(' ').includes(change.topic) && (!caseId || change.caseId === caseId);
      if (isMine || change.topic === 'resync') latest.current();
    };
    listeners.add(listen);
    void connect();
    return () => {
      listeners.delete(listen);
    };
  }, [wanted, caseId]);
}

async function connect(): Promise<void> {
  const person = whoIsHere()?.person.id ?? null;
  if (person === heardFor) return;
  stop?.();
  stop = null;
  heardFor = person;
  if (!person) return;
  const { hear, hush } = await import('@anhuan/wire/live');
  if (heardFor !== person) return;
  // The connection was opened with the cookies of whoever was here before.
  hush();
  stop = hear((change) => listeners.forEach((listen) => listen(change)));
}

onSession(() => void connect());
