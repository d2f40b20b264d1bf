/** A form as fields to draw; no screen is known here. */
import { inLanguage, resolved, type Json, type Schema } from './schema';

/**
 * `text` one line, `long` several; `number`, `integer`; `yes` yes or no; `agree` something that has to be confirmed; `choice` one of a few;
 * `date`, `moment`; `lines` a list of texts; `rows` a list of groups; `group` fields that belong together.
 */
export type FieldKind = 'text' | 'long' | 'number' | 'integer' | 'yes' | 'agree' | 'choice' | 'date' | 'moment' | 'lines' | 'rows' | 'group';

export interface Field {
  kind: FieldKind;
  name: string;
  path: readonly string[];
  label: string;
  hint?: string | undefined;
  unit?: string | undefined;
  isRequired: boolean;
  least?: number | undefined;
  most?: number | undefined;
  step?: number | undefined;
  options?: readonly { value: Json; label: string }[] | undefined;
  /** What `agree` has to be. */
  constant?: Json | undefined;
  /** Of a group, or of each row. */
  fields?: readonly Field[] | undefined;
}

/** What the app calls a field that the form itself gives no title; by dotted path. */
export type Names = (path: string) => string | undefined;

const LONG = 200;
const DEEPEST = 4;

/**
 * The fields of a form: what is required first, in the order in which the form requires it, for databases keep no order of names.
 * A part that no field can draw is left out; the judge speaks of it if it matters.
 */
export function fieldsOf(form: Schema, names: Names = () => undefined): Field[] {
  return inside(form, resolved(form, form), [], names);
}

function inside(root: Schema, part: Schema, path: readonly string[], names: Names): Field[] {
  const required = (part.required ?? []).filter((name) => part.properties?.[name]);
  const others = Object.keys(part.properties ?? {}).filter((name) => !required.includes(name));
  return [...required, ...others].flatMap((name) => {
    const field = fieldOf(root, resolved(root, part.properties?.[name] ?? {}), name, [...path, name], required.includes(name), names);
    return field ? [field] : [];
  });
}

function fieldOf(root: Schema, part: Schema, name: string, path: readonly string[], isRequired: boolean, names: Names): Field | null {
  const kind = kindOf(root, part);
  if (!kind || path.length > DEEPEST) return null;
  const field: Field = {
    kind,
    name,
    path,
    label: inLanguage(part['x-title']) ?? part.title ?? names(path.join('.')) ?? name,
    hint: inLanguage(part['x-hint']) ?? part.description,
    unit: part['x-unit'],
    isRequired,
  };
  if (kind === 'text' || kind === 'long') return { ...field, least: part.minLength, most: part.maxLength };
  if (kind === 'number' || kind === 'integer') return { ...field, least: part.minimum, most: part.maximum, step: part.multipleOf ?? (kind === 'integer' ? 1 : undefined) };
  if (kind === 'choice')
    return { ...field, options: (part.enum ?? []).map((value) => ({ value, label: inLanguage(part['x-names']?.[String(value)]) ?? String(value) })) };
  if (kind === 'agree') return { ...field, constant: part.const };
  if (kind === 'group') return { ...field, fields: inside(root, part, path, names) };
  if (kind === 'rows') return { ...field, least: part.minItems, most: part.maxItems, fields: inside(root, resolved(root, part.items ?? {}), [], (inner) => names(`${path.join('.')}.${inner}`)) };
  if (kind === 'lines') return { ...field, least: part.minItems, most: part.maxItems };
  return field;
}

function kindOf(root: Schema, part: Schema): FieldKind | null {
  if (part.enum) return 'choice';
  if (part.const !== undefined) return 'agree';
  const type = Array.isArray(part.type) ? part.type.find((one) => one !== 'null') : (part.type ?? (part.properties ? 'object' : undefined));
  switch (type) {
    case 'string':
      if (part.format === 'date') return 'date';
      if (part.format === 'date-time') return 'moment';
      return (part.maxLength ?? 0) > LONG ? 'long' : 'text';
    case 'number':
    case 'integer':
      return type;
    case 'boolean':
      return 'yes';
    case 'object':
      return 'group';
    case 'array': {
      const item = resolved(root, part.items ?? {});
      if (item.type === 'string') return 'lines';
      return item.type === 'object' || item.properties ? 'rows' : null;
    }
    default:
      return null;
  }
}
