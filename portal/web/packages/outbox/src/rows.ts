/** What lies in a person's database, and how it changes from version to version. */
import type { Problem, Trouble } from '@anhuan/wire';
import type { DBSchema } from 'idb';
import type { EntryState, Kind, PhotoIn, PhotoLevel, Receipt } from './types';

/** Of the database's shape; a page that is older than the database says so and touches nothing. */
export const BASE_VERSION = 1;
/** Of a row's own content. */
export const ROW_VERSION = 1;

/** A photo without its bytes. */
export interface PhotoRow {
  id: string;
  name: string;
  mime: string;
  size: number;
  sha256: string;
  thumbnail?: string;
  takenAt?: number;
  level: PhotoLevel;
  tries: number;
  problem?: string;
}

/** A command and what became of it. */
export interface Row {
  v: number;
  id: string;
  /** The order in which things were put here; a clock that was set back does not change it. */
  seq: number;
  kind: Kind;
  document: string;
  /** As the screen gave them, for ever. */
  variables: unknown;
  /** As they were sent first, and will be sent again and again. */
  frozen?: unknown;
  title: string;
  about?: string;
  createdAt: number;
  state: EntryState;
  tries: number;
  nextAt: number;
  trouble?: Trouble;
  code?: string;
  problems?: readonly Problem[];
  receipt?: Receipt;
  photos: PhotoRow[];
  /** A person decided to send it without the photos that were refused. */
  goesWithout?: boolean;
  /** 1 while the server lacks something of it; absent otherwise, so that the index counts only those. */
  open?: 1;
  /** 1 until nothing is left to do or to decide, asking whether photos are durable included. */
  busy?: 1;
}

/** A command that a person threw away; kept a month in case it was a mistake. */
export interface BinRow {
  id: string;
  at: number;
  row: Row;
  bytes: { id: string; data: ArrayBuffer }[];
}

/** A draft; its photos' bytes lie beside it. */
export interface DraftRow {
  v: number;
  value: unknown;
  photos: Omit<PhotoIn, 'data'>[];
  at: number;
}

export interface Shape extends DBSchema {
  acts: { key: string; value: Row; indexes: { open: number; busy: number } };
  bytes: { key: string; value: ArrayBuffer };
  drafts: { key: string; value: DraftRow };
  answers: { key: string; value: { at: number; data: unknown } };
  bin: { key: string; value: BinRow };
  meta: { key: string; value: unknown };
}

/** What a photo still needs: nothing once it is safe, or refused for good. */
export function isThere(photo: PhotoRow): boolean {
  return photo.level === 'stored' || photo.level === 'durable' || photo.level === 'refused';
}

/** Nothing of it has ever left this device. */
export function isUnsent(row: Row): boolean {
  return row.state === 'pending' && row.tries === 0 && row.frozen === undefined && row.photos.every((photo) => photo.level === 'local' && !photo.tries);
}

/** It waits for its moment only, so that its person may think again. */
export function isResting(row: Row, now: number): boolean {
  return isUnsent(row) && !row.trouble && row.nextAt > now;
}

/** Nothing more will happen to it. */
function isOver(photo: PhotoRow): boolean {
  return photo.level === 'durable' || photo.level === 'refused';
}

/** The row with its marks and the level of its receipt, both of which follow from the rest. */
export function marked(row: Row): Row {
  const { open: _open, busy: _busy, ...rest } = row;
  const isSent = row.state === 'done' && row.photos.every(isThere);
  const isFinished = row.state === 'done' && row.photos.every(isOver);
  const next: Row = { ...rest, ...(isSent ? {} : { open: 1 as const }), ...(isFinished ? {} : { busy: 1 as const }) };
  if (row.receipt) next.receipt = { ...row.receipt, level: row.photos.every(isOver) ? 'durable' : isSent ? 'stored' : 'received' };
  return next;
}
