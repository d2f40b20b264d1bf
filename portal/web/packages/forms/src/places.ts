/** The places of a form as it is filled in: what is drawn where, what each is called, what is still missing. */
import { taken } from './answers';
import type { Field } from './fields';
import type { Json } from './schema';

export interface Place {
  /** Dotted, with the number of the row where it is in one. */
  path: string;
  label: string;
  field: Field;
  value: Json | undefined;
  /** In a group that nobody has to fill in nothing has to be, until something of it is. */
  isRequired: boolean;
}

/** Every field that is drawn, rows and what is in them included; groups are only what is inside them. */
export function placesOf(fields: readonly Field[], whole: Json, at = '', around = '', isAsked = true): Place[] {
  return fields.flatMap((field) => {
    const path = at + field.path.join('.');
    const label = around + field.label;
    const value = taken(whole, field.path);
    if (field.kind === 'group') return placesOf(field.fields ?? [], whole, at, around, isAsked && (field.isRequired || value !== undefined));
    const place: Place = { path, label, field, value, isRequired: isAsked && field.isRequired };
    if (field.kind !== 'rows' || !Array.isArray(value)) return [place];
    return [place, ...value.flatMap((row, index) => placesOf(field.fields ?? [], row, `${path}.${index}.`, `${label} ${index + 1} · `))];
  });
}

/** The places that have to be filled in and are not, of answers in which what was left empty is not there at all. */
export function lacking(fields: readonly Field[], answers: Json): Place[] {
  return placesOf(fields, answers).filter(({ isRequired, value }) => isRequired && value === undefined);
}
