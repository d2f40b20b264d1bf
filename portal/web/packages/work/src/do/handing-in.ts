/** What a step's form was answered with, as its act takes it: what the act names itself, and what a company's own form asks beyond that. */
import { fieldsOf, lacking, type Field, type Json, type Schema, type Wrong } from '@anhuan/forms';
import { words } from '@anhuan/i18n';
import type { TestResultInput } from '../gql';
import { shippedName } from './FormSlots';

const t = words({ required: ['请填写此项', 'Please fill this in'] });

export type HandIn = 'control' | 'rectify';
type Answers = Record<string, Json>;

/** The answers that the act takes under names of its own, and what of each. */
const NAMED: Record<HandIn, readonly string[]> = { control: ['measures'], rectify: ['measures', 'test'] };
const OF_TEST: readonly string[] = ['passed', 'summary', 'value'];

/** The fields to draw; of the test only those that the act has room for. */
export function fieldsFor(form: Schema, step: HandIn): Field[] {
  return fieldsOf(form, shippedName).map((field) =>
    step === 'rectify' && field.name === 'test' && field.kind === 'group' ? { ...field, fields: (field.fields ?? []).filter((one) => OF_TEST.includes(one.name)) } : field,
  );
}

/** The further answers; nothing where the form asks no more than the act, so that it stays the act that older phones send. */
export function furtherOf(step: HandIn, answers: Answers): { answers?: Answers } {
  const further = Object.entries(answers).filter(([name]) => !NAMED[step].includes(name));
  return further.length ? { answers: Object.fromEntries(further) } : {};
}

/** The test as the act takes it. */
export function testOf({ test }: Answers): TestResultInput {
  const { passed, summary, value } = (test ?? {}) as { passed?: boolean; summary?: string; value?: string };
  return { passed: passed === true, summary: summary ?? '', ...(value === undefined ? {} : { value }) };
}

/** What is wrong with the answers. Where this webview cannot load the judge at least nothing that is asked for stays empty. */
export async function judged(form: Schema, fields: readonly Field[], answers: Json): Promise<Wrong[]> {
  try {
    return (await import('@anhuan/forms/check')).check(form, answers);
  } catch {
    return lacking(fields, answers).map(({ path }) => ({ path, keyword: 'required', message: t.required }));
  }
}
