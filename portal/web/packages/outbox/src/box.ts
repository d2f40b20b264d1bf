/** The outbox of one person while this page is theirs: its database, who listens, and its rows one by one. */
import { Base } from './base';
import { onShout, shout } from './channel';
import { Drain } from './drain';
import { Unwanted } from './outcome';
import { marked, type Row } from './rows';
import type { Owner } from './types';

/** Opened by `openFor`; after `close` it starts nothing more, and what is under way is written down to its own person. */
export class Box {
  readonly owner: Owner;
  readonly base: Base;
  readonly drain: Drain;
  isClosed = false;
  private readonly listeners = new Set<() => void>();
  private readonly uploads = new Map<string, Promise<unknown>>();
  private readonly deafen: () => void;

  constructor(owner: Owner) {
    this.owner = owner;
    this.base = new Base(owner);
    this.drain = new Drain(this);
    this.deafen = onShout((name) => {
      if (name !== this.base.name) return;
      this.tell();
      this.drain.poke();
    });
  }

  /** Be told of every change, of other pages too. */
  onChange(tell: () => void): () => void {
    this.listeners.add(tell);
    return () => {
      this.listeners.delete(tell);
    };
  }

  /** Say that something changed. */
  changedHere(): void {
    this.tell();
    shout(this.base.name);
  }

  /** A row as it is now. */
  async row(id: string): Promise<Row | undefined> {
    return this.base.read((db) => db.get('acts', id));
  }

  /** The row, if it is still to be sent and this is still its person's page. */
  async wanted(id: string): Promise<Row> {
    const row = await this.row(id);
    if (!row || row.state === 'attention' || this.isClosed) throw new Unwanted();
    return row;
  }

  /** Change a row from what it is at that moment, so that two pages never undo each other; undefined where it is gone. */
  async update(id: string, how: (row: Row) => Row): Promise<Row | undefined> {
    let hasChanged = false;
    const after = await this.base.write(['acts', 'bytes'], async (tx) => {
      const acts = tx.objectStore('acts');
      const before = await acts.get(id);
      if (!before) return undefined;
      const next = how(before);
      hasChanged = next !== before;
      if (!hasChanged) return before;
      const row = marked(next);
      await acts.put(row);
      // Bytes die only when the act has its receipt and the server says that it has the photo for good.
      if (row.state === 'done')
        for (const photo of row.photos) if (photo.level === 'durable') await tx.objectStore('bytes').delete(photo.id);
      return row;
    });
    if (hasChanged) this.changedHere();
    return after;
  }

  /** The same for a row that must be there. */
  async changed(id: string, how: (row: Row) => Row): Promise<Row> {
    const row = await this.update(id, how);
    if (!row || this.isClosed) throw new Unwanted();
    return row;
  }

  /** The photos of a row are brought once at a time, also when its act is tried again meanwhile. Answers what went wrong, if anything. */
  uploading(row: Row, work: (row: Row) => Promise<void>): Promise<unknown> {
    const under = this.uploads.get(row.id);
    if (under) return under;
    const begun = this.wanted(row.id)
      .then(work)
      .then(
        () => undefined,
        (problem: unknown) => problem ?? new Error('unknown'),
      )
      .finally(() => this.uploads.delete(row.id));
    this.uploads.set(row.id, begun);
    return begun;
  }

  /** The person has left this page. */
  close(): void {
    this.isClosed = true;
    this.deafen();
    this.drain.stop();
    this.listeners.clear();
    this.base.close();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
