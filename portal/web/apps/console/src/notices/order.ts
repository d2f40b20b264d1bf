/** Things in an order that people choose: ticked ones join at the end, and move by one. Pure. */

/** In, at the end, or out again. */
export function toggledIn(all: readonly string[], one: string): string[] {
  return all.includes(one) ? all.filter((other) => other !== one) : [...all, one];
}

/** With the one at a place a step earlier (-1) or later (1); at an end nothing moves. */
export function moved<Thing>(all: readonly Thing[], at: number, by: -1 | 1): Thing[] {
  const to = at + by;
  const next = [...all];
  if (at < 0 || at >= all.length || to < 0 || to >= all.length) return next;
  next.splice(to, 0, ...next.splice(at, 1));
  return next;
}

/** New ranks for an order, ten apart as the server gives them, and only for those whose rank changes. */
export function ranks(order: readonly { code: string; rank: number }[]): { code: string; rank: number }[] {
  return order.map(({ code }, at) => ({ code, rank: (at + 1) * 10 })).filter(({ rank }, at) => order[at]!.rank !== rank);
}
