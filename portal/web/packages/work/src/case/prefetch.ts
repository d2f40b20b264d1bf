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
      // eslint-disable-next-line no-await-in-loop
      const found = await ask(WorkCaseById, { id });
      if (whoIsHere()?.person.id !== whose) return;
      // eslint-disable-next-line no-await-in-loop
      await keeper.put(kept(id), found);
    } catch {
      fetched.delete(key);
      return;
    }
  }
}
