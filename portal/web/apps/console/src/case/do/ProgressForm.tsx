/** How far the work is. */
import { Form, Input, Slider } from 'antd';
import { words } from '@anhuan/i18n';
import { DoProgress } from '../../gql';
import { asHazard } from '../shape';
import type { Doer } from './DoDrawer';
import { DoForm } from './DoForm';
import type { Upload } from './upload';
import { enough, Uploads } from './Uploads';

const t = words({
  note: ['进展说明', 'What has been done'],
  hint: ['如：防护门已采购，预计 25 日到货', 'Such as: guard ordered, expected on the 25th'],
  need: ['请填写进展', 'Say how far it is'],
  percent: ['完成进度', 'Done so far'],
  photos: ['照片（可选）', 'Photos (optional)'],
});

interface Values {
  note: string;
  percent: number;
  photos?: Upload[];
}

/** Safety and production read it at once. */
export function ProgressForm({ one, onClose }: Doer) {
  const last = asHazard(one)?.progress.filter((note) => typeof note.percent === 'number').pop()?.percent ?? 0;
  return (
    <DoForm
      one={one}
      doing="progress"
      document={DoProgress}
      onClose={onClose}
      initial={{ percent: last }}
      input={(values: Values, id) => ({ id, hazardId: one.id, note: values.note.trim(), percent: values.percent, evidence: (values.photos ?? []).map((upload) => upload.id) })}
    >
      <Form.Item name="note" label={t.note} extra={t.hint} rules={[{ required: true, whitespace: true, message: t.need }]}>
        <Input.TextArea rows={4} maxLength={2000} showCount />
      </Form.Item>
      <Form.Item name="percent" label={t.percent}>
        <Slider step={5} marks={{ 0: '0', 50: '50%', 100: '100%' }} ariaLabelForHandle={t.percent} />
      </Form.Item>
      <Form.Item name="photos" label={t.photos} rules={[enough(0)]}>
        <Uploads />
      </Form.Item>
    </DoForm>
  );
}
