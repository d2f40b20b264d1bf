/** Orders that people choose. */
import { describe, expect, it } from 'vitest';
import { moved, ranks, toggledIn } from '../../src/notices/order';

describe('an order', () => {
  it('takes in at the end and lets out from anywhere', () => {
    expect(toggledIn(['a', 'b'], 'c')).toEqual(['a', 'b', 'c']);
    expect(toggledIn(['a', 'b', 'c'], 'b')).toEqual(['a', 'c']);
  });

  it('moves by one, and not over its ends', () => {
    expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
    expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
    expect(moved(['a', 'b'], -1, 1)).toEqual(['a', 'b']);
  });

  it('becomes ranks, only where they change', () => {
    expect(ranks([{ code: 'a', rank: 10 }, { code: 'c', rank: 30 }, { code: 'b', rank: 20 }])).toEqual([{ code: 'c', rank: 20 }, { code: 'b', rank: 30 }]);
    expect(ranks([{ code: 'a', rank: 10 }, { code: 'b', rank: 10 }])).toEqual([{ code: 'b', rank: 20 }]);
  });
});
