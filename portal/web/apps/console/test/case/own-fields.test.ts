/** A company's own form: what is asked beyond the usual, what is sent of it, and what is wrong with it. */
import { expect, it } from 'vitest';
import { fieldsOf, type Schema } from '@anhuan/forms';
import { answersTo, wrongIn } from '../../src/case/do/OwnFields';

const schema: Schema = {
  type: 'object',
  required: ['measures', 'tag'],
  properties: { measures: { type: 'string' }, tag: { type: 'string', minLength: 2 }, torque: { type: 'number', minimum: 1 } },
};
const asked = { schema, fields: fieldsOf(schema).filter(({ name }) => name !== 'measures') };

it('sends what was filled in, and nothing where nothing more is asked', () => {
  expect(answersTo(asked, { tag: 'L-1', torque: 12 })).toEqual({ tag: 'L-1', torque: 12 });
  expect(answersTo(asked, { tag: 'L-1', torque: null })).toEqual({ tag: 'L-1' });
  expect(answersTo({ schema, fields: [] }, undefined)).toBeNull();
});

it('says what is wrong with these fields, and leaves the drawer’s own to the drawer', () => {
  expect(wrongIn(asked, undefined).map(({ path }) => path)).toEqual(['tag']);
  expect(wrongIn(asked, { tag: 'L', torque: 0 }).map(({ path }) => path).sort()).toEqual(['tag', 'torque']);
  expect(wrongIn(asked, { tag: 'L-1', torque: 12 })).toEqual([]);
});
