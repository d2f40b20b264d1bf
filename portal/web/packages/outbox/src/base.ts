/** A person's own database on this device. It is opened when needed and again whenever the system took it away. */
import { openDB, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb';
import { BASE_VERSION, type Shape } from './rows';
import { StorageError, storageError } from './trouble';
import type { Owner } from './types';

export type Store = StoreNames<Shape>;
export type Writing = IDBPTransaction<Shape, Store[], 'readwrite'>;
type Database = IDBPDatabase<Shape>;

const PREFIX = 'anhuan:';
const PATIENCE = 10_000;

/** The name of a person's database. */
export function nameOf(owner: Owner): string {
  return `${PREFIX}${owner.companyId}.${owner.personId}`;
}

/** Whether a database is somebody's outbox. */
export function isOurs(name: string | undefined): boolean {
  return Boolean(name?.startsWith(PREFIX));
}

/** Reads and writes, each write a strict transaction: when it is over, the device has it even if the power fails. */
export class Base {
  readonly name: string;
  private opening: Promise<Database> | null = null;
  private isClosed = false;

  constructor(owner: Owner) {
    this.name = nameOf(owner);
  }

  /** Read something. */
  async read<Result>(work: (db: Database) => Promise<Result>): Promise<Result> {
    try {
      return await work(await this.open());
    } catch (problem) {
      if (!wasTakenAway(problem)) throw storageError(problem);
      this.opening = null;
      try {
        return await work(await this.open());
      } catch (again) {
        throw storageError(again);
      }
    }
  }

  /** Change something, all of it or nothing; `work` may await nothing but the transaction, and may run twice. */
  async write<Result>(stores: Store[], work: (tx: Writing) => Promise<Result>): Promise<Result> {
    return this.read(async (db) => {
      const tx = db.transaction(stores, 'readwrite', { durability: 'strict' });
      // Awaited below; until then a failure must not count as unheard.
      tx.done.catch(() => undefined);
      try {
        const result = await work(tx);
        await tx.done;
        return result;
      } catch (problem) {
        const cause = tx.error ?? problem;
        try {
          tx.abort();
        } catch {
          // It is over already.
        }
        throw cause;
      }
    });
  }

  /** Let go; what is under way ends first. */
  close(): void {
    this.isClosed = true;
    void this.opening?.then((db) => db.close()).catch(() => undefined);
    this.opening = null;
  }

  private async open(): Promise<Database> {
    this.opening ??= this.opened().catch((problem: unknown) => {
      this.opening = null;
      throw problem;
    });
    const db = await this.opening;
    if (this.isClosed) {
      // The last write of somebody who has signed out: done, then let go.
      this.opening = null;
      setTimeout(() => db.close(), 0);
    }
    return db;
  }

  private async opened(): Promise<Database> {
    if (typeof indexedDB === 'undefined' || !indexedDB) throw new StorageError('DEAD');
    let isBlocked = false;
    const opening = openDB<Shape>(this.name, BASE_VERSION, {
      upgrade(db) {
        const acts = db.createObjectStore('acts', { keyPath: 'id' });
        acts.createIndex('open', 'open');
        acts.createIndex('busy', 'busy');
        db.createObjectStore('bytes');
        db.createObjectStore('drafts');
        db.createObjectStore('answers');
        db.createObjectStore('bin', { keyPath: 'id' });
        db.createObjectStore('meta');
      },
      blocked: () => {
        isBlocked = true;
      },
      // A newer page wants to change the shape: it waits for us, so go.
      blocking: (_from, _to, event) => {
        this.opening = null;
        (event.target as IDBDatabase).close();
      },
      terminated: () => {
        this.opening = null;
      },
    });
    // Some webviews never answer at all.
    return new Promise((resolve, reject) => {
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        reject(new StorageError(isBlocked ? 'BLOCKED' : 'DEAD'));
      }, PATIENCE);
      opening
        .then((db) => (isLate ? db.close() : resolve(db)), reject)
        .finally(() => clearTimeout(timer));
    });
  }
}

/** iOS and low memory close databases behind our back; a closed one says InvalidStateError or aborts what was under way. */
function wasTakenAway(problem: unknown): boolean {
  const name = (problem as { name?: string } | null)?.name;
  return name === 'InvalidStateError' || name === 'AbortError';
}
