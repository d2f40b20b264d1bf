/** Where the server's reasons go: those that name a field stand beside it, the rest above the form. */
import type { FormInstance } from 'antd';
import { said, WireError } from '@anhuan/wire';

/** `input.test.summary` or `test.summary` as the name of a form field. */
export function fieldOf(path: string): (string | number)[] {
  const parts = path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return parts[0] === 'input' ? parts.slice(1) : parts;
}

/** Put each reason beside its field; answers what belongs to none, to be shown above. */
export function putProblems(form: FormInstance, problem: unknown): string | null {
  if (!(problem instanceof WireError) || problem.trouble !== 'declined') return said(problem);
  const rest: string[] = [];
  const known = Object.keys(flat(form.getFieldsValue(true)));
  for (const one of problem.problems) {
    const name = one.path ? fieldOf(one.path) : [];
    const isHere = name.length > 0 && (form.getFieldInstance(name) !== undefined || known.includes(name.join('.')));
    if (isHere) form.setFields([{ name, errors: [one.message] }]);
    else rest.push(one.message);
  }
  return rest.length ? rest.join(' ') : problem.problems.length ? null : said(problem);
}

function flat(value: unknown, before = ''): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { [before]: value };
  return Object.assign({}, ...Object.entries(value).map(([key, inner]) => flat(inner, before ? `${before}.${key}` : key))) as Record<string, unknown>;
}
