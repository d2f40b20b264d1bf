/** Who is signed in here, for components; and the outbox follows them. */
import { openFor } from '@anhuan/outbox';
import { onSession, sessionEnded, whoIsHere, type Who } from '@anhuan/wire';
import { useEffect, useState } from 'react';

/** Open the outbox of whoever is signed in, now and whenever that changes. */
export function followSession(): void {
  let open: string | undefined;
  const follow = (): void => {
    const who = whoIsHere();
    const next = who ? `${who.company.id}.${who.person.id}` : '';
    if (next === open) return;
    open = next;
    // A device that stores nothing still shows what it can; the screens say so where it matters.
    openFor(who && { companyId: who.company.id, personId: who.person.id }).catch(() => undefined);
  };
  onSession(follow);
  follow();
}

/** The person and whether the server still knows their session. */
export function useSession(): { who: Who | null; hasEnded: boolean } {
  const [state, set] = useState({ who: whoIsHere(), hasEnded: sessionEnded() });
  useEffect(() => {
    const tell = (): void => set({ who: whoIsHere(), hasEnded: sessionEnded() });
    tell();
    return onSession(tell);
  }, []);
  return state;
}

/** The person of a screen that is only shown to somebody. */
export function useWho(): Who {
  const { who } = useSession();
  const [first] = useState(who);
  return (who ?? first)!;
}
