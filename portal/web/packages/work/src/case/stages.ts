/** How far a hazard has come, as the row of stages that everybody here knows; pure. */
import { words } from '@anhuan/i18n';

const t = words({
  report: ['上报', 'Report'],
  grading: ['定级', 'Grade'],
  dispatch: ['派发', 'Assign'],
  rectification: ['整改', 'Fix'],
  review: ['验收', 'Review'],
  verification: ['验证', 'Verify'],
  closed: ['闭环', 'Closed'],
});

/** The shipped loop from the first report to its end. */
export const STAGES = ['report', 'grading', 'dispatch', 'rectification', 'review', 'verification', 'closed'] as const;

export interface Stage {
  code: (typeof STAGES)[number];
  name: string;
  state: 'done' | 'now' | 'todo';
}

/** The stages with where the case stands; null where a company's own loop has stages that this row does not know. */
export function stagesOf(stage: string, status: string): Stage[] | null {
  const now = status === 'CLOSED' ? STAGES.length : STAGES.findIndex((code) => code === stage);
  if (now < 0 || status === 'CANCELLED') return null;
  return STAGES.map((code, index) => ({ code, name: t[code], state: index < now ? 'done' : index === now ? 'now' : 'todo' }));
}
