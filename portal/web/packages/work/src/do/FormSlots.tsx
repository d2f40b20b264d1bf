/** How fields of a form are drawn on a phone. */
import { words } from '@anhuan/i18n';
import type { Field as FormField, FieldProps, Json, RowsProps, Slots } from '@anhuan/forms';
import { Button, Segment, TextArea, TextField } from '@anhuan/ui';
import { useId, type ReactNode } from 'react';
import { SpokenArea } from '../speak/SpokenArea';
import css from './do.module.css';

const t = words({
  yes: ['是', 'Yes'],
  no: ['否', 'No'],
  choose: ['请选择', 'Choose'],
  optional: ['可不填', 'optional'],
  add: ['添加一项', 'Add one'],
  remove: ['移除', 'Remove'],
  unit: [(label: string, unit: string) => `${label}（${unit}）`, (label: string, unit: string) => `${label} (${unit})`],
  lines: ['每行一项', 'One on each line'],
  measures: ['措施', 'Measures'],
  test: ['试验结果', 'Test'],
  passed: ['试验合格，隐患已消除', 'The test was passed and the danger is gone'],
  summary: ['试验情况', 'What was tested, and what came out'],
  value: ['实测数值', 'Measured value'],
});

/** What the fields of the shipped loop are called, which have no titles of their own. */
export function shippedName(path: string): string | undefined {
  return { measures: t.measures, test: t.test, 'test.passed': t.passed, 'test.summary': t.summary, 'test.value': t.value }[path];
}

function Field({ field, value, onChange, wrong }: FieldProps) {
  const id = useId();
  const label = field.unit ? t.unit(field.label, field.unit) : field.label;
  const shared = { label, hint: field.hint, wrong: wrong ?? null, isOptional: !field.isRequired };
  const text = typeof value === 'string' ? value : '';
  switch (field.kind) {
    case 'long':
      return <SpokenArea {...shared} value={text} maxLength={field.most} onText={onChange} />;
    case 'number':
    case 'integer':
      return <TextField {...shared} type="number" inputMode={field.kind === 'integer' ? 'numeric' : 'decimal'} min={field.least} max={field.most} step={field.step ?? 'any'} value={typeof value === 'number' ? value : ''} onChange={(event) => onChange(event.target.value === '' ? undefined : Number(event.target.value))} />;
    case 'date':
      return <TextField {...shared} type="date" value={text} onChange={(event) => onChange(event.target.value || undefined)} />;
    case 'moment':
      return <TextField {...shared} type="datetime-local" value={local(text)} onChange={(event) => onChange(event.target.value ? new Date(event.target.value).toISOString() : undefined)} />;
    case 'lines':
      return <TextArea {...shared} hint={field.hint ?? t.lines} value={Array.isArray(value) ? value.join('\n') : ''} onChange={(event) => onChange(event.target.value ? event.target.value.split('\n') : undefined)} />;
    case 'agree':
      return (
        <div>
          <label className={css.check}>
            <input type="checkbox" checked={value === field.constant} aria-invalid={Boolean(wrong)} onChange={(event) => onChange(event.currentTarget.checked ? field.constant : undefined)} />
            <span>{label}{field.hint && <small>{field.hint}</small>}</span>
          </label>
          {wrong && <p className={css.wrong} role="alert">{wrong}</p>}
        </div>
      );
    case 'yes':
      return (
        <div>
          <span className={css.label}>{label}{!field.isRequired && <i>{t.optional}</i>}</span>
          <Segment label={label} options={[{ value: 'yes', text: t.yes }, { value: 'no', text: t.no }]} value={value === true ? 'yes' : value === false ? 'no' : null} onChange={(chosen) => onChange(chosen === 'yes')} />
          {wrong && <p className={css.wrong} role="alert">{wrong}</p>}
        </div>
      );
    case 'choice':
      return (
        <div>
          <label className={css.label} htmlFor={id}>{label}{!field.isRequired && <i>{t.optional}</i>}</label>
          <select id={id} className={css.select} value={field.options?.findIndex((one) => same(one.value, value)) ?? -1} aria-invalid={Boolean(wrong)} onChange={(event) => onChange(field.options?.[Number(event.target.value)]?.value)}>
            <option value={-1}>{t.choose}</option>
            {field.options?.map((one, index) => <option key={one.label} value={index}>{one.label}</option>)}
          </select>
          {wrong && <p className={css.wrong} role="alert">{wrong}</p>}
        </div>
      );
    default:
      return <TextField {...shared} value={text} maxLength={field.most} onChange={(event) => onChange(event.target.value)} />;
  }
}

function Group({ field, children }: { field: FormField; children: ReactNode }) {
  return (
    <fieldset className={css.group}>
      <legend>{field.label}</legend>
      <div className={css.stack}>{children}</div>
    </fieldset>
  );
}

function Rows({ field, rows, wrong, onAdd, onRemove }: RowsProps) {
  return (
    <fieldset className={css.group}>
      <legend>{field.label}</legend>
      <div className={css.stack}>
        {rows.map((row, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- a row is known by its place alone
          <div key={index} className={css.stack}>
            {row}
            <Button kind="plain" onClick={() => onRemove(index)}>{t.remove}</Button>
          </div>
        ))}
        {wrong && <p className={css.wrong} role="alert">{wrong}</p>}
        {onAdd && <Button kind="soft" onClick={onAdd}>{t.add}</Button>}
      </div>
    </fieldset>
  );
}

function same(one: Json, other: Json | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A moment as the field of a browser wants it, on its own clock. */
function local(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return '';
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The slots of the form renderer. */
export const slots: Slots = { Field, Group, Rows };
