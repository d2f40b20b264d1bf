/** What a company's own form asks beside what every work that is handed in says; a field of the drawer's form like any other. */
import { useMemo, useState } from 'react';
import { Form as Drawn, fieldsOf, opened, pruned, type Field, type Json, type Schema } from '@anhuan/forms';
import { check, type Wrong } from '@anhuan/forms/check';
import { Form } from 'antd';
import { slots } from './FormSlots';

/** What the drawers have places of their own for. */
const OWN = new Set(['measures', 'test']);
const PLAIN: Schema = { type: 'object', properties: {} };

export interface Asked {
  schema: Schema;
  fields: readonly Field[];
}

/** What the form of a step asks beyond that. */
export function useAsked(form: unknown): Asked {
  return useMemo(() => {
    const schema = (form ?? PLAIN) as Schema;
    return { schema, fields: fieldsOf(schema).filter(({ name }) => !OWN.has(name)) };
  }, [form]);
}

/** What is sent of it: what was left empty is not there; null where nothing more is asked. */
export function answersTo({ fields }: Asked, value: Json | undefined): Record<string, Json> | null {
  return fields.length ? (opened(fields, pruned(value ?? {}) ?? {}) as Record<string, Json>) : null;
}

/** Judged as the server will; what belongs to no field here, the drawer or the server says. */
export function wrongIn(asked: Asked, value: Json | undefined): Wrong[] {
  const names = new Set(asked.fields.map(({ name }) => name));
  return check(asked.schema, answersTo(asked, value) ?? {}).filter(({ path }) => names.has(path.split('.')[0]!));
}

/** Nothing where the form asks nothing more. */
export function OwnFields({ asked }: { asked: Asked }) {
  if (!asked.fields.length) return null;
  return (
    <Form.Item
      name="answers"
      noStyle
      validateTrigger={[]}
      rules={[{ validator: async (_rule, value?: Json) => (wrongIn(asked, value).length ? Promise.reject(new Error('answers')) : undefined) }]}
    >
      <Own asked={asked} />
    </Form.Item>
  );
}

/** What is wrong stands beside each field as soon as somebody has tried to send it. */
function Own({ asked, value = {}, onChange }: { asked: Asked; value?: Json; onChange?: (value: Json) => void }) {
  const { errors } = Form.Item.useStatus();
  const [isTried, setTried] = useState(false);
  if (errors.length && !isTried) setTried(true);
  return <Drawn fields={asked.fields} value={value} onChange={(next) => onChange?.(next)} wrong={isTried ? wrongIn(asked, value) : []} slots={slots} />;
}
