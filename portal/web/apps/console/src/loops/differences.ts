/** What is different between two versions of a loop, as sentences that a safety officer can check one by one. */
import { spoken, words } from '@anhuan/i18n';
import { inWords } from './conditions';
import { spokenName, type Loop, type Rung, type Step } from './definition';
import { actInWords, againInWords, clockInWords, effectInWords, evidenceInWords, modeInWords, momentInWords, whoInWords } from './words';

const t = words({
  loop: ['流程', 'Loop'],
  stage: [(name: string) => `阶段「${name}」`, (name: string) => `Stage “${name}”`],
  step: [(name: string) => `步骤「${name}」`, (name: string) => `Step “${name}”`],
  ladder: [(name: string) => `升级规则「${name}」`, (name: string) => `Ladder “${name}”`],
  name: ['名称', 'name'],
  series: ['编号前缀', 'number prefix'],
  order: ['阶段顺序', 'order of stages'],
  whole: ['整项', 'all of it'],
  stageOf: ['所属阶段', 'stage'],
  act: ['所需权限', 'right needed'],
  when: ['适用条件', 'condition'],
  kind: ['性质', 'nature'],
  work: ['办理', 'work'],
  approval: ['审批', 'approval'],
  who: ['由谁办', 'who'],
  mode: ['会签方式', 'how many agree'],
  after: ['前置步骤', 'comes after'],
  back: ['退回到', 'sent back to'],
  checks: ['回避', 'may not check own'],
  clocks: ['时限', 'time limit'],
  again: ['退回后时限', 'time after a rejection'],
  climbs: ['升级规则', 'ladder'],
  evidence: ['所需证据', 'evidence'],
  form: ['填写内容', 'form'],
  always: ['始终适用', 'always'],
  rung: [(n: number) => `第 ${n} 级`, (n: number) => `rung ${n}`],
  does: [(when: string, what: string) => `${when}：${what}`, (when: string, what: string) => `${when}: ${what}`],
});

export interface Difference {
  kind: 'added' | 'removed' | 'changed';
  /** What it is about: the loop, a stage, a step, a ladder. */
  about: string;
  /** Which side of it. */
  what: string;
  before: string;
  after: string;
}

/** Every difference, in the order in which the loop runs. */
export function differences(before: Loop, after: Loop): Difference[] {
  return [...ofLoop(before, after), ...ofStages(before, after), ...ofSteps(before, after), ...ofLadders(before, after)];
}

function ofLoop(before: Loop, after: Loop): Difference[] {
  return changed(t.loop, [
    [t.name, title(before.name), title(after.name)],
    [t.series, before.series, after.series],
  ]);
}

function ofStages(before: Loop, after: Loop): Difference[] {
  const found: Difference[] = [];
  const old = new Map(before.stages);
  const fresh = new Map(after.stages);
  for (const [code, name] of fresh) if (!old.has(code)) found.push(whole('added', t.stage(title(name))));
  for (const [code, name] of old) if (!fresh.has(code)) found.push(whole('removed', t.stage(title(name))));
  for (const [code, name] of fresh) if (old.has(code)) found.push(...changed(t.stage(title(name)), [[t.name, title(old.get(code)!), title(name)]]));
  const kept = (loop: Loop): string[] => loop.stages.filter(([code]) => old.has(code) && fresh.has(code)).map(([code]) => title(fresh.get(code)!));
  return [...found, ...changed(t.loop, [[t.order, kept(before).join(' → '), kept(after).join(' → ')]])];
}

function ofSteps(before: Loop, after: Loop): Difference[] {
  const old = new Map(before.steps.map((step) => [step.code, step]));
  const fresh = new Set(after.steps.map((step) => step.code));
  const found = after.steps.flatMap((step) => {
    const was = old.get(step.code);
    const about = t.step(title(step.name));
    return was ? changed(about, sides(was, before).map(([what, text], at) => [what, text, sides(step, after)[at]![1]])) : [whole('added', about)];
  });
  return [...found, ...before.steps.filter((step) => !fresh.has(step.code)).map((step) => whole('removed', t.step(title(step.name))))];
}

/** Every side of a step as text; steps named by others are named, not coded. */
function sides(step: Step, loop: Loop): [string, string][] {
  const named = (code: string): string => title(loop.steps.find((one) => one.code === code)?.name ?? { zh: code });
  return [
    [t.name, title(step.name)],
    [t.stageOf, title(new Map(loop.stages).get(step.stage) ?? {})],
    [t.act, actInWords(step)],
    [t.kind, t[step.kind]],
    [t.when, step.when ? inWords(step.when) : t.always],
    [t.who, step.seats.map(whoInWords).join('\n')],
    [t.mode, modeInWords(step)],
    [t.after, step.after.map(named).join('\n')],
    [t.back, step.back ? named(step.back) : ''],
    [t.checks, step.checks.map(named).join('\n')],
    [t.clocks, step.clocks.map(clockInWords).join('\n')],
    [t.again, againInWords(step)],
    [t.climbs, step.ladder],
    [t.evidence, step.evidence.map(evidenceInWords).join('\n')],
    [t.form, Object.keys(step.form).length ? JSON.stringify(step.form, null, 1) : ''],
  ];
}

function ofLadders(before: Loop, after: Loop): Difference[] {
  const found: Difference[] = [];
  for (const name of new Set([...Object.keys(before.ladders), ...Object.keys(after.ladders)])) {
    const old = before.ladders[name];
    const fresh = after.ladders[name];
    if (!old || !fresh) found.push(whole(old ? 'removed' : 'added', t.ladder(name)));
    else
      for (let at = 0; at < Math.max(old.length, fresh.length); at += 1)
        found.push(...changed(t.ladder(name), [[t.rung(at + 1), rungText(old[at]), rungText(fresh[at])]]));
  }
  return found;
}

function rungText(rung: Rung | undefined): string {
  return rung ? t.does(momentInWords(rung), effectInWords(rung)) : '';
}

function changed(about: string, pairs: readonly (readonly [string, string, string])[]): Difference[] {
  return pairs
    .filter(([, before, after]) => before !== after)
    .map(([what, before, after]) => ({ kind: before ? (after ? 'changed' : 'removed') : 'added', about, what, before, after }));
}

function whole(kind: 'added' | 'removed', about: string): Difference {
  return { kind, about, what: t.whole, before: '', after: '' };
}

function title(name: Record<string, string>): string {
  return spokenName(name, spoken());
}
