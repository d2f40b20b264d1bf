/** The phone judges a form as the server does: the same schemas and values are judged there by tests/portal/test_forms_conformity.py. */
import { describe, expect, test } from 'vitest';
import type { Json, Schema } from '../src';
import { check, fits } from '../src/check';
import conformity from './conformity.json';

interface Judged {
  form: string;
  schema: Schema;
  values: { fits: boolean; value: Json }[];
}

describe.each(conformity as Judged[])('$form', ({ schema, values }) => {
  test.each(values)('$value', ({ fits: isFit, value }) => {
    expect(fits(schema, value)).toBe(isFit);
    expect(check(schema, value).length === 0).toBe(isFit);
  });
});
