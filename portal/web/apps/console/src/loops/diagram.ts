/** A loop drawn: stages stand side by side, within a stage what rests on another stands further right. Pure. */
import type { Loop, Step } from './definition';

export interface Box {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface StepBox extends Box {
  step: Step;
}

export interface Arrow {
  from: string;
  to: string;
  /** A rejection leads back; everything else leads on. */
  isBack: boolean;
}

export interface Diagram {
  stages: Box[];
  steps: StepBox[];
  arrows: Arrow[];
  width: number;
  height: number;
}

export const SIZE = { width: 188, height: 96, gapX: 36, gapY: 32, pad: 14, head: 40, between: 16 };

/** Where everything stands. */
export function drawn(loop: Loop): Diagram {
  const stages: Box[] = [];
  const steps: StepBox[] = [];
  let left = 0;
  let bottom = 0;
  for (const [code] of loop.stages) {
    const inside = loop.steps.filter((step) => step.stage === code);
    const columns = columnsOf(inside);
    const deepest = Math.max(1, ...columns.values());
    const rows = new Map<number, number>();
    for (const step of inside) {
      const column = columns.get(step.code)! - 1;
      const row = rows.get(column) ?? 0;
      rows.set(column, row + 1);
      steps.push({
        id: step.code,
        step,
        x: left + SIZE.pad + column * (SIZE.width + SIZE.gapX),
        y: SIZE.head + SIZE.pad + row * (SIZE.height + SIZE.gapY),
        width: SIZE.width,
        height: SIZE.height,
      });
    }
    const width = 2 * SIZE.pad + deepest * SIZE.width + (deepest - 1) * SIZE.gapX;
    stages.push({ id: code, x: left, y: 0, width, height: 0 });
    left += width + SIZE.between;
    bottom = Math.max(bottom, ...rows.values());
  }
  const height = SIZE.head + 2 * SIZE.pad + Math.max(1, bottom) * SIZE.height + Math.max(0, bottom - 1) * SIZE.gapY;
  return {
    stages: stages.map((stage) => ({ ...stage, height })),
    steps,
    arrows: [...onward(loop.steps), ...backward(loop.steps)],
    width: Math.max(0, left - SIZE.between),
    height,
  };
}

/** The column of each step in its stage, from 1: one further than the last step of the stage that it rests on. */
function columnsOf(steps: readonly Step[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const step of steps) found.set(step.code, 1 + Math.max(0, ...step.after.map((code) => found.get(code) ?? 0)));
  return found;
}

/** Arrows to what comes next; none where the way through other steps says the same. */
function onward(steps: readonly Step[]): Arrow[] {
  const resting = new Map<string, Set<string>>();
  for (const step of steps) {
    const all = new Set(step.after);
    for (const code of step.after) for (const further of resting.get(code) ?? []) all.add(further);
    resting.set(step.code, all);
  }
  return steps.flatMap((step) =>
    step.after
      .filter((code) => !step.after.some((other) => other !== code && resting.get(other)?.has(code)))
      .map((code) => ({ from: code, to: step.code, isBack: false })),
  );
}

function backward(steps: readonly Step[]): Arrow[] {
  return steps.filter((step) => step.back).map((step) => ({ from: step.code, to: step.back, isBack: true }));
}
