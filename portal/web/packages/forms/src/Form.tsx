/** A form drawn with the parts of whatever app it stands in: fields one by one, groups and rows around them. */
import type { ComponentType, ReactNode } from 'react';
import { placed, taken } from './answers';
import type { Wrong } from './check';
import type { Field } from './fields';
import type { Json } from './schema';

export interface FieldProps {
  field: Field;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
  wrong: string | undefined;
}

export interface RowsProps {
  field: Field;
  wrong: string | undefined;
  rows: readonly ReactNode[];
  onAdd: (() => void) | undefined;
  onRemove: (index: number) => void;
}

/** What an app brings: how it draws a field, a group, a list of rows. */
export interface Slots {
  Field: ComponentType<FieldProps>;
  Group: ComponentType<{ field: Field; children: ReactNode }>;
  Rows: ComponentType<RowsProps>;
}

export interface FormProps {
  fields: readonly Field[];
  value: Json;
  onChange: (value: Json) => void;
  wrong: readonly Wrong[];
  slots: Slots;
}

/** All fields of a form; `value` is what has been filled in so far. */
export function Form({ fields, value, onChange, wrong, slots }: FormProps) {
  return <>{fields.map((field) => <One key={field.path.join('.')} field={field} whole={value} at="" onWhole={onChange} wrong={wrong} slots={slots} />)}</>;
}

function One({ field, whole, at, onWhole, wrong, slots }: { field: Field; whole: Json; at: string; onWhole: (value: Json) => void; wrong: readonly Wrong[]; slots: Slots }) {
  const path = at + field.path.join('.');
  const here = wrong.find((one) => one.path === path)?.message;
  const value = taken(whole, field.path);
  const put = (next: Json | undefined): void => onWhole(placed(whole, field.path, next));
  if (field.kind === 'group')
    return (
      <slots.Group field={field}>
        {field.fields?.map((one) => <One key={one.name} field={one} whole={whole} at={at} onWhole={onWhole} wrong={wrong} slots={slots} />)}
      </slots.Group>
    );
  if (field.kind !== 'rows') return <slots.Field field={field} value={value} onChange={put} wrong={here} />;
  const rows = Array.isArray(value) ? value : [];
  return (
    <slots.Rows
      field={field}
      wrong={here}
      onAdd={field.most !== undefined && rows.length >= field.most ? undefined : () => put([...rows, {}])}
      onRemove={(index) => put(rows.filter((_, other) => other !== index))}
      rows={rows.map((row, index) =>
        field.fields?.map((one) => (
          <One key={one.name} field={one} whole={row} at={`${path}.${index}.`} onWhole={(next) => put(rows.map((old, other) => (other === index ? next : old)))} wrong={wrong} slots={slots} />
        )),
      )}
    />
  );
}
