/** The grid of a role: grouping, ticking, and what a change comes to. */
import { describe, expect, it } from 'vitest';
import { speak } from '@anhuan/i18n';
import { asList, asSet, changes, grouped, rebased, toggled, widest } from '../../src/policy/matrix';

const ACTS = [
  { code: 'record.read', nameZh: '查看操作记录', resource: 'record' },
  { code: 'case.read', nameZh: '查看闭环事项', resource: 'case' },
  { code: 'robot.drive', nameZh: '驾驶机器人', resource: 'robot' },
  { code: 'hazard.grade', nameZh: '隐患定级', resource: 'case' },
];
const HELD = asSet([{ act: 'case.read', condition: 'unit' }, { act: 'case.read', condition: 'own' }]);

describe('the grid of a role', () => {
  it('groups acts by what they are done to, the unknown last', () => {
    speak('zh');
    const groups = grouped(ACTS);
    expect(groups.map((group) => group.resource)).toEqual(['case', 'record', 'robot']);
    expect(groups[0]!.rows.map((row) => row.name)).toEqual(['查看闭环事项', '隐患定级']);
    expect(groups[2]!.rows[0]!.name).toBe('驾驶机器人');
  });

  it('ticks and unticks without touching what was', () => {
    const more = toggled(HELD, 'hazard.grade', 'tenant');
    expect(more.size).toBe(3);
    expect(toggled(more, 'hazard.grade', 'tenant')).toEqual(HELD);
    expect(HELD.size).toBe(2);
  });

  it('says what a change gives and takes', () => {
    const after = toggled(toggled(HELD, 'case.read', 'own'), 'hazard.grade', 'unit');
    expect(changes(HELD, after)).toEqual({ given: [{ act: 'hazard.grade', condition: 'unit' }], taken: [{ act: 'case.read', condition: 'own' }] });
    expect(changes(HELD, HELD)).toEqual({ given: [], taken: [] });
  });

  it('goes back to what the server takes, in its order', () => {
    expect(asList(HELD)).toEqual([{ act: 'case.read', condition: 'own' }, { act: 'case.read', condition: 'unit' }]);
  });

  it('is made again upon what somebody else has changed meanwhile, and undoes none of that', () => {
    const mine = toggled(toggled(HELD, 'hazard.grade', 'unit'), 'case.read', 'own');
    const theirs = toggled(toggled(HELD, 'hazard.assign', 'unit'), 'case.read', 'unit');
    expect([...rebased(HELD, mine, theirs)].sort()).toEqual(['hazard.assign unit', 'hazard.grade unit']);
    expect(rebased(HELD, HELD, theirs)).toEqual(theirs);
  });

  it('knows the widest condition', () => {
    expect(widest(HELD, 'case.read')).toBe('unit');
    expect(widest(HELD, 'hazard.grade')).toBeNull();
  });
});
