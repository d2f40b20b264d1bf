/** The way back: where the reader came from, or a given screen where this was the first, as after a notice. */

let steps = 0;
// wouter tells of every step that an app takes by itself.
addEventListener('pushState', () => {
  steps += 1;
});
addEventListener('popstate', () => {
  steps = Math.max(0, steps - 1);
});

/** `go` is wouter's. */
export function back(go: (to: string, how?: { replace?: boolean }) => void, otherwise: string): void {
  if (steps > 0) history.back();
  else go(otherwise, { replace: true });
}
