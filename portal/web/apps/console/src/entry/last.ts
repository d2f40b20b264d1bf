/** Who signed in here last, and whether to stay: company and name, never the password. */

const KEPT = 'anhuan.console.last';

export interface Last {
  company: string;
  name: string;
  /** Whether to stay signed in on this computer; no, unless it was asked for. */
  stay: boolean;
}

/** What to fill in before anybody types. */
export function lastOne(): Last {
  const fresh: Last = { company: '', name: '', stay: false };
  try {
    return { ...fresh, ...(JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Partial<Last>) };
  } catch {
    return fresh;
  }
}

/** For the next time; what is not said stays as it was. */
export function keepLast(last: Partial<Last>): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify({ ...lastOne(), ...last }));
  } catch {
    // It is typed again then.
  }
}
