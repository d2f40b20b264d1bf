/** A phone whose page can be opened, killed at any step and opened again over the same storage. */
import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { v7 } from 'uuid';
import { vi } from 'vitest';
import type { Command, Entry, Kind, Owner, PhotoIn } from '../src/types';
import type { Server } from './server';

export type Page = typeof import('../src/index');

export const LIN: Owner = { companyId: 'hengtai', personId: 'lin' };
export const WEI: Owner = { companyId: 'hengtai', personId: 'wei' };

/** A phone out of the box: nothing stored. */
export function freshPhone(): void {
  vi.stubGlobal('indexedDB', new IDBFactory());
  localStorage.clear();
  localStorage.setItem('anhuan.language', 'zh');
  writes.onWrite = () => undefined;
}

/** The app as it starts in a new page, with this person signed in. */
export async function open(who: Owner | null = LIN): Promise<Page> {
  vi.resetModules();
  signedIn(who);
  const page = await import('../src/index');
  await page.openFor(who);
  return page;
}

/** Who is signed in, as the wire remembers it. */
export function signedIn(who: Owner | null): void {
  if (!who) return localStorage.removeItem('anhuan.who');
  const { personId, companyId } = who;
  localStorage.setItem('anhuan.who', JSON.stringify({ language: 'zh', can: [], company: { id: companyId, zone: 'Asia/Shanghai' }, person: { id: personId }, modules: [] }));
}

/** The power is gone: nothing that was under way comes back, and that page neither reads nor writes any more. */
export function kill(server: Server): void {
  server.generation++;
  writes.generation++;
  for (const key of Object.keys(localStorage)) if (key.endsWith('#drain')) localStorage.removeItem(key);
}

/** Every beginning of a write can be watched, and made to fail. */
export const writes = { count: 0, generation: 0, onWrite: (_count: number): void => undefined };

const begin = IDBDatabase.prototype.transaction;
const born = new WeakMap<IDBDatabase, number>();
IDBDatabase.prototype.transaction = function transaction(this: IDBDatabase, ...given: Parameters<typeof begin>): IDBTransaction {
  if (!born.has(this)) born.set(this, writes.generation);
  // A dead page reads nothing either: it must not take the turn of the living one to find out that it cannot write.
  if (born.get(this) !== writes.generation) throw new DOMException('killed', 'UnknownError');
  if (given[1] === 'readwrite') writes.onWrite(++writes.count);
  return begin.apply(this, given);
};

/** A JPEG as far as anybody here looks. */
export function photo(size = 40): PhotoIn {
  const id = v7();
  const bytes = new Uint8Array(size);
  for (let index = 0; index < size; index++) bytes[index] = (index * 7 + id.charCodeAt(index % id.length)) % 256;
  return { id, name: '现场.jpg', mime: 'image/jpeg', data: bytes.buffer, thumbnail: 'data:image/jpeg;base64,AA==', takenAt: 1 };
}

export function command(kind: Kind = 'report', photos: PhotoIn[] = [], about?: string): Command {
  const id = v7();
  const evidence = photos.map((one) => one.id);
  return { id, kind, document: `doc-${kind}`, variables: { input: { id, evidence, isReport: kind === 'report' } }, photos, title: '油污地面', about };
}

/** The entries as a screen would read them. */
export async function entries(): Promise<Entry[]> {
  const { entriesOf } = await import('../src/entries');
  return entriesOf();
}

export async function entry(id: string): Promise<Entry> {
  const found = (await entries()).find((one) => one.id === id);
  if (!found) throw new Error(`no entry ${id}`);
  return found;
}

/** How many photos' bytes the phone still holds. */
export async function bytesLeft(): Promise<number> {
  const { theBox } = await import('../src/current');
  return theBox().base.read((db) => db.count('bytes'));
}

/** Wait until it is so; real time, a few seconds at most. */
export async function until(isSo: () => boolean | Promise<boolean>, ms = 8_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`never: ${isSo.toString()}`);
    await new Promise((wake) => setImmediate(wake));
  }
}

/** The network is back, as the browser says it. */
export function online(): void {
  dispatchEvent(new Event('online'));
}
