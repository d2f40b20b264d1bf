/** When somebody else takes over this browser, here or in another tab, nothing that the one before was answered is left to be shown. */
import { hush, onSession, whoIsHere } from '@anhuan/wire';
import { client } from '../shared/query';

/** From now on; answers how to stop. The same person signing in again finds everything as it was. */
export function forgetOthers(): () => void {
  let whose = whoIsHere()?.person.id ?? null;
  return onSession(() => {
    const now = whoIsHere()?.person.id ?? null;
    if (now === whose) return;
    whose = now;
    client.clear();
    // The connection for hints was opened with the cookies of the one before.
    hush();
  });
}
