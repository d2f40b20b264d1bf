/** JSON Schema as the forms of steps use it, and the few walks over it that both the fields and the judge need. */
import { spoken } from '@anhuan/i18n';

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** A form, or a part of one. What is not named here is judged all the same. */
export interface Schema {
  type?: string | string[];
  title?: string;
  description?: string;
  'x-title'?: { zh?: string; en?: string };
  'x-hint'?: { zh?: string; en?: string };
  'x-unit'?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  multipleOf?: number;
  enum?: Json[];
  'x-names'?: Record<string, { zh?: string; en?: string }>;
  const?: Json;
  format?: string;
  $ref?: string;
  $defs?: Record<string, Schema>;
}

/** What a `$ref` of the form's own points at; the part itself where it has none. */
export function resolved(root: Schema, part: Schema): Schema {
  let now = part;
  for (let steps = 0; now.$ref && steps < 24; steps++) {
    const found: Schema | undefined = root.$defs?.[now.$ref.replace('#/$defs/', '')];
    if (!found) break;
    const { $ref: _, ...beside } = now;
    now = { ...found, ...beside };
  }
  return now;
}

/** One of two languages, as far as the form has it. */
export function inLanguage(pair: { zh?: string; en?: string } | undefined): string | undefined {
  if (!pair || typeof pair !== 'object') return undefined;
  return spoken() === 'zh' ? (pair.zh ?? pair.en) : (pair.en ?? pair.zh);
}

/** The keywords under which names stand that are people's own, not keywords. */
const NAMED = new Set(['properties', 'patternProperties', '$defs', 'dependentSchemas']);
/** The keywords that hold values rather than schemas. */
const VALUES = new Set(['const', 'enum', 'default', 'examples', 'required', 'dependentRequired', 'x-title', 'x-hint', 'x-names']);

/** The form without `format`: the server takes formats as hints, so nothing may be refused by them here. */
export function withoutFormats(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withoutFormats);
  if (typeof part !== 'object' || part === null) return part;
  const kept: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(part)) {
    if (keyword === 'format') continue;
    if (VALUES.has(keyword)) kept[keyword] = value;
    else if (NAMED.has(keyword) && typeof value === 'object' && value !== null && !Array.isArray(value))
      kept[keyword] = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withoutFormats(one)]));
    else kept[keyword] = withoutFormats(value);
  }
  return kept;
}
