/** How far a report has come, in the six words that everybody knows. */
import { words } from '@anhuan/i18n';
import type { Tone } from '@anhuan/ui';

const t = words({
  reported: ['上报', 'Reported'],
  grading: ['定级', 'Graded'],
  dispatch: ['派发', 'Assigned'],
  rectification: ['整改', 'Fixed'],
  review: ['验收', 'Checked'],
  closed: ['闭环', 'Closed'],
  closedCase: ['已闭环', 'Closed'],
  cancelled: ['已终止', 'Called off'],
});

/** The stage of the shipped loop that each code of a definition stands at; a company's own stages are only named. */
const AT: Record<string, number> = { grading: 1, dispatch: 2, rectification: 3, review: 4, verification: 4 };

export function stageNames(): string[] {
  return [t.reported, t.grading, t.dispatch, t.rectification, t.review, t.closed];
}

/** Which of the six it is at; 6 is past the last; undefined for stages that we do not know, and for what was called off. */
export function stageAt(line: { status: string; stage: string }): number | undefined {
  if (line.status === 'CLOSED') return 6;
  return line.status === 'OPEN' ? AT[line.stage] : undefined;
}

/** Its state in one word, and the tone of it. */
export function stateOf(line: { status: string; stageName: string; isOverdue: boolean }): { text: string; tone: Tone } {
  if (line.status === 'CLOSED') return { text: t.closedCase, tone: 'good' };
  if (line.status === 'CANCELLED') return { text: t.cancelled, tone: 'quiet' };
  return { text: line.stageName, tone: line.isOverdue ? 'major' : 'brand' };
}
