/** A loop definition as the server keeps it, with what it leaves out filled in. */

export type Text = Record<string, string>;

export interface Who {
  by: 'duty' | 'head' | 'reporter' | 'responsible' | 'person';
  duty: string;
  at: 'case' | 'responsible';
  tier: '' | 'team' | 'workshop' | 'branch' | 'hq';
  up: number;
  person: string;
  when: string | null;
}

export interface Clock {
  rule: string;
  minutes: number;
  working: boolean;
  since: '' | 'graded_at' | 'assigned_at';
  when: string | null;
}

export interface Rung {
  side: 'before' | 'after';
  minutes: number;
  percent: number;
  tell: Who[];
  effect: 'tell' | 'stop_work';
}

export interface EvidenceRule {
  purpose: 'before' | 'after' | 'test' | 'verification';
  least: number;
  when: string | null;
}

export interface Step {
  code: string;
  stage: string;
  name: Text;
  act: string;
  seats: Who[];
  after: string[];
  when: string | null;
  kind: 'work' | 'approval';
  mode: 'serial' | 'parallel';
  need: number;
  back: string;
  checks: string[];
  clocks: Clock[];
  again: number;
  ladder: string;
  form: Record<string, unknown>;
  evidence: EvidenceRule[];
}

export interface Loop {
  code: string;
  version: number;
  name: Text;
  series: string;
  stages: [string, Text][];
  steps: Step[];
  ladders: Record<string, Rung[]>;
}

type Given<Thing> = Partial<Thing>;

const WHO: Who = { by: 'duty', duty: '', at: 'case', tier: '', up: 0, person: '', when: null };
const CLOCK: Clock = { rule: '', minutes: 0, working: false, since: '', when: null };
const RUNG: Rung = { side: 'after', minutes: 0, percent: 0, tell: [], effect: 'tell' };
const EVIDENCE: EvidenceRule = { purpose: 'after', least: 1, when: null };
const STEP: Step = {
  code: '', stage: '', name: {}, act: '', seats: [], after: [], when: null, kind: 'work', mode: 'parallel', need: 0,
  back: '', checks: [], clocks: [], again: 0, ladder: '', form: {}, evidence: [],
};

/** Read a body of the server; it leaves out whatever is as usual. */
export function readLoop(body: unknown): Loop {
  const given = body as Given<Loop>;
  return {
    code: given.code ?? '',
    version: given.version ?? 0,
    name: given.name ?? {},
    series: given.series ?? '',
    stages: given.stages ?? [],
    steps: (given.steps ?? []).map(step),
    ladders: Object.fromEntries(Object.entries(given.ladders ?? {}).map(([name, rungs]) => [name, rungs.map(rung)])),
  };
}

function step(given: Given<Step>): Step {
  return {
    ...STEP,
    ...given,
    seats: (given.seats ?? []).map(who),
    clocks: (given.clocks ?? []).map((one) => ({ ...CLOCK, ...one })),
    evidence: (given.evidence ?? []).map((one) => ({ ...EVIDENCE, ...one })),
  };
}

function rung(given: Given<Rung>): Rung {
  return { ...RUNG, ...given, tell: (given.tell ?? []).map(who) };
}

function who(given: Given<Who>): Who {
  return { ...WHO, ...given };
}

/** A name in the language of the moment, or in any that it has. */
export function spokenName(name: Text, language: string): string {
  return name[language] ?? name.zh ?? Object.values(name)[0] ?? '';
}
