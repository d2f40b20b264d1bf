/** What holds the danger until it is gone, and the plan. */
import { Form, Input } from 'antd';
import { words } from '@anhuan/i18n';
import type { Json } from '@anhuan/forms';
import { DoControl } from '../../gql';
import { mineOf } from '../shape';
import type { Doer } from './DoDrawer';
import { DoForm } from './DoForm';
import { answersTo, OwnFields, useAsked } from './OwnFields';
import type { Upload } from './upload';
import { enough, Uploads } from './Uploads';

const t = words({
  measures: ['临时管控措施与整改方案', 'Interim control and the plan'],
  hint: ['如：停机挂牌、设置围挡、专人监护；计划何时、由谁、怎样整改', 'Such as lock-out, barriers, a watch; and who will do what by when'],
  need: ['请填写措施', 'Say what is done'],
  photos: ['现场照片（可选）', 'Photos (optional)'],
});

interface Values {
  measures: string;
  before?: Upload[];
  answers?: Json;
}

/** Approved by others before the work goes on. */
export function Control({ one, onClose }: Doer) {
  const asked = useAsked(mineOf(one).find((task) => task.step === 'control')?.form);
  return (
    <DoForm
      one={one}
      doing="control"
      document={DoControl}
      onClose={onClose}
      input={(values: Values, id) => ({ id, hazardId: one.id, measures: values.measures.trim(), answers: answersTo(asked, values.answers), evidence: (values.before ?? []).map((upload) => ({ evidenceId: upload.id, purpose: 'BEFORE' as const })) })}
    >
      <Form.Item name="measures" label={t.measures} extra={t.hint} rules={[{ required: true, whitespace: true, min: 2, message: t.need }]}>
        <Input.TextArea rows={6} maxLength={2000} showCount />
      </Form.Item>
      <OwnFields asked={asked} />
      <Form.Item name="before" label={t.photos} rules={[enough(0)]}>
        <Uploads />
      </Form.Item>
    </DoForm>
  );
}
