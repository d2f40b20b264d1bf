/** What the outbox speaks of: a command of a person, what became of it, and how far each of its photos has come. */
import type { Problem } from '@anhuan/wire';
import type { StorageError } from './trouble';

export type Kind =
  | 'report'
  | 'progress'
  | 'control'
  | 'rectification'
  | 'review'
  | 'grade'
  | 'assign'
  | 'comment'
  | 'stopWork'
  | 'resumeWork'
  | 'callOff'
  | 'handOver';

/** A photo as it was taken. `id` is a UUIDv7 and becomes the evidence's; `thumbnail` is a small data URL. */
export interface PhotoIn {
  id: string;
  name: string;
  mime: string;
  data: ArrayBuffer;
  thumbnail?: string;
  takenAt?: number;
}

/** What a person wants done. `id` is a UUIDv7: the key here and `input.id` there; `about` is the case that it belongs to. */
export interface Command {
  id: string;
  kind: Kind;
  document: string;
  variables: unknown;
  photos: PhotoIn[];
  title: string;
  about?: string;
}

/** `received` 已上报: the act is done; `stored`: every photo was read back; `durable` 照片已归档: the phone may let go. */
export type Level = 'received' | 'stored' | 'durable';

/** The server's word. `result` is what the act answered, as its document asked for it. */
export interface Receipt {
  number?: string;
  level: Level;
  at: number;
  result?: unknown;
}

/** What is known when `put` answers: kept here, done there, or declined there with the reasons. */
export interface Settled {
  id: string;
  state: 'waiting' | 'done' | 'declined';
  receipt?: Receipt;
  problems?: readonly Problem[];
}

export type EntryState = 'pending' | 'sending' | 'done' | 'attention';

/** How far a photo has come: only on this device, announced, read back, safe for ever; or refused, and `problem` says why. */
export type PhotoLevel = 'local' | Level | 'refused';

export interface EntryPhoto {
  id: string;
  sent: boolean;
  level: PhotoLevel;
  thumbnail?: string;
  problem?: string;
}

/** One command as a screen shows it. `error.message` is in the reader's language; `problems` are the server's own words. */
export interface Entry {
  id: string;
  kind: Kind;
  title: string;
  about?: string;
  createdAt: number;
  state: EntryState;
  tries: number;
  nextAt: number;
  error?: { code: string; message: string };
  problems?: readonly Problem[];
  receipt?: Receipt;
  photos: EntryPhoto[];
}

/** `entries` is undefined until the device was read: before that nobody may claim that everything is uploaded. Newest first. */
export interface Outbox {
  entries: Entry[] | undefined;
  /** How many the server does not have in full yet, a photo that is still missing included. */
  waiting: number | undefined;
  attention: number;
  /** Why the device could not be read. */
  problem?: StorageError;
}

/** Bytes used and allowed on this device; `isTight` from 80 %, `isFull` from 95 %, where no new photos are taken. */
export interface Room {
  used: number;
  quota: number;
  isPersistent: boolean;
  isTight: boolean;
  isFull: boolean;
}

/** Whose outbox it is. */
export interface Owner {
  companyId: string;
  personId: string;
}

/** What was typed and photographed and not sent yet. */
export interface Draft {
  value: unknown;
  photos: PhotoIn[];
  at: number;
}
