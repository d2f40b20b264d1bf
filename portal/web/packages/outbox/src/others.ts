/** Other people's outboxes on this device: how much waits in them, and nothing else. */
import { isOurs } from './base';
import { openBox } from './current';
import { known } from './names';

/** How many entries of other people wait on this device; their words and photos stay theirs. */
export async function waitingOfOthers(): Promise<number> {
  const mine = openBox()?.base.name;
  let sum = 0;
  for (const name of await names()) if (name !== mine) sum += await count(name).catch(() => 0);
  return sum;
}

async function names(): Promise<string[]> {
  const found = new Set(known());
  try {
    for (const { name } of await indexedDB.databases()) if (name && isOurs(name)) found.add(name);
  } catch {
    // Older webviews cannot list.
  }
  return [...found];
}

/** Without a version: neither made nor changed, only counted. */
async function count(name: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.addEventListener('upgradeneeded', () => opening.transaction?.abort());
    opening.addEventListener('error', () => reject(opening.error ?? new Error('open')));
    opening.addEventListener('success', () => {
      const db = opening.result;
      try {
        const asking = db.transaction('acts').objectStore('acts').index('open').count();
        asking.addEventListener('success', () => resolve(asking.result));
        asking.addEventListener('error', () => reject(asking.error ?? new Error('count')));
      } catch (problem) {
        reject(problem instanceof Error ? problem : new Error('count'));
      } finally {
        db.close();
      }
    });
  });
}
