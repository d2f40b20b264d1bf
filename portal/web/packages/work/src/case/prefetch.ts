/** Cases of my tasks are remembered before they are opened, so that the work can be done where there is no network. */
import { keeper } from '@anhuan/outbox';
import { ask, whoIsHere } from '@anhuan/wire';
import { WorkCaseById } from '../gql';
import { kept } from './use-case';

const MOST = 10;
const FRESH = 10 * 60_000;
const fetched = new Map<string, number>();

/** One after the other, so that nothing that a person waits for has to wait for it; stops where the network does. */
export async function prefetch(ids: readonly string[]): Promise<void> {
  const whose = whoIsHere()?.person.id;
  for (const id of ids.slice(0, MOST)) {
    const key = `${whose} ${id}`;
    if (Date.now() - (fetched.get(key) ?? 0) < FRESH) continue;
    fetched.set(key, Date.now());
    try {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, so that a person who waits for something need not wait for this
      const found = await ask(WorkCaseById, { id });
      if (whoIsHere()?.person.id !== whose) return;
      // oxlint-disable-next-line no-await-in-loop -- kept before the next is asked for: the network may go at any moment
      await keeper.put(kept(id), found);
    } catch {
      fetched.delete(key);
      return;
    }
  }
}
