/** Who is here, and what they may do anywhere at all. What they may do with one thing, the thing's own `can` says. */
import { useSyncExternalStore } from 'react';
import { onSession, whoIsHere, type Who } from '@anhuan/wire';

/** The person whose console this is; null: signed out. */
export function useWho(): Who | null {
  return useSyncExternalStore(onSession, whoIsHere);
}

/** Whether somebody has one of these acts somewhere. */
export function may(who: Who | null, acts: readonly string[] | undefined): boolean {
  return Boolean(who && (!acts?.length || acts.some((act) => who.can.includes(act))));
}

/** Whether the company has a module, be it lapsed: then it is read-only, but there. */
export function hasModule(who: Who | null, code: string | undefined): boolean {
  return !code || Boolean(who?.modules.some((one) => one.module.code === code && one.terms));
}
