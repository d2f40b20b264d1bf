/** What has been typed, or is shown only once, is not lost by closing the tab unawares. */
import { useEffect, useRef } from 'react';

/** While it says yes, the browser asks before it leaves the page. */
export function useGuard(isNeeded: () => boolean): void {
  const now = useRef(isNeeded);
  useEffect(() => {
    now.current = isNeeded;
  });
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent): void => {
      if (now.current()) event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, []);
}
