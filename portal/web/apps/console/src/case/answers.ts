/** What was filled into the form of a step, as pairs of a name and a value that people can read; pure. */
import { spoken, words } from '@anhuan/i18n';

const t = words({
  measures: ['措施', 'Measures'],
  passed: ['测试结果', 'Test'],
  summary: ['测试情况', 'What was tested'],
  value: ['实测值', 'Measured'],
  yes: ['合格', 'passed'],
  no: ['不合格', 'not passed'],
  true: ['是', 'yes'],
  false: ['否', 'no'],
});

interface Schema {
  title?: unknown;
  'x-title'?: { zh?: string; en?: string };
  properties?: Record<string, Schema>;
  enum?: unknown[];
}

export interface Answer {
  name: string;
  value: string;
}

/** In the order of the form, single values before groups of them: the server keeps no order of its own. */
export function answersOf(answers: unknown, form: unknown): Answer[] {
  return inside(answers, (form ?? {}) as Schema);
}

function inside(answers: unknown, form: Schema): Answer[] {
  if (typeof answers !== 'object' || answers === null || Array.isArray(answers)) return [];
  const given = answers as Record<string, unknown>;
  const order = [...Object.keys(form.properties ?? {}).filter((key) => key in given), ...Object.keys(given).filter((key) => !(key in (form.properties ?? {})))];
  const isGroup = (key: string): number => (typeof given[key] === 'object' && !Array.isArray(given[key]) ? 1 : 0);
  return order.sort((a, b) => isGroup(a) - isGroup(b)).flatMap((key): Answer[] => {
    const value = given[key];
    const schema = form.properties?.[key] ?? {};
    if (value === null || value === undefined || value === '') return [];
    if (typeof value === 'object' && !Array.isArray(value)) return inside(value, schema);
    return [{ name: titleOf(key, schema), value: read(key, value) }];
  });
}

function titleOf(key: string, schema: Schema): string {
  const titles = schema['x-title'];
  const own = titles?.[spoken()] ?? titles?.zh ?? (typeof schema.title === 'string' ? schema.title : undefined);
  return own ?? (key in t ? t[key as keyof typeof t] : key);
}

function read(key: string, value: unknown): string {
  if (typeof value === 'boolean') return key === 'passed' ? (value ? t.yes : t.no) : value ? t.true : t.false;
  if (Array.isArray(value)) return value.map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one))).join('、');
  return String(value);
}
