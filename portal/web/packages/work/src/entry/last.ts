/** Which company and account signed in here last, and whether to stay, so that a phone in gloves says it once; never the password. */

const KEPT = 'anhuan.last';

export interface Last {
  company: string;
  name: string;
}

interface Kept extends Last {
  /** Whether to stay signed in on this device; where several people share it, whoever said no need not say it again. */
  stay: boolean;
}

/** As it was; on a new device empty, and to stay. */
export function lastHere(): Kept {
  const fresh: Kept = { company: '', name: '', stay: true };
  try {
    return { ...fresh, ...(JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Partial<Kept>) };
  } catch {
    return fresh;
  }
}

/** For the next time; what is not said stays as it was. */
export function keepLast(last: Partial<Kept>): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify({ ...lastHere(), ...last }));
  } catch {
    // A browser that keeps nothing asks again.
  }
}
