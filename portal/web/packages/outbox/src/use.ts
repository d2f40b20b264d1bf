/** For components: the outbox as it is now. */
import { useEffect, useState } from 'react';
import { onOutbox, openBox } from './current';
import { entriesOf, isWaiting } from './entries';
import { StorageError, storageError } from './trouble';
import type { Entry, Outbox } from './types';

const UNREAD: Outbox = { entries: undefined, waiting: undefined, attention: 0 };
let known: { box: unknown; outbox: Outbox } = { box: null, outbox: UNREAD };

/** Follows every change, of other pages too. Until the device was read nothing is claimed. */
export function useOutbox(): Outbox {
  const [outbox, set] = useState(() => (known.box === openBox() ? known.outbox : UNREAD));
  useEffect(() => {
    let isGone = false;
    let isReading = false;
    let again = false;
    const read = async (): Promise<void> => {
      const box = openBox();
      const found = box ? await entriesOf().then(counted, unread) : UNREAD;
      if (isGone || box !== openBox()) return;
      known = { box, outbox: found };
      set(found);
    };
    const look = (): void => {
      if (known.box !== openBox()) set(UNREAD);
      again = isReading;
      if (isReading) return;
      isReading = true;
      void read().finally(() => {
        isReading = false;
        if (again && !isGone) look();
      });
    };
    look();
    const stop = onOutbox(look);
    return () => {
      isGone = true;
      stop();
    };
  }, []);
  return outbox;
}

function counted(entries: Entry[]): Outbox {
  return { entries, waiting: entries.filter(isWaiting).length, attention: entries.filter((entry) => entry.state === 'attention').length };
}

function unread(problem: unknown): Outbox {
  const why = storageError(problem);
  return { ...UNREAD, problem: why instanceof StorageError ? why : undefined };
}
