/** The service worker as the page sees it: whether the app opens without network, and when a new version may take over. */
import { whenOutdated } from '@anhuan/wire';

/** An app that stays open for days is never loaded anew, and browsers look for a newer one only then. */
const HOUR = 60 * 60_000;
const listeners = new Set<() => void>();
let registration: ServiceWorkerRegistration | null = null;
let hasChanged = false;
let isApplying = false;
let isBusy: () => boolean = () => false;

/** Register the worker of the app at `base` (`/app/`). In browsers without workers the app needs its network, and says so. */
export async function startShell(base: string): Promise<void> {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  const wasControlled = Boolean(workers.controller);
  workers.addEventListener('controllerchange', () => {
    if (isApplying) location.reload();
    // Another page of this app changed the version under us: our own files may be gone.
    else if (wasControlled) {
      hasChanged = true;
      tell();
    }
  });
  try {
    registration = await workers.register(`${base}sw.js`, { scope: base, updateViaCache: 'none' });
  } catch {
    return;
  }
  const follow = (worker: ServiceWorker | null): void => worker?.addEventListener('statechange', tell);
  follow(registration.installing);
  registration.addEventListener('updatefound', () => follow(registration?.installing ?? null));
  if (registration.waiting) tell();
  let looked = Date.now();
  document.addEventListener('visibilitychange', () => {
    // A clock that was set back does not put it off for ever.
    if (document.visibilityState !== 'visible' || Math.abs(Date.now() - looked) < HOUR) return;
    looked = Date.now();
    searchUpdate();
  });
  whenOutdated(searchUpdate);
  // The large files that only some screens need: once nothing else is loading.
  void workers.ready.then((ready) => ready.active?.postMessage('more'));
}

/** No new version takes over while this says so. */
export function holdWhile(busy: () => boolean): void {
  isBusy = busy;
}

/** Whether a new version lies ready. */
export function updateReady(): boolean {
  return hasChanged || Boolean(registration?.waiting && navigator.serviceWorker.controller);
}

/** Be told when a new version lies ready; answers how to stop. */
export function onUpdate(hear: () => void): () => void {
  listeners.add(hear);
  return () => {
    listeners.delete(hear);
  };
}

/** Change to the new version and load the page anew. Not while anything is on its way: then it answers false and nothing happens. */
export function applyUpdate(): boolean {
  if (!updateReady() || isBusy()) return false;
  if (!registration?.waiting) location.reload();
  isApplying = true;
  registration?.waiting?.postMessage('skip');
  return true;
}

/** Look whether there is a newer version. */
export function searchUpdate(): void {
  void registration?.update().catch(() => undefined);
}

/** A page that is closed with something waiting is sent for when there is network again, where browsers can. */
export async function askForSync(): Promise<void> {
  try {
    const { sync } = registration as unknown as { sync?: { register(tag: string): Promise<void> } };
    await sync?.register('outbox');
  } catch {
    // A bonus where it works.
  }
}

/** Ask the worker whether it has every file of the app, and lend it a hand where some are missing. */
export async function isComplete(patience = 3_000): Promise<boolean> {
  const worker = typeof navigator === 'undefined' ? undefined : navigator.serviceWorker?.controller;
  if (!worker) return false;
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const timer = setTimeout(() => resolve(false), patience);
    port1.addEventListener('message', (event: MessageEvent<boolean>) => {
      clearTimeout(timer);
      port1.close();
      resolve(event.data);
    });
    port1.start();
    worker.postMessage('complete?', [port2]);
  });
}

function tell(): void {
  for (const listener of listeners) listener();
}
