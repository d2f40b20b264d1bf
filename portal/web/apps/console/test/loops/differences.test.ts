/** What is found different between two versions, and what is not. */
import { beforeEach, describe, expect, it } from 'vitest';
import { speak } from '@anhuan/i18n';
import { readLoop } from '../../src/loops/definition';
import { differences } from '../../src/loops/differences';
import { BODY, changedBody } from './a-loop';

const found = (change: Parameters<typeof changedBody>[0]) => differences(readLoop(BODY), readLoop(changedBody(change)));

beforeEach(() => speak('zh'));

describe('differences of two versions', () => {
  it('finds none in the same, whatever the version number', () => {
    expect(found((body) => { body.version = 2; })).toEqual([]);
  });

  it('says a changed clock before and after', () => {
    expect(found((body) => { body.steps[0]!.clocks![0]!.minutes = 120; })).toEqual([
      { kind: 'changed', about: '步骤「定级」', what: '时限', before: '到达此步后 4 小时内', after: '到达此步后 2 小时内' },
    ]);
  });

  it('names steps that came and went, and who rests on them', () => {
    const all = found((body) => {
      body.steps = body.steps.filter((step) => step.code !== 'authorise');
      body.steps.find((step) => step.code === 'accept')!.after = ['rectify', 'control'];
    });
    expect(all).toContainEqual({ kind: 'removed', about: '步骤「方案审批」', what: '整项', before: '', after: '' });
    expect(all).toContainEqual({ kind: 'changed', about: '步骤「三级验收」', what: '前置步骤', before: '整改\n临时管控\n方案审批', after: '整改\n临时管控' });
  });

  it('compares ladders rung by rung', () => {
    expect(found((body) => { body.ladders.grading.pop(); })).toEqual([
      { kind: 'removed', about: '升级规则「grading」', what: '第 3 级', before: '超期 8 小时或时限的 100%（取长）：下达停工令，并通知总经理', after: '' },
    ]);
  });

  it('sees stages change name and place', () => {
    expect(found((body) => { (body.stages[0]![1] as { zh: string }).zh = '分级'; }).map((one) => one.about)).toEqual(['阶段「分级」', '步骤「定级」']);
    expect(found((body) => { body.stages.reverse(); })).toEqual([
      { kind: 'changed', about: '流程', what: '阶段顺序', before: '待定级 → 整改中 → 验收中', after: '验收中 → 整改中 → 待定级' },
    ]);
  });
});
