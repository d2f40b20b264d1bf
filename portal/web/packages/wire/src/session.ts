/**
 * Who is signed in. The tokens are in cookies that no script can read; what is kept here is only what the app must know to open
 * without network: whose queue to show, and how to greet. Two tabs share it; whoever signs in in one is signed in in both.
 */
import { setZone } from '@anhuan/i18n/time';
import { speak } from '@anhuan/i18n';
import { act, actAs, ask, renewBy } from './ask';
import { WireError } from './errors';
import { Refresh, SignIn, SignOut, WhoAmI, type WhoFragment } from './gql';

/** A signed-in person as the last answer of the server described them. */
export type Who = WhoFragment & { person: NonNullable<WhoFragment['person']> };

const KEPT = 'anhuan.who';
const LEAVING = 'anhuan.leaving';
const listeners = new Set<() => void>();
let who: Who | null = read();
let renewing: Promise<void> | null = null;
let hasEnded = false;

settle();
renewBy(renew);
if (typeof addEventListener !== 'undefined')
  addEventListener('storage', (event) => {
    if (event.key === KEPT) change(read(), false);
  });
if (typeof addEventListener !== 'undefined') addEventListener('online', () => (leaving = finishLeaving()));
let leaving: Promise<void> = finishLeaving();

/** The person whose app this is; null: nobody has signed in, or they signed out. */
export function whoIsHere(): Who | null {
  return who;
}

/** Whether the server no longer knows this session: reading goes on, sending waits until the same person signs in again. */
export function sessionEnded(): boolean {
  return hasEnded;
}

/** Be told when somebody signs in or out, or a session ends. */
export function onSession(tell: () => void): () => void {
  listeners.add(tell);
  return () => {
    listeners.delete(tell);
  };
}

export interface Credentials {
  company: string | null;
  name: string;
  password: string;
  /** Stay signed in on this device for weeks without use; not where several people use it. */
  stay?: boolean;
}

/** Begin a session in this browser. */
export async function signIn(given: Credentials): Promise<{ who: Who; mustChangePassword: boolean }> {
  // Its answer takes cookies away: not those of whoever comes in now.
  await leaving;
  actAs(null);
  try {
    const begun = await act(SignIn, { input: { ...given, stay: given.stay ?? false, cookie: true } }, { once: true });
    mark(false);
    const now = await fetchWho();
    return { who: now, mustChangePassword: Boolean(begun?.mustChangePassword || begun?.passwordExpired) };
  } finally {
    actAs(who?.person.id ?? null);
  }
}

/** Ask the server again who this is: rights and posts change while the app is open. */
export async function fetchWho(): Promise<Who> {
  const { me } = await ask(WhoAmI, {});
  if (!me.person) throw new WireError('broken', 'NO_PERSON');
  const now: Who = { ...me, person: me.person };
  hasEnded = false;
  change(now, true);
  return now;
}

/**
 * End the session here; what waits in the outbox stays for when the same person comes back. Without network the person leaves all the
 * same, as when a phone goes to the next shift, and the server is told as soon as it can be reached.
 */
export async function signOut(everywhere = false): Promise<void> {
  try {
    await act(SignOut, { input: { everywhere } }, { once: true });
    mark(false);
  } catch (problem) {
    if (!(problem instanceof WireError)) throw problem;
    if (problem.trouble !== 'signed-out') {
      if (everywhere) throw problem;
      mark(true);
    }
  }
  change(null, true);
}

/** Tell the server of somebody who left while it could not be reached. */
async function finishLeaving(): Promise<void> {
  if (who || !isMarked()) return;
  try {
    await act(SignOut, { input: {} }, { once: true });
    mark(false);
  } catch (problem) {
    if (problem instanceof WireError && problem.trouble === 'signed-out') mark(false);
  }
}

async function renew(): Promise<void> {
  renewing ??= renewed().finally(() => {
    renewing = null;
  });
  return renewing;
}

async function renewed(): Promise<void> {
  try {
    await act(Refresh, { input: { cookie: true } }, { once: true });
    if (hasEnded) {
      hasEnded = false;
      tell();
    }
  } catch (problem) {
    if (problem instanceof WireError && (problem.trouble === 'signed-out' || problem.trouble === 'declined')) {
      if (!hasEnded) {
        hasEnded = true;
        tell();
      }
      throw new WireError('signed-out', 'NOT_SIGNED_IN');
    }
    throw problem;
  }
}

function change(next: Who | null, keep: boolean): void {
  // A language chosen here holds until the server has another one; without network it could not be told.
  if (next && next.language !== who?.language) speak(next.language === 'en' ? 'en' : 'zh');
  who = next;
  if (keep)
    try {
      if (next) localStorage.setItem(KEPT, JSON.stringify(next));
      else localStorage.removeItem(KEPT);
    } catch {
      // Without storage the session lasts as long as the page.
    }
  settle();
  tell();
}

function settle(): void {
  actAs(who?.person.id ?? null);
  if (!who) return;
  setZone(who.company.zone);
}

function tell(): void {
  for (const listener of listeners) listener();
}

function read(): Who | null {
  try {
    const kept = localStorage.getItem(KEPT);
    return kept ? (JSON.parse(kept) as Who) : null;
  } catch {
    return null;
  }
}

function mark(isLeaving: boolean): void {
  try {
    if (isLeaving) localStorage.setItem(LEAVING, 'yes');
    else localStorage.removeItem(LEAVING);
  } catch {
    // The session ends by itself after a while.
  }
}

function isMarked(): boolean {
  try {
    return localStorage.getItem(LEAVING) !== null;
  } catch {
    return false;
  }
}
