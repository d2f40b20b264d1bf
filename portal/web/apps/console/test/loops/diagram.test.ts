/** Where the steps of a loop stand, and which arrows join them. */
import { describe, expect, it } from 'vitest';
import { readLoop } from '../../src/loops/definition';
import { drawn, SIZE } from '../../src/loops/diagram';
import { BODY } from './a-loop';

const diagram = drawn(readLoop(BODY));
const at = (id: string) => diagram.steps.find((box) => box.id === id)!;

describe('the diagram of a loop', () => {
  it('puts every step inside the box of its stage, and no two in one place', () => {
    const places = new Set<string>();
    for (const box of diagram.steps) {
      const stage = diagram.stages.find((one) => one.id === box.step.stage)!;
      expect(box.x).toBeGreaterThanOrEqual(stage.x);
      expect(box.x + box.width).toBeLessThanOrEqual(stage.x + stage.width);
      expect(box.y + box.height).toBeLessThanOrEqual(stage.y + stage.height);
      places.add(`${box.x}/${box.y}`);
    }
    expect(places.size).toBe(diagram.steps.length);
  });

  it('stands stages side by side in their order', () => {
    expect(diagram.stages.map((stage) => stage.id)).toEqual(['grading', 'rectification', 'review']);
    for (const [before, after] of [[0, 1], [1, 2]] as const)
      expect(diagram.stages[after]!.x).toBeGreaterThan(diagram.stages[before]!.x + diagram.stages[before]!.width);
  });

  it('moves what rests on a step of the same stage one column on, and stacks what does not', () => {
    expect(at('authorise').x).toBe(at('control').x + SIZE.width + SIZE.gapX);
    expect(at('authorise').y).toBe(at('control').y);
    expect(at('rectify').x).toBe(at('control').x);
    expect(at('rectify').y).toBe(at('control').y + SIZE.height + SIZE.gapY);
  });

  it('draws no arrow that a longer way says already', () => {
    const onward = diagram.arrows.filter((arrow) => !arrow.isBack).map(({ from, to }) => `${from}>${to}`);
    expect(onward).toEqual(['grade>control', 'control>authorise', 'grade>rectify', 'rectify>accept', 'authorise>accept']);
  });

  it('draws every rejection', () => {
    expect(diagram.arrows.filter((arrow) => arrow.isBack).map(({ from, to }) => `${from}>${to}`)).toEqual(['authorise>control', 'accept>rectify']);
  });

  it('has room for a stage without steps, and for no stages at all', () => {
    expect(drawn(readLoop({ stages: [['empty', { zh: '空' }]] })).stages[0]!.width).toBeGreaterThan(0);
    expect(drawn(readLoop({}))).toMatchObject({ steps: [], arrows: [], width: 0 });
  });
});
