/** The finished work: what was done, how it was tested, and photos that show it. */
import { Alert, Form, Input, Radio } from 'antd';
import { words } from '@anhuan/i18n';
import type { Json } from '@anhuan/forms';
import { DoRectify } from '../../gql';
import { mineOf } from '../shape';
import type { Doer } from './DoDrawer';
import { DoForm } from './DoForm';
import css from './do.module.css';
import { answersTo, OwnFields, useAsked } from './OwnFields';
import type { Upload } from './upload';
import { enough, Uploads } from './Uploads';

const t = words({
  measures: ['整改措施', 'What was done'],
  measuresHint: ['换了什么、修了什么、怎样防止再次发生', 'What was replaced or repaired, and what keeps it from coming back'],
  need: ['请填写此项', 'Please fill this in'],
  passed: ['测试结果', 'Test'],
  yes: ['合格', 'Passed'],
  no: ['不合格', 'Not passed'],
  notYet: ['测试合格后才能提交整改，请继续整改或先填报进展。', 'Only work that has passed its test can be handed in. Go on, or add progress.'],
  summary: ['测试情况', 'What was tested'],
  summaryHint: ['如：空载试车 10 分钟，联锁动作正常', 'Such as: ran idle for 10 minutes, the interlock acts'],
  value: ['实测值（可选）', 'Measured value (optional)'],
  before: ['整改前照片', 'Photos before'],
  after: ['整改后照片', 'Photos after'],
  test: ['测试照片（可选）', 'Photos of the test (optional)'],
});

interface Values {
  measures: string;
  test: { passed: boolean; summary: string; value?: string };
  before?: Upload[];
  after?: Upload[];
  tests?: Upload[];
  answers?: Json;
}

/** How many photos of each kind the step asks for, its definition says. */
export function Rectify({ one, onClose }: Doer) {
  const [form] = Form.useForm<Values>();
  const passed = Form.useWatch(['test', 'passed'], form);
  const task = mineOf(one).find((waiting) => waiting.step === 'rectify');
  const asked = useAsked(task?.form);
  const demands = task?.demands ?? [];
  const least = (purpose: string): number => demands.find((demand) => demand.purpose === purpose)?.least ?? 0;
  return (
    <DoForm
      one={one}
      doing="rectify"
      document={DoRectify}
      onClose={onClose}
      form={form}
      input={(values: Values, id) => ({
        id,
        hazardId: one.id,
        measures: values.measures.trim(),
        test: { passed: values.test.passed, summary: values.test.summary.trim(), value: values.test.value?.trim() || null },
        answers: answersTo(asked, values.answers),
        evidence: [
          ...(values.before ?? []).map((upload) => ({ evidenceId: upload.id, purpose: 'BEFORE' as const })),
          ...(values.after ?? []).map((upload) => ({ evidenceId: upload.id, purpose: 'AFTER' as const })),
          ...(values.tests ?? []).map((upload) => ({ evidenceId: upload.id, purpose: 'TEST' as const })),
        ],
      })}
    >
      <Form.Item name="before" label={t.before} required={least('before') > 0} rules={[enough(least('before'))]}>
        <Uploads />
      </Form.Item>
      <Form.Item name="after" label={t.after} required={least('after') > 0} rules={[enough(least('after'))]}>
        <Uploads />
      </Form.Item>
      <Form.Item name="measures" label={t.measures} extra={t.measuresHint} rules={[{ required: true, whitespace: true, min: 2, message: t.need }]}>
        <Input.TextArea rows={4} maxLength={2000} showCount />
      </Form.Item>
      <Form.Item name={['test', 'passed']} label={t.passed} rules={[{ required: true, message: t.need }]}>
        <Radio.Group options={[{ value: true, label: t.yes }, { value: false, label: t.no }]} />
      </Form.Item>
      {passed === false && <Alert className={css.problem} type="warning" showIcon title={t.notYet} />}
      <Form.Item name={['test', 'summary']} label={t.summary} extra={t.summaryHint} rules={[{ required: true, whitespace: true, min: 2, message: t.need }]}>
        <Input.TextArea rows={3} maxLength={2000} showCount />
      </Form.Item>
      <Form.Item name={['test', 'value']} label={t.value}>
        <Input maxLength={100} />
      </Form.Item>
      <OwnFields asked={asked} />
      <Form.Item name="tests" label={t.test} required={least('test') > 0} rules={[enough(least('test'))]}>
        <Uploads />
      </Form.Item>
    </DoForm>
  );
}
