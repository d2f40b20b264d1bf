/** The outbox: what a person did, kept on the device until the server has it for good. */
export type { Command, Draft, Entry, EntryPhoto, EntryState, Kind, Level, Outbox, Owner, PhotoIn, PhotoLevel, Receipt, Room, Settled } from './types';
