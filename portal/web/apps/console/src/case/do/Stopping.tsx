/** Order work to stop, and lift such an order after seeing on site that it is safe. */
import { Alert, Form, Input, Select } from 'antd';
import { words } from '@anhuan/i18n';
import { DoResume, DoStop } from '../../gql';
import { useWho } from '../../shared/rights';
import { asHazard, standing } from '../shape';
import css from './do.module.css';
import type { Doer } from './DoDrawer';
import { DoForm } from './DoForm';
import type { Upload } from './upload';
import { enough, Uploads } from './Uploads';

const t = words({
  stopHint: ['停工令立即生效，现场及相关负责人会马上收到紧急通知（不受免打扰限制）。', 'It is in force at once; everybody concerned is told urgently, quiet hours or not.'],
  reason: ['停工原因', 'Why work stops'],
  need: ['请填写此项', 'Please fill this in'],
  go: ['立即停工', 'Stop work now'],
  liftHint: ['须到现场确认安全并拍照。下令停工的人不能自己解除。', 'Go there, see that it is safe, and take a photo. Who ordered the stop cannot lift it.'],
  order: ['停工令', 'Order'],
  safe: ['为什么可以复工', 'Why it is safe'],
  photos: ['现场照片', 'Photos from the place'],
});

/** The place is where the hazard is. */
export function Stop({ one, onClose }: Doer) {
  const hazard = asHazard(one);
  return (
    <DoForm
      one={one}
      doing="stop"
      document={DoStop}
      onClose={onClose}
      isDanger
      okText={t.go}
      input={(values: { reason: string }, id) => ({ id, caseId: one.id, reason: values.reason.trim(), areaId: hazard?.area?.id ?? null, assetId: hazard?.asset?.id ?? null })}
    >
      <Alert className={css.problem} type="warning" showIcon title={t.stopHint} />
      <Form.Item name="reason" label={t.reason} rules={[{ required: true, whitespace: true, message: t.need }]}>
        <Input.TextArea rows={4} maxLength={1000} showCount />
      </Form.Item>
    </DoForm>
  );
}

interface Values {
  orderId: string;
  reason: string;
  photos: Upload[];
}

/** One order at a time; lifting a lifted one again changes nothing. */
export function Resume({ one, onClose }: Doer) {
  const me = useWho()?.person.id;
  const orders = standing(one).filter((order) => order.issuedBy?.id !== me);
  return (
    <DoForm
      one={one}
      doing="resume"
      document={DoResume}
      onClose={onClose}
      initial={{ orderId: orders[0]?.id }}
      input={(values: Values) => ({ orderId: values.orderId, reason: values.reason.trim(), evidence: values.photos.map((upload) => upload.id) })}
    >
      <Alert className={css.problem} type="info" showIcon title={t.liftHint} />
      <Form.Item name="orderId" label={t.order} rules={[{ required: true, message: t.need }]}>
        <Select options={orders.map((order) => ({ value: order.id, label: order.reason }))} />
      </Form.Item>
      <Form.Item name="reason" label={t.safe} rules={[{ required: true, whitespace: true, message: t.need }]}>
        <Input.TextArea rows={4} maxLength={1000} showCount />
      </Form.Item>
      <Form.Item name="photos" label={t.photos} required rules={[enough(1)]}>
        <Uploads />
      </Form.Item>
    </DoForm>
  );
}
