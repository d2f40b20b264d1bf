/** How the fields of a company's own form are drawn in the console. */
import { useId, type ReactNode } from 'react';
import { Button, Checkbox, DatePicker, Form, Input, InputNumber, Radio, Select } from 'antd';
import { words } from '@anhuan/i18n';
import type { Field as FormField, FieldProps, Json, RowsProps, Slots } from '@anhuan/forms';
import { dayjs } from '../../shared/calendar';
import { offset } from '../../shared/zone';
import { picked, zone } from '../../shared/zoned';
import css from './do.module.css';

const t = words({
  yes: ['是', 'Yes'],
  no: ['否', 'No'],
  add: ['添加一项', 'Add one'],
  remove: ['移除', 'Remove'],
  unit: [(label: string, unit: string) => `${label}（${unit}）`, (label: string, unit: string) => `${label} (${unit})`],
  lines: ['每行一项', 'One on each line'],
});

function Field({ field, value, onChange, wrong }: FieldProps) {
  const id = useId();
  const label = field.unit ? t.unit(field.label, field.unit) : field.label;
  const hint = field.hint ?? (field.kind === 'lines' ? t.lines : undefined);
  if (field.kind === 'agree') {
    return (
      <Form.Item required={field.isRequired} extra={hint} validateStatus={wrong ? 'error' : ''} help={wrong}>
        <Checkbox checked={value === field.constant} onChange={({ target }) => onChange(target.checked ? field.constant : undefined)}>{label}</Checkbox>
      </Form.Item>
    );
  }
  return (
    <Form.Item label={label} htmlFor={id} required={field.isRequired} extra={hint} validateStatus={wrong ? 'error' : ''} help={wrong}>
      <Entry id={id} field={field} label={label} value={value} onChange={onChange} />
    </Form.Item>
  );
}

function Entry({ id, field, label, value, onChange }: { id: string; field: FormField; label: string; value: Json | undefined; onChange: FieldProps['onChange'] }) {
  const text = typeof value === 'string' ? value : '';
  switch (field.kind) {
    case 'long':
      return <Input.TextArea id={id} rows={4} showCount maxLength={field.most} value={text} onChange={({ target }) => onChange(target.value)} />;
    case 'number':
    case 'integer':
      return <InputNumber id={id} style={{ width: '100%' }} min={field.least} max={field.most} step={field.step} precision={field.kind === 'integer' ? 0 : undefined} value={typeof value === 'number' ? value : null} onChange={(next) => onChange(typeof next === 'number' ? next : undefined)} />;
    case 'date':
      return <DatePicker id={id} style={{ width: '100%' }} value={text ? dayjs(text) : null} onChange={(next) => onChange(next?.format('YYYY-MM-DD'))} />;
    case 'moment':
      return <DatePicker id={id} style={{ width: '100%' }} showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" value={onOurClock(text)} onChange={(next) => onChange(next ? picked(next).toISOString() : undefined)} />;
    case 'lines':
      return <Input.TextArea id={id} rows={3} value={Array.isArray(value) ? value.join('\n') : ''} onChange={({ target }) => onChange(target.value ? target.value.split('\n') : undefined)} />;
    case 'yes':
      return <Radio.Group id={id} aria-label={label} value={typeof value === 'boolean' ? value : null} onChange={({ target }) => onChange(target.value as boolean)} options={[{ value: true, label: t.yes }, { value: false, label: t.no }]} />;
    case 'choice': {
      const options = field.options ?? [];
      const at = options.findIndex((one) => JSON.stringify(one.value) === JSON.stringify(value));
      return <Select id={id} allowClear showSearch={{ optionFilterProp: 'label' }} value={at < 0 ? undefined : at} onChange={(next?: number) => onChange(next === undefined ? undefined : options[next]?.value)} options={options.map((one, index) => ({ value: index, label: one.label }))} />;
    }
    default:
      return <Input id={id} maxLength={field.most} value={text} onChange={({ target }) => onChange(target.value)} />;
  }
}

function Group({ field, children }: { field: FormField; children: ReactNode }) {
  return (
    <fieldset className={css.group}>
      <legend>{field.label}</legend>
      {children}
    </fieldset>
  );
}

function Rows({ field, rows, wrong, onAdd, onRemove }: RowsProps) {
  return (
    <fieldset className={css.group}>
      <legend>{field.label}</legend>
      {rows.map((row, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a row is known by its place alone
        <div key={index} className={css.row}>
          {row}
          <Button size="small" onClick={() => onRemove(index)}>{t.remove}</Button>
        </div>
      ))}
      {wrong && <p className={css.wrong} role="alert">{wrong}</p>}
      {onAdd && <Button type="dashed" block onClick={onAdd}>{t.add}</Button>}
    </fieldset>
  );
}

/** A moment as the calendar shows it: what the company's clock says then. */
function onOurClock(at: string): ReturnType<typeof dayjs> | null {
  const moment = Date.parse(at);
  if (Number.isNaN(moment)) return null;
  return dayjs(new Date(moment + offset(moment, zone())).toISOString().slice(0, 16));
}

/** The slots of the form renderer. */
export const slots: Slots = { Field, Group, Rows };
