/** A question that is on its way serves everybody who asks the same meanwhile. */

interface Asked {
  answer: Promise<unknown>;
  /** Until the end of the moment in which it was asked. */
  isNew: boolean;
}

const underWay = new Map<string, Asked>();

/**
 * The answer to what is being asked already, or to `question`. `anew`: something has changed, and what was asked earlier may not know
 * of it; then only a question of this same moment will do, as when two components hear of one change.
 */
export function shared<Result>(key: string, anew: boolean, question: () => Promise<Result>): Promise<Result> {
  const other = underWay.get(key);
  if (other && (other.isNew || !anew)) return other.answer as Promise<Result>;
  const asked: Asked = { answer: question(), isNew: true };
  underWay.set(key, asked);
  setTimeout(() => {
    asked.isNew = false;
  }, 0);
  const over = (): void => {
    if (underWay.get(key) === asked) underWay.delete(key);
  };
  asked.answer.then(over, over);
  return asked.answer as Promise<Result>;
}

/** Something was done here: answers to what was asked before serve nobody who asks from now on. */
export function outdate(): void {
  underWay.clear();
}
