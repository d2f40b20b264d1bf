/** Fields out of schemas, words beside them, answers without what was left empty. */
import { speak } from '@anhuan/i18n';
import { beforeEach, describe, expect, test } from 'vitest';
import { fieldsOf, opened, placed, pruned, taken, type Schema } from '../src';
import { check } from '../src/check';

const note = { type: 'string', minLength: 2, maxLength: 2000 };
const rectify: Schema = {
  type: 'object',
  required: ['measures', 'test'],
  properties: {
    measures: note,
    test: {
      type: 'object',
      required: ['passed', 'summary'],
      properties: { passed: { const: true }, summary: note, value: { type: 'string', maxLength: 100 } },
    },
  },
};

beforeEach(() => speak('zh'));

describe('fields', () => {
  test('of the shipped rectification, named by the app', () => {
    const [measures, group] = fieldsOf(rectify, (path) => ({ measures: '整改措施', 'test.passed': '试验合格' })[path]);

    expect(measures).toMatchObject({ kind: 'long', label: '整改措施', isRequired: true, least: 2, most: 2000 });
    expect(group?.fields?.map(({ kind, label, isRequired }) => [kind, label, isRequired])).toEqual([
      ['agree', '试验合格', true],
      ['long', 'summary', true],
      ['text', 'value', false],
    ]);
  });

  test('a form of a company says its own names in both languages', () => {
    const form: Schema = { type: 'object', properties: { gas: { type: 'number', 'x-title': { zh: '氧含量', en: 'Oxygen' }, 'x-unit': '%', minimum: 0, multipleOf: 0.1 } } };

    expect(fieldsOf(form)[0]).toMatchObject({ kind: 'number', label: '氧含量', unit: '%', least: 0, step: 0.1 });
    speak('en');
    expect(fieldsOf(form)[0]).toMatchObject({ label: 'Oxygen' });
  });

  test('what is required comes first, in the order of the requirement, however the database kept the names', () => {
    const form: Schema = { type: 'object', required: ['measures', 'test'], properties: { note: { type: 'string' }, test: { type: 'boolean' }, measures: { type: 'string' } } };

    expect(fieldsOf(form).map((one) => one.name)).toEqual(['measures', 'test', 'note']);
  });

  test('every kind is known by its schema', () => {
    const form: Schema = {
      type: 'object',
      $defs: { who: { type: 'object', properties: { name: { type: 'string' } } } },
      properties: {
        line: { type: 'string', maxLength: 50 },
        day: { type: 'string', format: 'date' },
        at: { type: 'string', format: 'date-time' },
        count: { type: 'integer' },
        sure: { type: 'boolean' },
        state: { enum: ['good', 'bad'], 'x-names': { good: { zh: '完好', en: 'Good' } } },
        tags: { type: 'array', items: { type: 'string' } },
        crew: { type: 'array', items: { $ref: '#/$defs/who' } },
        strange: { type: 'array', items: { type: 'array' } },
      },
    };
    const fields = fieldsOf(form);

    expect(fields.map((one) => one.kind)).toEqual(['text', 'date', 'moment', 'integer', 'yes', 'choice', 'lines', 'rows']);
    expect(fields.find((one) => one.kind === 'choice')?.options).toEqual([{ value: 'good', label: '完好' }, { value: 'bad', label: 'bad' }]);
    expect(fields.find((one) => one.kind === 'rows')?.fields?.[0]).toMatchObject({ name: 'name', path: ['name'] });
  });
});

describe('what is wrong', () => {
  test('is said beside the field that is missing, however deep', () => {
    expect(check(rectify, { measures: '更换光栅', test: { passed: true } })).toEqual([{ path: 'test.summary', keyword: 'required', message: '请填写此项' }]);
  });

  test('names limits', () => {
    expect(check(rectify, { measures: '换', test: { passed: false, summary: 'ok' } }).map((one) => [one.path, one.message])).toEqual([
      ['measures', '至少 2 个字'],
      ['test.passed', '必须确认此项'],
    ]);
  });

  test('follows references', () => {
    const form: Schema = { type: 'object', properties: { a: { $ref: '#/$defs/n' } }, $defs: { n: { type: 'number', maximum: 5 } } };
    expect(check(form, { a: 9 })).toEqual([{ path: 'a', keyword: 'maximum', message: '不能大于 5' }]);
  });

  test('is one thing for each field, and never nothing', () => {
    const form = { type: 'object', properties: { a: { oneOf: [{ type: 'string' }, { type: 'integer' }] } } } as Schema;
    expect(check(form, { a: null })).toMatchObject([{ path: 'a', keyword: 'oneOf' }]);
  });

  test('speaks English to who reads English', () => {
    speak('en');
    expect(check(rectify, {}).map((one) => one.message)).toEqual(['Please fill this in', 'Please fill this in']);
  });
});

describe('answers', () => {
  test('that were left empty are not sent', () => {
    expect(pruned({ measures: ' ', test: { passed: true, value: '' }, tags: ['', 'a'], none: null })).toEqual({ test: { passed: true }, tags: ['a'] });
  });

  test('open what is required, so that every field in it is marked', () => {
    const answers = opened(fieldsOf(rectify), { measures: '更换光栅' });

    expect(answers).toEqual({ measures: '更换光栅', test: {} });
    expect(check(rectify, answers).map((one) => one.path)).toEqual(['test.passed', 'test.summary']);
  });

  test('leave alone a group that nobody has to fill in', () => {
    const form: Schema = { type: 'object', properties: { extra: { type: 'object', required: ['a'], properties: { a: { type: 'string' } } } } };

    expect(opened(fieldsOf(form), {})).toEqual({});
  });

  test('keep a no and a zero', () => {
    expect(pruned({ sure: false, count: 0 })).toEqual({ sure: false, count: 0 });
  });

  test('are put and taken by path without touching what was there', () => {
    const before = { test: { summary: 'ok' } };
    const after = placed(before, ['test', 'passed'], true);

    expect(after).toEqual({ test: { summary: 'ok', passed: true } });
    expect(before).toEqual({ test: { summary: 'ok' } });
    expect(taken(after, ['test', 'passed'])).toBe(true);
    expect(placed(after, ['test', 'passed'], undefined)).toEqual(before);
  });
});
