/** Which company and account signed in here last, so that a phone in gloves types them once; never the password. */

const KEPT = 'anhuan.last';

export interface Last {
  company: string;
  name: string;
}

/** As it was; empty on a new device. */
export function lastHere(): Last {
  try {
    return { company: '', name: '', ...(JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Partial<Last>) };
  } catch {
    return { company: '', name: '' };
  }
}

/** For the next time. */
export function keepLast(last: Last): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify(last));
  } catch {
    // A browser that keeps nothing asks again.
  }
}
