/** Whose outbox this page has open. */
import { Box } from './box';
import { nameOf } from './base';
import { prune } from './prune';
import { remember } from './names';
import { holdWhile } from './shell';
import { StorageError } from './trouble';
import type { Owner } from './types';

let box: Box | null = null;
const listeners = new Set<() => void>();

holdWhile(() => box?.drain.isSending() ?? false);

/** The open outbox, or none. */
export function openBox(): Box | null {
  return box;
}

/** The open outbox; without one nothing can be kept. */
export function theBox(): Box {
  if (!box) throw new StorageError('CLOSED');
  return box;
}

/** Be told of every change in the open outbox, and when another person's is opened. */
export function onOutbox(tell: () => void): () => void {
  listeners.add(tell);
  return () => {
    listeners.delete(tell);
  };
}

/** Open the outbox of this person and begin to send; null closes. Two people on one phone never see each other's. */
export async function openFor(who: Owner | null): Promise<void> {
  if (box && who && nameOf(box.owner) === nameOf(who)) {
    await box.drain.wake();
    return;
  }
  box?.close();
  box = who ? new Box({ companyId: who.companyId, personId: who.personId }) : null;
  box?.onChange(tell);
  tell();
  if (!box) return;
  remember(box.base.name);
  box.drain.start();
  void prune(box).catch(() => undefined);
}

function tell(): void {
  for (const listener of listeners) listener();
}
