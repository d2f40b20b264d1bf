/** What has done its time goes: finished acts, the bin, answers that nobody looked at. Nothing that the server lacks is touched. */
import type { Box } from './box';

const DAY = 24 * 60 * 60 * 1_000;
/** How long a finished act stays to be looked at, and how long the bin forgives. */
export const KEPT = 30 * DAY;
const ANSWERS_KEPT = 90 * DAY;

/** Once per start. */
export async function prune(box: Box, now = Date.now()): Promise<void> {
  await box.base.write(['acts', 'bin', 'answers'], async (tx) => {
    for (let at = await tx.objectStore('acts').openCursor(); at; at = await at.continue()) {
      const { state, receipt, photos } = at.value;
      // A refused photo's bytes exist nowhere else: a person throws them away, not time.
      const isSafe = state === 'done' && receipt && photos.every((photo) => photo.level === 'durable');
      if (isSafe && now - receipt.at > KEPT) await at.delete();
    }
    for (let at = await tx.objectStore('bin').openCursor(); at; at = await at.continue()) if (now - at.value.at > KEPT) await at.delete();
    for (let at = await tx.objectStore('answers').openCursor(); at; at = await at.continue()) if (now - at.value.at > ANSWERS_KEPT) await at.delete();
  });
}
