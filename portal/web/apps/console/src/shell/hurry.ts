/** The first picture first: what it needs is fetched side by side from the beginning, and what can wait for it waits. */
import { whoIsHere } from '@anhuan/wire';
import { screens } from '../routes';
import { client } from '../shared/query';
import { hasModule, may } from '../shared/rights';
import { fits } from './Menu';

const BASE = /^\/console\/?/;
/** Milliseconds without a question under way after which the first picture is taken to be there. */
const PAUSE = 60;
/** Milliseconds after which nothing waits any longer, whatever the picture does. */
const MOST = 1_500;
let first: Promise<void> | null = null;

/** Fetch the screen of an address and ask its first questions, both at once, before anything is drawn. */
export function hurry(pathname: string): void {
  const who = whoIsHere();
  const at = pathname.replace(BASE, '').replace(/\/$/, '');
  const screen = screens.find(({ path }) => fits(path, at));
  if (!who || who.person.partyId || !screen || !may(who, screen.needs) || !hasModule(who, screen.module)) return;
  // Whoever needs them asks again, and says then why there is no answer.
  void screen.load().catch(() => undefined);
  void screen.ahead?.().catch(() => undefined);
}

/** When the first picture is there, or has taken too long. */
export async function afterFirst(): Promise<void> {
  first ??= new Promise((done) => {
    const cache = client.getQueryCache();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const settle = (): void => {
      clearTimeout(timer);
      clearTimeout(latest);
      stop();
      done();
    };
    const look = (): void => {
      clearTimeout(timer);
      const isAnswered = cache.getAll().some(({ state }) => state.status !== 'pending');
      if (isAnswered && client.isFetching() === 0) timer = setTimeout(settle, PAUSE);
    };
    const stop = cache.subscribe(look);
    const latest = setTimeout(settle, MOST);
  });
  return first;
}
