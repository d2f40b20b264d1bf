/** Who signed in here last: company and name, never the password. */

const KEPT = 'anhuan.console.last';

export interface Last {
  company: string;
  name: string;
}

/** What to fill in before anybody types. */
export function lastOne(): Last {
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
    // It is typed again then.
  }
}
