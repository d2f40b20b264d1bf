/** Seats, clocks, rungs and conditions in words, in both languages. */
import { beforeEach, describe, expect, it } from 'vitest';
import { speak } from '@anhuan/i18n';
import { inWords } from '../../src/loops/conditions';
import { readLoop, type Rung } from '../../src/loops/definition';
import { clockInWords, effectInWords, evidenceInWords, modeInWords, momentInWords, span, whoInWords } from '../../src/loops/words';
import { BODY } from './a-loop';

const loop = readLoop(BODY);
const step = (code: string) => loop.steps.find((one) => one.code === code)!;
const rung = (given: Partial<Rung>): Rung => ({ side: 'after', minutes: 0, percent: 0, tell: [], effect: 'tell', ...given });

beforeEach(() => speak('zh'));

describe('lengths', () => {
  it.each([[30, '30 分钟'], [60, '1 小时'], [90, '1 小时 30 分钟'], [1440, '24 小时'], [2880, '2 天'], [4320, '3 天'], [3000, '50 小时']])('%i minutes', (minutes, text) => {
    expect(span(minutes)).toBe(text);
  });
});

describe('conditions', () => {
  it.each([
    ["grade == 'A'", 'A 级'],
    ["grade == 'A' || grade == 'B'", 'A 级 或 B 级'],
    ["grade != 'C' && tier == 'workshop'", '非 C 级 且 车间级'],
    ["grade == ''", '未定级'],
    ['statutory', '属重大事故隐患判定标准'],
    ['!outside', '由本单位整改'],
    ['outside == true', '由相关方整改'],
    ["unit_kind == 'team'", '发生在班组'],
  ])('%s', (source, text) => {
    expect(inWords(source)).toBe(text);
  });

  it('leaves what it cannot read as it is, whole', () => {
    for (const source of ["type in ['fire', 'gas']", "(grade == 'A' || grade == 'B') && outside", "grade == 'A' || size(type) > 2", 'colour == "red"'])
      expect(inWords(source)).toBe(source);
  });
});

describe('people', () => {
  it('says duty, tier, unit and condition', () => {
    expect(step('authorise').seats.map(whoInWords)).toEqual(['总经理（A 级）', '责任单位的部门负责人（B 级）']);
    expect(step('accept').seats.map(whoInWords)).toEqual(['班组长', '分厂安全员', '责任单位的上一级负责人']);
    speak('en');
    expect(step('accept').seats.map(whoInWords)).toEqual(['Team leader', 'branch safety officer', 'head 1 level above the responsible unit']);
  });

  it('says how many must agree', () => {
    expect(modeInWords(step('accept'))).toBe('3 方都要同意，按顺序签');
    expect(modeInWords({ ...step('accept'), need: 2, mode: 'parallel' })).toBe('3 方中 2 方同意即可，可同时签');
    expect(modeInWords(step('authorise'))).toBe('凡适用的各方都要同意，可同时签');
    expect(modeInWords(step('rectify'))).toBe('一人办理');
  });
});

describe('clocks, evidence and rungs', () => {
  it('says since when, how long, and for which', () => {
    expect(clockInWords(step('rectify').clocks[0]!)).toBe('A 级：定级后 24 小时内');
    expect(clockInWords(step('accept').clocks[0]!)).toBe('到达此步后 工作时间 2 天内');
    expect(evidenceInWords(step('rectify').evidence[1]!)).toBe('整改后照片至少 2 份');
  });

  it('says when a rung fires', () => {
    expect(momentInWords(rung({ side: 'before', percent: 50 }))).toBe('到期前 时限的 50%');
    expect(momentInWords(rung({ side: 'before', minutes: 720, percent: 50 }))).toBe('到期前 12 小时或时限的 50%（取短）');
    expect(momentInWords(rung({}))).toBe('一到期');
    expect(momentInWords(rung({ minutes: 120, percent: 25 }))).toBe('超期 2 小时或时限的 25%（取长）');
  });

  it('says what it does, the stop first', () => {
    const ladder = loop.ladders.grading!;
    expect(effectInWords(ladder[1]!)).toBe('提醒事发单位的上一级负责人');
    expect(effectInWords(ladder[2]!)).toBe('下达停工令，并通知总经理');
  });
});
