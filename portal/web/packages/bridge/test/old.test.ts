/** What an old webview lacks is there after the import, and does the same. */
import { expect, test, vi } from 'vitest';

test('what is missing is brought along', async () => {
  const lacking = window as unknown as Record<string, unknown>;
  const own = { fromEntries: Object.fromEntries, hasOwn: Object.hasOwn, queueMicrotask: window.queueMicrotask };
  Object.assign(Object, { fromEntries: undefined, hasOwn: undefined });
  lacking.queueMicrotask = undefined;
  try {
    vi.resetModules();
    await import('../src/old');

    expect(Object.fromEntries).not.toBe(own.fromEntries);
    expect(Object.fromEntries([['a', 1], ['b', 2]])).toEqual({ a: 1, b: 2 });
    expect([Object.hasOwn({ a: 1 }, 'a'), Object.hasOwn({}, 'toString')]).toEqual([true, false]);
    const order: string[] = [];
    window.queueMicrotask(() => order.push('later'));
    order.push('now');
    await Promise.resolve();
    expect(order).toEqual(['now', 'later']);
  } finally {
    Object.assign(Object, { fromEntries: own.fromEntries, hasOwn: own.hasOwn });
    lacking.queueMicrotask = own.queueMicrotask;
  }
});
