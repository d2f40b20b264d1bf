/** Which company and account signed in here last, and whether to stay, so that a phone in gloves says it once; never the password. */

export interface Last {
  company: string;
  name: string;
}

export interface Kept extends Last {
  /** Whether to stay signed in on this device; where several people share it, whoever said no need not say it again. */
  stay: boolean;
}

/** The memory of one door: the name of its place, and whether a new device stays signed in. */
export function memoryOf(place: string, stay: boolean): { last: () => Kept; keep: (last: Partial<Kept>) => void } {
  const last = (): Kept => {
    const fresh: Kept = { company: '', name: '', stay };
    try {
      return { ...fresh, ...(JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<Kept>) };
    } catch {
      return fresh;
    }
  };
  return {
    last,
    keep: (some) => {
      try {
        localStorage.setItem(place, JSON.stringify({ ...last(), ...some }));
      } catch {
        // A browser that keeps nothing asks again.
      }
    },
  };
}

/** The door of the small apps: as it was; on a new device empty, and to stay. What is not said when it is kept stays as it was. */
export const { last: lastHere, keep: keepLast } = memoryOf('anhuan.last', true);
