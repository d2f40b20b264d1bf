/** The fields of a step's form, out of its JSON Schema: nested ones by their way down, each with what it takes. Pure. */
import { words } from '@anhuan/i18n';

const t = words({
  text: ['文字', 'text'],
  number: ['数字', 'number'],
  yes: ['是／否', 'yes or no'],
  list: ['多项', 'list'],
  group: ['一组', 'group'],
  any: ['任意', 'anything'],
  must: [(value: string) => `必须为${value}`, (value: string) => `must be ${value}`],
  true: ['“是”', 'yes'],
  false: ['“否”', 'no'],
  length: [(least: number, most: number) => `${least}–${most} 字`, (least: number, most: number) => `${least}–${most} characters`],
  most: [(most: number) => `最多 ${most} 字`, (most: number) => `at most ${most} characters`],
  range: [(least: string, most: string) => `${least}–${most}`, (least: string, most: string) => `${least}–${most}`],
  oneOf: [(all: string) => `从中选一：${all}`, (all: string) => `one of: ${all}`],
});

const names = words({
  measures: ['措施', 'Measures'],
  test: ['测试', 'Test'],
  passed: ['是否合格', 'Passed'],
  summary: ['结论', 'Summary'],
  value: ['测得值', 'Value'],
}) as Record<string, string>;

interface Schema {
  type?: string;
  title?: string;
  const?: unknown;
  enum?: unknown[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  required?: string[];
  properties?: Record<string, Schema>;
}

export interface Field {
  path: string;
  name: string;
  takes: string;
  isRequired: boolean;
}

/** Every field that somebody fills in. */
export function fieldsOf(schema: Record<string, unknown>): Field[] {
  return inside(schema as Schema, '', '', true);
}

function inside(schema: Schema, path: string, name: string, isRequired: boolean): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => {
    const way = path ? `${path}.${key}` : key;
    const label = inner.title ?? names[key] ?? key;
    const full = name ? `${name} · ${label}` : label;
    const must = isRequired && (schema.required ?? []).includes(key);
    return inner.properties ? inside(inner, way, full, must) : [{ path: way, name: full, takes: takes(inner), isRequired: must }];
  });
}

function takes(schema: Schema): string {
  if (schema.const !== undefined) return t.must(schema.const === true ? t.true : schema.const === false ? t.false : JSON.stringify(schema.const));
  if (schema.enum) return t.oneOf(schema.enum.map(String).join(' / '));
  switch (schema.type) {
    case 'string':
      if (schema.maxLength === undefined) return t.text;
      return `${t.text} · ${schema.minLength === undefined ? t.most(schema.maxLength) : t.length(schema.minLength, schema.maxLength)}`;
    case 'number':
    case 'integer':
      return schema.minimum === undefined && schema.maximum === undefined ? t.number : `${t.number} · ${t.range(String(schema.minimum ?? ''), String(schema.maximum ?? ''))}`;
    case 'boolean':
      return t.yes;
    case 'array':
      return t.list;
    case 'object':
      return t.group;
    default:
      return t.any;
  }
}
