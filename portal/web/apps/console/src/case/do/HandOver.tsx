/** Pass one's own seat on to somebody else who may hold it. */
import { Form, Input, Select } from 'antd';
import { words } from '@anhuan/i18n';
import { DoHandOver } from '../../gql';
import { PersonPick } from '../../shared/PersonPick';
import { mineOf } from '../shape';
import css from './do.module.css';
import type { Doer } from './DoDrawer';
import { DoForm } from './DoForm';

const t = words({
  hint: ['转交后由对方办理，原期限不变，转交过程留痕。', 'They take it from then on; the deadline stays, and the record shows it.'],
  seat: ['转交哪一项', 'What'],
  to: ['转交给', 'To'],
  reason: ['原因', 'Reason'],
  need: ['请填写此项', 'Please fill this in'],
});

interface Values {
  seatId: string;
  to: string;
  reason: string;
}

/** Nobody checks their own work, and nobody of a lower rank signs: the server says so. */
export function HandOver({ one, onClose }: Doer) {
  const seats = mineOf(one).flatMap((task) => task.seats.filter((seat) => seat.isMine && (seat.status === 'OPEN' || seat.status === 'WAITING')).map((seat) => ({ value: seat.id, label: task.stepName })));
  return (
    <DoForm
      one={one}
      doing="handOver"
      document={DoHandOver}
      onClose={onClose}
      initial={{ seatId: seats[0]?.value }}
      input={(values: Values, id) => ({ id, caseId: one.id, seatId: values.seatId, to: values.to, reason: values.reason.trim() })}
    >
      <p className={css.hint}>{t.hint}</p>
      <Form.Item name="seatId" label={t.seat} rules={[{ required: true, message: t.need }]}>
        <Select options={seats} />
      </Form.Item>
      <Form.Item name="to" label={t.to} rules={[{ required: true, message: t.need }]}>
        <PersonPick label={t.to} />
      </Form.Item>
      <Form.Item name="reason" label={t.reason} rules={[{ required: true, whitespace: true, message: t.need }]}>
        <Input.TextArea rows={3} maxLength={1000} showCount />
      </Form.Item>
    </DoForm>
  );
}
