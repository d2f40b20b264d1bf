/** The filter in the address of the page, shared by board and list. */
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { read, write, type Filter } from './filter';

/** The filter, and how to change some of it. */
export function useFilter(): [Filter, (change: Partial<Filter>) => void, (filter: Filter) => void] {
  const [search, set] = useSearchParams();
  const filter = useMemo(() => read(search), [search]);
  const replace = useCallback((next: Filter) => set(write(next), { replace: true }), [set]);
  const change = useCallback((some: Partial<Filter>) => set((before) => write({ ...read(before), ...some }), { replace: true }), [set]);
  return [filter, change, replace];
}
