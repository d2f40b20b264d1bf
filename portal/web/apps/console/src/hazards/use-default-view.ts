/** The view that somebody wants when the list opens: taken once, and only where the address asks for nothing itself. */
import { useEffect, useRef, useState } from 'react';
import { LedgerViews } from '../gql';
import { useAnswer } from '../shared/query';
import { ofBody, type Filter } from './filter';

/** `take` is told of it. */
export function useDefaultView(take: (filter: Filter, columns: string[] | null) => void): void {
  const [isPlain] = useState(asksNothing);
  const isTaken = useRef(false);
  const { data } = useAnswer(LedgerViews, {}, ['views'], { isWanted: isPlain });
  useEffect(() => {
    if (!isPlain || !data || isTaken.current) return;
    isTaken.current = true;
    // Whoever has set a filter while the views were on their way keeps it.
    if (!asksNothing()) return;
    const view = data.savedViews.find((one) => one.isDefault && one.isMine);
    if (!view) return;
    const { filter, columns } = ofBody(view.body);
    take(filter, columns);
  }, [data, isPlain, take]);
}

function asksNothing(): boolean {
  return [...new URLSearchParams(location.search).keys()].every((key) => key === 'unit');
}
