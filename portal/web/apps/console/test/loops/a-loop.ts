/** A loop as the server sends it, with whatever is usual left out. */
export const BODY = {
  code: 'hazard',
  version: 1,
  name: { zh: '隐患治理闭环', en: 'Hazard loop' },
  series: 'HZ',
  stages: [
    ['grading', { zh: '待定级', en: 'Grading' }],
    ['rectification', { zh: '整改中', en: 'Rectification' }],
    ['review', { zh: '验收中', en: 'Review' }],
  ],
  steps: [
    { code: 'grade', stage: 'grading', name: { zh: '定级', en: 'Grade' }, act: 'hazard.grade', seats: [{ by: 'duty', duty: 'safety_officer' }], clocks: [{ rule: 'grading', minutes: 240 }], ladder: 'grading' },
    { code: 'control', stage: 'rectification', name: { zh: '临时管控', en: 'Control' }, act: 'hazard.rectify', after: ['grade'], when: "grade == 'A' || grade == 'B'", seats: [{ by: 'responsible' }], again: 60 },
    { code: 'authorise', stage: 'rectification', name: { zh: '方案审批', en: 'Approve the plan' }, act: 'hazard.review', kind: 'approval', after: ['control'], back: 'control', seats: [{ by: 'duty', duty: 'general_manager', when: "grade == 'A'" }, { by: 'duty', duty: 'department_head', at: 'responsible', when: "grade == 'B'" }] },
    { code: 'rectify', stage: 'rectification', name: { zh: '整改', en: 'Rectify' }, act: 'hazard.rectify', after: ['grade'], seats: [{ by: 'responsible' }], clocks: [{ rule: 'grade.A', minutes: 1440, since: 'graded_at', when: "grade == 'A'" }], evidence: [{ purpose: 'before' }, { purpose: 'after', least: 2 }] },
    { code: 'accept', stage: 'review', name: { zh: '三级验收', en: 'Three reviews' }, act: 'hazard.review', kind: 'approval', mode: 'serial', after: ['rectify', 'control', 'authorise'], back: 'rectify', checks: ['rectify'], seats: [{ by: 'duty', duty: 'team_leader' }, { by: 'duty', duty: 'safety_officer', tier: 'branch' }, { by: 'head', at: 'responsible', up: 1 }], clocks: [{ rule: 'review', minutes: 2880, working: true }] },
  ],
  ladders: {
    grading: [
      { side: 'before', percent: 50, tell: [{ by: 'duty', duty: 'safety_officer' }] },
      { side: 'after', tell: [{ by: 'head', up: 1 }] },
      { side: 'after', minutes: 480, percent: 100, tell: [{ by: 'duty', duty: 'general_manager' }], effect: 'stop_work' },
    ],
  },
};

/** The same with changes: `(body) => { … }` on a copy. */
export function changedBody(change: (body: typeof BODY) => void): typeof BODY {
  const copy = structuredClone(BODY);
  change(copy);
  return copy;
}
