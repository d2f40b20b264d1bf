/** Answers: what stands where, and what of it is sent. */
import type { Field } from './fields';
import type { Json } from './schema';

/** Answers as they are sent: what was left empty is not there at all. */
export function pruned(value: Json): Json | undefined {
  if (value === '' || value === null) return undefined;
  if (typeof value === 'string') return value.trim() === '' ? undefined : value;
  if (Array.isArray(value)) return value.flatMap((one) => pruned(one) ?? []);
  if (typeof value !== 'object') return value;
  const kept: Record<string, Json> = {};
  for (const [name, one] of Object.entries(value)) {
    const rest = pruned(one);
    if (rest !== undefined) kept[name] = rest;
  }
  return Object.keys(kept).length ? kept : undefined;
}

/** What stands at a path. */
export function taken(whole: Json, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((node, name) => (typeof node === 'object' && node !== null && !Array.isArray(node) ? node[name] : undefined), whole);
}

/** The same with something else at a path. */
export function placed(whole: Json, path: readonly string[], value: Json | undefined): Json {
  const [name, ...rest] = path;
  if (name === undefined) return value ?? null;
  const now = typeof whole === 'object' && whole !== null && !Array.isArray(whole) ? whole : {};
  const next = rest.length ? placed(now[name] ?? {}, rest, value) : value;
  const { [name]: _, ...others } = now;
  return next === undefined ? others : { ...now, [name]: next };
}

/** The answers with every required group there, so that what is missing is said of the fields inside it. */
export function opened(fields: readonly Field[], answers: Json): Json {
  return fields.reduce<Json>((whole, field) => {
    if (field.kind !== 'group') return whole;
    const within = taken(whole, field.path);
    const filled = within === undefined && field.isRequired ? placed(whole, field.path, {}) : whole;
    return within === undefined && !field.isRequired ? filled : opened(field.fields ?? [], filled);
  }, answers);
}
