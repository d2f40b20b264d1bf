/** What webviews of 2018 lack and our libraries take for granted; to be imported before anything else. */

/** Put in place what is missing. Each name is assigned openly, since the check of what was built looks for exactly this. */
export function bringAlong(): void {
  if (!window.globalThis) (window as { globalThis: unknown }).globalThis = window;
  if (!window.queueMicrotask)
    window.queueMicrotask = (task) =>
      void Promise.resolve()
        .then(task)
        .catch((problem: unknown) =>
          setTimeout(() => {
            throw problem;
          }),
        );
  if (!Object.fromEntries)
    Object.fromEntries = (pairs: Iterable<readonly unknown[]>): Record<string, unknown> => {
      const made: Record<string, unknown> = {};
      for (const [key, value] of pairs) made[String(key)] = value;
      return made;
    };
  if (!Object.hasOwn) Object.hasOwn = (thing, key) => Object.prototype.hasOwnProperty.call(thing, key);
}

bringAlong();
