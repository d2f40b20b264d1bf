/** Empties the outbox: starts what may start, learns from what failed, and looks again when there is reason to hope. */
import { onSession, sessionEnded, whoIsHere, type Trouble, type WireError } from '@anhuan/wire';
import type { Box } from './box';
import { alone } from './lock';
import { Unwanted, failed, heard, pause } from './outcome';
import { isUrgent, plan } from './plan';
import { rouse } from './rest';
import { send } from './send';
import { isResting, type Row } from './rows';

const LOOK = 30_000;
const MINUTE = 60_000;
/** A page that holds the lock and does nothing for this long is asleep or dead. */
const DEAD = 2 * MINUTE;
/** Tries whose failing says nothing against the row or the server: with network or session again, each is due at once. */
const OUTSIDE: readonly (Trouble | undefined)[] = ['network', 'signed-out', 'other-person'];

/** The one that sends for a box. `poke` is cheap and may come from anywhere, any number of times. */
export class Drain {
  private readonly running = new Map<string, boolean>();
  private isPassing = false;
  private isPoked = false;
  private isStopped = false;
  private ring: () => void = () => undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private quietUntil = 0;
  private lockedSince = 0;
  private readonly undo: (() => void)[] = [];

  constructor(private readonly box: Box) {}

  /** Begin, and go on whenever the network, the page or the session comes back. */
  start(): void {
    const listen = (target: EventTarget | undefined, name: string, hear: (event: Event) => void): void => {
      target?.addEventListener(name, hear);
      this.undo.push(() => target?.removeEventListener(name, hear));
    };
    listen(window, 'online', () => void this.wake([...OUTSIDE, 'busy']));
    listen(document, 'visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.wake();
      else void this.hurry();
    });
    listen(navigator.serviceWorker, 'message', (event) => {
      if ((event as MessageEvent).data === 'drain') void this.wake();
    });
    const look = setInterval(() => this.poke(), LOOK);
    this.undo.push(
      () => clearInterval(look),
      onSession(() => {
        if (!sessionEnded() && whoIsHere()?.person.id === this.box.owner.personId) void this.wake();
      }),
    );
    // A page that opens is a new chance: who takes the phone out again does not sit out the pauses of last night.
    void this.wake();
    // Whatever rested when the page was closed has nobody left who could take it back.
    void this.hurry();
  }

  /** Start nothing more. */
  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
    for (const undo of this.undo) undo();
    this.ring();
  }

  /** Something may be due. */
  poke(): void {
    this.isPoked = true;
    this.ring();
    if (!this.isPassing && !this.isStopped) void this.pass();
  }

  /** Something new is here: try it whatever failed before. */
  hope(): void {
    this.quietUntil = 0;
    this.poke();
  }

  /** Whether anything is on its way at this moment. */
  isSending(): boolean {
    return this.running.size > 0;
  }

  /** There is reason to hope: waiting for the network or for a session is void. */
  async wake(because = OUTSIDE): Promise<void> {
    this.quietUntil = 0;
    this.failures = 0;
    try {
      for (const row of await this.rows())
        if (row.nextAt > Date.now() && row.trouble && because.includes(row.trouble)) await this.box.update(row.id, (one) => ({ ...one, nextAt: 0 }));
    } catch {
      // Storage is away; the next look finds it.
    }
    this.poke();
  }

  /** Nobody looks at the page, which may never run again: what rests goes now. */
  private async hurry(): Promise<void> {
    try {
      const now = Date.now();
      if (!(await this.rows()).some((row) => isResting(row, now))) return;
      await this.box.base.write(['acts'], async (tx) => rouse(tx.objectStore('acts'), now));
      this.poke();
    } catch {
      // It goes when its time has come.
    }
  }

  private async rows(): Promise<Row[]> {
    return this.box.base.read((db) => db.getAllFromIndex('acts', 'busy'));
  }

  private async pass(): Promise<void> {
    this.isPassing = true;
    this.isPoked = false;
    try {
      const work = (): Promise<void> => this.work();
      if (await alone(`${this.box.base.name}#drain`, work)) this.lockedSince = 0;
      else await this.lockedOut(work);
    } catch {
      this.lookAt(Date.now() + LOOK);
    } finally {
      this.isPassing = false;
      if (this.isPoked) this.poke();
    }
  }

  /** Another page sends. It hears of what is put here; but one that was frozen by the system hears nothing. */
  private async lockedOut(work: () => Promise<void>): Promise<void> {
    const now = Date.now();
    const waits = plan(await this.rows(), now, this.running).ready.length > 0;
    this.lockedSince = waits ? this.lockedSince || now : 0;
    if (!waits || now - this.lockedSince < DEAD) return this.lookAt(now + 10_000);
    this.lockedSince = 0;
    await work();
  }

  private async work(): Promise<void> {
    const ended = new Set<Promise<void>>();
    while (!this.isStopped) {
      this.isPoked = false;
      const now = Date.now();
      const rows = await this.rows();
      const { ready, soonest } = plan(rows, now, this.running);
      const isQuiet = now < this.quietUntil;
      if (!isQuiet)
        for (const row of ready) {
          const one = this.one(row).finally(() => ended.delete(one));
          ended.add(one);
        }
      this.lookAt(isQuiet ? this.quietUntil : soonest);
      if (this.isPoked) continue;
      if (!ended.size) return;
      await Promise.race([...ended, new Promise<void>((ring) => (this.ring = ring))]);
    }
    await Promise.all(ended);
  }

  private async one(row: Row): Promise<void> {
    this.running.set(row.id, isUrgent(row));
    try {
      await send(this.box, row.id);
      this.failures = 0;
    } catch (problem) {
      if (!(problem instanceof Unwanted)) await this.learn(row.id, heard(problem));
    } finally {
      this.running.delete(row.id);
    }
  }

  private async learn(id: string, problem: WireError): Promise<void> {
    const now = Date.now();
    // Of these the row knows nothing: nobody's turn comes before there is network, or its person is back.
    if (problem.trouble === 'network') this.quietUntil = now + pause(this.failures++, 5 * MINUTE);
    if (problem.trouble === 'signed-out' || problem.trouble === 'other-person') this.quietUntil = now + 5 * MINUTE;
    try {
      await this.box.update(id, (row) => failed(row, problem, now));
    } catch {
      // Not written down: the row is as it was and will be tried again.
      this.quietUntil = Math.max(this.quietUntil, now + LOOK);
    }
  }

  private lookAt(at: number): void {
    clearTimeout(this.timer);
    if (at === Number.POSITIVE_INFINITY || this.isStopped) return;
    this.timer = setTimeout(() => this.poke(), Math.min(Math.max(at - Date.now(), 100), 60 * MINUTE));
  }
}
