/** The unit that the console looks at, with everything beneath it: in the address, so that a link says what was seen. */
import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** The unit's id, or null for everything that one may see; and how to look at another. */
export function useUnit(): [string | null, (id: string | null) => void] {
  const [search, set] = useSearchParams();
  const choose = useCallback(
    (id: string | null) =>
      set(
        (before) => {
          const next = new URLSearchParams(before);
          if (id) next.set('unit', id);
          else next.delete('unit');
          return next;
        },
        { replace: true },
      ),
    [set],
  );
  return [search.get('unit'), choose];
}

/** An address in the console that goes on looking at the same unit. */
export function useHref(): (path: string) => string {
  const [unit] = useUnit();
  return useCallback((path: string) => (unit ? `${path}${path.includes('?') ? '&' : '?'}unit=${unit}` : path), [unit]);
}
