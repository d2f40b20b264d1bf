/** The names of the outboxes on this device, for browsers that cannot list their databases. */

const KEPT = 'anhuan.outboxes';

/** Keep in mind that an outbox of this name is here. */
export function remember(name: string): void {
  try {
    const names = known();
    if (!names.includes(name)) localStorage.setItem(KEPT, JSON.stringify([...names, name]));
  } catch {
    // Then only browsers that can list will count it.
  }
}

/** Those that were kept in mind. */
export function known(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? '[]');
    return Array.isArray(kept) ? kept.filter((name): name is string => typeof name === 'string') : [];
  } catch {
    return [];
  }
}
