/** To ask again once something of mine has reached the server. */
import { useEffect, useRef } from 'react';

/** `done`: how many have arrived; undefined while that is unknown, which is no change. */
export function useWhenDone(done: number | undefined, then: () => unknown): void {
  const before = useRef<number | undefined>(undefined);
  useEffect(() => {
    if (before.current !== undefined && done !== undefined && done > before.current) then();
    before.current = done;
  }, [done, then]);
}
