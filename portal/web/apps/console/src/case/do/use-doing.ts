/** Which act is being filled in: in the address, so that a link opens it and the browser's Back closes it. */
import { useCallback } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { isDoing, type Doing } from '../doings';

interface Open {
  id: string;
  what: Doing;
}

/** `own`: the case that the page is about; pages about several say in the address which one. */
export function useDoing(own?: string): [Open | null, (what: Doing, id?: string) => void, () => void] {
  const { search, state } = useLocation();
  const go = useNavigate();
  const given = new URLSearchParams(search);
  const what = given.get('do');
  const id = own ?? given.get('on');
  const isOpenedHere = (state as { isOpenedHere?: boolean } | null)?.isOpenedHere === true;
  const start = useCallback(
    (next: Doing, about?: string): void => {
      const wanted = new URLSearchParams(search);
      wanted.set('do', next);
      if (about) wanted.set('on', about);
      void go({ search: wanted.toString() }, { state: { isOpenedHere: true } });
    },
    [go, search],
  );
  const close = useCallback((): void => {
    const rest = new URLSearchParams(search);
    if (!rest.has('do')) return;
    // Whoever came by a link has nothing of ours behind them.
    if (isOpenedHere) return void go(-1);
    rest.delete('do');
    rest.delete('on');
    void go({ search: rest.toString() }, { replace: true });
  }, [go, search, isOpenedHere]);
  return [id && isDoing(what) ? { id, what } : null, start, close];
}
