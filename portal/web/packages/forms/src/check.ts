/**
 * Whether answers fit a form, judged as the server judges them, and what is wrong in words beside each field.
 *
 * Apart from the rest of the package, to be loaded when somebody hands something in: it is the largest part, and webviews that know no
 * BigInt cannot read it at all; there the server is the only judge.
 */
import { Validator, type OutputUnit } from '@cfworker/json-schema';
import { words } from '@anhuan/i18n';
import { resolved, withoutFormats, type Json, type Schema } from './schema';

export interface Wrong {
  /** Dotted, as the server names fields: `test.summary`; empty for the form as a whole. */
  path: string;
  keyword: string;
  message: string;
}

const t = words({
  required: ['请填写此项', 'Please fill this in'],
  shorter: [(n: number) => `至少 ${n} 个字`, (n: number) => `At least ${n} characters`],
  longer: [(n: number) => `最多 ${n} 个字`, (n: number) => `At most ${n} characters`],
  less: [(n: number) => `不能小于 ${n}`, (n: number) => `Not less than ${n}`],
  more: [(n: number) => `不能大于 ${n}`, (n: number) => `Not more than ${n}`],
  above: [(n: number) => `必须大于 ${n}`, (n: number) => `More than ${n}`],
  below: [(n: number) => `必须小于 ${n}`, (n: number) => `Less than ${n}`],
  multiple: [(n: number) => `必须是 ${n} 的倍数`, (n: number) => `A multiple of ${n}`],
  agree: ['必须确认此项', 'This has to be confirmed'],
  choice: ['请从选项中选择', 'Choose one of the options'],
  text: ['请填写文字', 'Write some text'],
  number: ['请填写数字', 'Enter a number'],
  integer: ['请填写整数', 'Enter a whole number'],
  fewer: [(n: number) => `至少 ${n} 项`, (n: number) => `At least ${n}`],
  many: [(n: number) => `最多 ${n} 项`, (n: number) => `At most ${n}`],
  twice: ['有重复的内容', 'Something is there twice'],
  pattern: ['格式不正确', 'The format is wrong'],
  other: ['填写的内容不符合要求', 'This does not fit what is asked'],
});

/** Keywords that only say that something inside them is wrong. */
const AROUND = new Set(['properties', 'items', 'prefixItems', '$ref', 'allOf', 'patternProperties', 'dependentSchemas', 'then', 'else', 'if']);
/** Keywords where what is wrong inside is only one way of several. */
const EITHER = ['anyOf', 'oneOf', 'not', 'contains'];

/** Whether the answers fit, as the server would say. */
export function fits(form: Schema, answers: Json): boolean {
  return units(form, answers).length === 0;
}

/** What is wrong, at most one thing for each field; nothing where the answers fit. */
export function check(form: Schema, answers: Json): Wrong[] {
  const all = units(form, answers);
  const either = all.filter((unit) => EITHER.includes(unit.keyword)).map((unit) => `${unit.keywordLocation}/`);
  const found = new Map<string, Wrong>();
  for (const unit of all) {
    if (AROUND.has(unit.keyword) || either.some((place) => unit.keywordLocation.startsWith(place))) continue;
    for (const wrong of said(form, unit, answers)) if (!found.has(wrong.path)) found.set(wrong.path, wrong);
  }
  if (all.length && !found.size) found.set('', { path: '', keyword: all[0]!.keyword, message: t.other });
  return [...found.values()];
}

function units(form: Schema, answers: Json): OutputUnit[] {
  return new Validator(withoutFormats(form) as object, '2020-12', false).validate(answers).errors;
}

function said(form: Schema, unit: OutputUnit, answers: Json): Wrong[] {
  const path = steps(unit.instanceLocation);
  const limit = looked(form, steps(unit.keywordLocation));
  if (unit.keyword === 'required') {
    const value = path.reduce<Json | undefined>((node, name) => (node as Record<string, Json> | undefined)?.[name], answers);
    const missing = (Array.isArray(limit) ? (limit as string[]) : []).filter((name) => !Object.keys(value ?? {}).includes(name));
    return missing.map((name) => ({ path: [...path, name].join('.'), keyword: 'required', message: t.required }));
  }
  return [{ path: path.join('.'), keyword: unit.keyword, message: message(unit.keyword, limit) }];
}

function message(keyword: string, limit: unknown): string {
  const n = Number(limit);
  switch (keyword) {
    case 'minLength': return t.shorter(n);
    case 'maxLength': return t.longer(n);
    case 'minimum': return t.less(n);
    case 'maximum': return t.more(n);
    case 'exclusiveMinimum': return t.above(n);
    case 'exclusiveMaximum': return t.below(n);
    case 'multipleOf': return t.multiple(n);
    case 'minItems': return t.fewer(n);
    case 'maxItems': return t.many(n);
    case 'uniqueItems': return t.twice;
    case 'const': return t.agree;
    case 'enum': return t.choice;
    case 'pattern': return t.pattern;
    case 'type': return limit === 'number' ? t.number : limit === 'integer' ? t.integer : limit === 'string' ? t.text : t.other;
    default: return t.other;
  }
}

function steps(pointer: string): string[] {
  return pointer.split('/').slice(1).map((one) => decodeURIComponent(one).replace(/~1/g, '/').replace(/~0/g, '~'));
}

/** What stands in the form at a place, references followed. */
function looked(form: Schema, path: readonly string[]): unknown {
  let node: unknown = form;
  for (const step of path) {
    if (typeof node !== 'object' || node === null) return undefined;
    node = step === '$ref' ? resolved(form, node as Schema) : (node as Record<string, unknown>)[step];
  }
  return node;
}
