/** Answers of the server as the person last saw them, for times without network; each person's in their own database. */
import { whoIsHere, type Keeper } from '@anhuan/wire';
import type { Box } from './box';
import { openBox } from './current';

/** For `rememberIn`. While one person goes and another comes, it neither tells nor takes anything. */
export const keeper: Keeper = {
  async get(key) {
    try {
      return await mine()?.base.read((db) => db.get('answers', key));
    } catch {
      return undefined;
    }
  },
  async put(key, data) {
    await mine()?.base.write(['answers'], (tx) => tx.objectStore('answers').put({ at: Date.now(), data }, key));
  },
};

function mine(): Box | null {
  const box = openBox();
  return box && whoIsHere()?.person.id === box.owner.personId ? box : null;
}
