/** The frame: hints become topics, addresses light the menu, units become a tree, every screen has both its names. */
import { describe, expect, it } from 'vitest';
import { screens } from '../../src/routes';
import { fits, lit } from '../../src/shell/Menu';
import { topicsOf } from '../../src/shell/live';
import { hasModule, may } from '../../src/shared/rights';
import { steady } from '../../src/shared/Photo';
import { treeOf } from '../../src/shared/units';
import type { Who } from '@anhuan/wire';

const who = { can: ['case.read'], modules: [{ module: { code: 'hazards' }, terms: 'LAPSED' }, { module: { code: 'audit' }, terms: null }] } as unknown as Who;

it('a hint about a case touches the case and every list', () => {
  expect(topicsOf({ topic: 'case', caseId: '1', noticeId: null })).toEqual(['case', 'case:1']);
  expect(topicsOf({ topic: 'notice', caseId: null, noticeId: '2' })).toEqual(['notice']);
  expect(topicsOf({ topic: 'policy', caseId: null, noticeId: null })).toEqual(['policy']);
  expect(topicsOf({ topic: 'tomorrow', caseId: null, noticeId: null })).toEqual([]);
});

describe('the menu', () => {
  it('lights what is open, or what it stands under', () => {
    expect(lit('/board', screens)).toBe('board');
    expect(lit('/case/019a', screens)).toBe('hazards');
    expect(lit('/nowhere', screens)).toBeUndefined();
  });

  it('knows names in a path from names of a path', () => {
    expect(fits('case/:id', 'case/1/')).toBe(true);
    expect(fits('case/:id', 'case')).toBe(false);
    expect(fits('', '')).toBe(true);
  });

  it('has every screen once, in both languages, under one that is there', () => {
    expect(new Set(screens.map(({ path }) => path)).size).toBe(screens.length);
    for (const { title, under } of screens) {
      expect(title.every((name) => name.trim())).toBe(true);
      if (under !== undefined) expect(screens.some(({ path }) => path === under)).toBe(true);
    }
  });
});

it('a right is had by any of the acts; a lapsed module is still there to read', () => {
  expect(may(who, ['policy.read', 'case.read'])).toBe(true);
  expect(may(who, ['policy.read'])).toBe(false);
  expect(may(null, undefined)).toBe(false);
  expect([hasModule(who, 'hazards'), hasModule(who, 'audit'), hasModule(who, undefined)]).toEqual([true, false, true]);
});

const unit = (id: string, parent: string | null) => ({ id, code: id, name: id, kind: 'TEAM' as const, parent: parent ? { id: parent } : null });

it('a unit whose upper unit is out of sight stands at the top', () => {
  expect(treeOf([unit('b', 'a'), unit('c', 'b'), unit('d', null)])).toEqual([
    { value: 'b', title: 'b', label: 'b', children: [{ value: 'c', title: 'c', label: 'c', children: [] }] },
    { value: 'd', title: 'd', label: 'd', children: [] },
  ]);
});

it('of two teams with the same name one can tell which was chosen', () => {
  const fitters = (id: string, above: string) => ({ ...unit(id, above), name: 'fitters' });
  const [top] = treeOf([unit('hq', null), unit('east', 'hq'), fitters('e', 'east'), unit('west', 'hq'), fitters('w', 'west')]);

  expect(top!.children.flatMap(({ children }) => children.map(({ label }) => label))).toEqual(['east / fitters', 'west / fitters']);
});

it('the address of a picture stays while it lives, so that nothing flickers', () => {
  expect(steady('p', 'one', 0)).toBe('one');
  expect(steady('p', 'two', 100_000)).toBe('one');
  expect(steady('p', 'three', 300_000)).toBe('three');
});
