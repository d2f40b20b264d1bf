/** What was answered to a company's own form, beyond the measures and the test that every loop has. */
import { fieldsOf, placesOf, type Field, type Json, type Schema } from '@anhuan/forms';
import { words } from '@anhuan/i18n';
import { moment } from '@anhuan/i18n/time';
import css from './case.module.css';
import type { Task } from './shape';

const t = words({
  yes: ['是', 'Yes'],
  no: ['否', 'No'],
  agreed: ['已确认', 'Confirmed'],
  and: ['；', '; '],
});

const SHIPPED = /^(measures|test)(\.|$)/;

/** Name and answer, one below the other; nothing where the form asks no more. */
export function Further({ task }: { task: Pick<Task, 'form' | 'answers'> }) {
  const given = furtherOf(task);
  return given.length ? (
    <dl className={css.facts}>
      {given.map(({ path, label, text }) => (
        <div key={path}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  ) : null;
}

/** The answers in words, in the order of the form. */
export function furtherOf({ form, answers }: Pick<Task, 'form' | 'answers'>): { path: string; label: string; text: string }[] {
  if (typeof form !== 'object' || form === null || typeof answers !== 'object' || answers === null) return [];
  return placesOf(fieldsOf(form as Schema), answers as Json).flatMap(({ path, label, field, value }) =>
    value === undefined || field.kind === 'rows' || SHIPPED.test(path) ? [] : [{ path, label, text: inWords(field, value) }],
  );
}

function inWords({ kind, unit, options }: Field, value: Json): string {
  if (kind === 'agree') return t.agreed;
  if (typeof value === 'boolean') return value ? t.yes : t.no;
  if (kind === 'choice') return options?.find((one) => JSON.stringify(one.value) === JSON.stringify(value))?.label ?? String(value);
  if (Array.isArray(value)) return value.map(String).join(t.and);
  if (kind === 'moment' && !Number.isNaN(Date.parse(String(value)))) return moment(String(value));
  return [typeof value === 'object' ? JSON.stringify(value) : String(value), unit].filter(Boolean).join(' ');
}
