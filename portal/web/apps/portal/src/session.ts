/** Who is signed in here, for components; their outbox and what is remembered follow them. */
import { keeper, openFor } from '@anhuan/outbox';
import { onSession, rememberIn, sessionEnded, whoIsHere, type Who } from '@anhuan/wire';
import { useEffect, useState } from 'react';

export interface Session {
  who: Who | null;
  hasEnded: boolean;
}

/** Open the outbox of whoever is signed in, now and whenever that changes. */
export function followSession(): void {
  let open = '';
  const follow = (): void => {
    const who = whoIsHere();
    const next = who ? `${who.company.id}.${who.person.id}` : '';
    if (next === open) return;
    open = next;
    rememberIn(who ? keeper : null);
    // A device that stores nothing still shows what it can; acts say so when they are to be kept.
    openFor(who && { companyId: who.company.id, personId: who.person.id }).catch(() => undefined);
  };
  onSession(follow);
  follow();
}

/** The session as it is now. */
export function useSession(): Session {
  const [session, setSession] = useState<Session>(() => ({ who: whoIsHere(), hasEnded: sessionEnded() }));
  useEffect(() => {
    const tell = (): void => setSession({ who: whoIsHere(), hasEnded: sessionEnded() });
    tell();
    return onSession(tell);
  }, []);
  return session;
}
