/** The organisation as a tree, and what is found in it. */
import { describe, expect, it } from 'vitest';
import { matching, treeOf, under, wayTo } from '../../src/organisation/tree';

const unit = (id: string, parent: string | null, name = id) => ({ id, code: id.toUpperCase(), name, parent: parent ? { id: parent } : null });
const UNITS = [unit('hq', null, '恒泰集团'), unit('b1', 'hq', '第一分厂'), unit('b2', 'hq', '第二分厂'), unit('w1', 'b1', '冲压车间'), unit('t1', 'w1', '冲压甲班')];

describe('the tree of units', () => {
  it('hangs each under its parent', () => {
    const [top] = treeOf(UNITS);
    expect(top!.unit.id).toBe('hq');
    expect(top!.children.map((branch) => branch.unit.id)).toEqual(['b1', 'b2']);
    expect(top!.children[0]!.children[0]!.children[0]!.unit.id).toBe('t1');
  });

  it('puts at the top whose parent is out of sight', () => {
    expect(treeOf(UNITS.filter((one) => one.id !== 'hq')).map((branch) => branch.unit.id)).toEqual(['b1', 'b2']);
  });

  it('knows the way to a unit and everything under it', () => {
    expect(wayTo(UNITS, 't1').map((one) => one.id)).toEqual(['hq', 'b1', 'w1', 't1']);
    expect(wayTo(UNITS, 'gone')).toEqual([]);
    expect([...under(UNITS, 'b1')]).toEqual(['b1', 'w1', 't1']);
  });

  it('finds by name or code and shows what is found in its place', () => {
    const { found, shown } = matching(UNITS, '冲压');
    expect([...found]).toEqual(['w1', 't1']);
    expect([...shown].sort()).toEqual(['b1', 'hq', 't1', 'w1']);
    expect([...matching(UNITS, 'B2').found]).toEqual(['b2']);
    expect(matching(UNITS, ' ').found.size).toBe(0);
  });
});
