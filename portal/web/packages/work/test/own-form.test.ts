/** A company's own form: all of its fields are drawn, what the act has no name for goes along, what is missing holds it back. */
import { fieldsOf, lacking, placesOf, type Json, type Schema } from '@anhuan/forms';
import { speak } from '@anhuan/i18n';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { furtherOf as told } from '../src/case/Further';
import { fieldsFor, furtherOf, judged, testOf } from '../src/do/handing-in';

const words = { type: 'string', minLength: 2, maxLength: 2000 };
const own: Schema = {
  type: 'object',
  required: ['measures', 'test', 'lock', 'points'],
  properties: {
    measures: words,
    test: { type: 'object', required: ['passed', 'summary'], properties: { passed: { const: true }, summary: words, value: words, witness: words } },
    lock: { type: 'string', 'x-title': { zh: '锁号', en: 'Lock' } },
    points: {
      type: 'array', minItems: 1, 'x-title': { zh: '隔离点', en: 'Points' },
      items: { type: 'object', required: ['where'], properties: { where: { type: 'string', 'x-title': { zh: '位置' } }, checked: { type: 'boolean', 'x-title': { zh: '已验电' } } } },
    },
    gas: { type: 'object', required: ['oxygen'], properties: { oxygen: { type: 'number', 'x-title': { zh: '氧含量' }, 'x-unit': '%' } } },
    kind: { enum: ['loto', 'other'], 'x-title': { zh: '方式' }, 'x-names': { loto: { zh: '上锁挂牌' } } },
  },
};
const full: Record<string, Json> = {
  measures: '已换护栏', test: { passed: true, summary: '空载试车' }, lock: 'L-07', points: [{ where: '主断路器', checked: true }, { where: '气源', checked: false }], kind: 'loto',
};

beforeEach(() => speak('zh'));
afterEach(() => vi.doUnmock('@anhuan/forms/check'));

describe('what is sent', () => {
  test('names what the act names and hands the rest along', () => {
    expect(furtherOf('rectify', full)).toEqual({ answers: { lock: full['lock'], points: full['points'], kind: 'loto' } });
    expect(testOf(full)).toEqual({ passed: true, summary: '空载试车' });
  });

  test('stays what it was where the form asks no more', () => {
    expect(furtherOf('rectify', { measures: '已换', test: full['test']! })).toEqual({});
    expect(furtherOf('control', { measures: '已围' })).toEqual({});
    expect(furtherOf('control', { measures: '已围', test: '无' })).toEqual({ answers: { test: '无' } });
  });

  test('has of the test only what the act has room for', () => {
    const group = fieldsFor(own, 'rectify').find((field) => field.name === 'test');
    expect(group?.fields?.map((field) => field.name)).toEqual(['passed', 'summary', 'value']);
  });
});

describe('what is missing', () => {
  let fields: ReturnType<typeof fieldsOf>;
  beforeEach(() => {
    fields = fieldsOf(own);
  });

  test('is named by its place, rows by their number', () => {
    const answers: Json = { measures: '已换护栏', points: [{ where: '主断路器' }, {}] };
    expect(lacking(fields, answers).map((place) => [place.path, place.label])).toEqual([
      ['test.passed', 'passed'],
      ['test.summary', 'summary'],
      ['lock', '锁号'],
      ['points.1.where', '隔离点 2 · 位置'],
    ]);
  });

  test('is nothing in a group that nobody has to fill in, until something of it is', () => {
    expect(lacking(fields, full)).toEqual([]);
    const gas = fieldsOf({ type: 'object', properties: { gas: { type: 'object', required: ['oxygen', 'at'], properties: { oxygen: { type: 'number' }, at: { type: 'string' } } } } });
    expect(lacking(gas, {})).toEqual([]);
    expect(lacking(gas, { gas: { oxygen: 20.9 } }).map((place) => place.path)).toEqual(['gas.at']);
  });

  test('holds it back, judged or, where the judge cannot be loaded, by what is empty', async () => {
    const { lock: _, ...some } = full;
    expect(await judged(own, fields, some)).toMatchObject([{ path: 'lock', keyword: 'required' }]);
    expect(await judged(own, fields, full)).toEqual([]);

    vi.doMock('@anhuan/forms/check', () => {
      throw new SyntaxError('no BigInt here');
    });
    vi.resetModules();
    const old = await import('../src/do/handing-in');
    expect(await old.judged(own, fields, some)).toMatchObject([{ path: 'lock', keyword: 'required' }]);
  });

  test('a field that is drawn has a place, whatever the form nests', () => {
    expect(placesOf(fields, full).map((place) => place.path)).toContain('gas.oxygen');
  });
});

test('the reader of a case sees the further answers by name, not the shipped ones twice', () => {
  const gas = { ...full, gas: { oxygen: 20.9 } };
  expect(told({ form: own, answers: gas }).map(({ label, text }) => `${label}：${text}`)).toEqual([
    '锁号：L-07', '隔离点 1 · 位置：主断路器', '隔离点 1 · 已验电：是', '隔离点 2 · 位置：气源', '隔离点 2 · 已验电：否', '氧含量：20.9 %', '方式：上锁挂牌',
  ]);
  expect(told({ form: null, answers: null })).toEqual([]);
});
