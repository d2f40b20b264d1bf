/** The outbox: what a person did, kept on the device until the server has it for good. */
export { amend, contentOf, type Content } from './amend';
export { clockOffset } from '@anhuan/wire';
export { openFor } from './current';
export { drafts } from './drafts';
export { discard, restore, retry, retryAll, withdraw } from './entries';
export { exportAll, exportOf } from './export';
export { keeper } from './keeper';
export { waitingOfOthers } from './others';
export { checkPhoto, photoOf, put, type How } from './put';
export { offlineReady } from './ready';
export { persist, storage } from './room';
export { applyUpdate, onUpdate, startShell, updateReady } from './shell';
export { StorageError, type StorageCode } from './trouble';
export type { Command, Draft, Entry, EntryPhoto, EntryState, Kind, Level, Outbox, Owner, PhotoIn, PhotoLevel, Receipt, Room, Settled } from './types';
export { useOutbox } from './use';
