/** Approve or reject what waits for the reader, with what it rests on before their eyes. */
import { useRef } from 'react';
import { Button, Form, Input, Select } from 'antd';
import { words } from '@anhuan/i18n';
import { DoReview, type Purpose } from '../../gql';
import { answersOf } from '../answers';
import { Compare } from '../Compare';
import { purposeName } from '../purposes';
import { comparable, mineOf } from '../shape';
import css from './do.module.css';
import type { Doer } from './DoDrawer';
import { DoForm } from './DoForm';
import type { Upload } from './upload';
import { enough, Uploads } from './Uploads';

const t = words({
  step: ['审核环节', 'Step'],
  rests: ['提交的内容', 'What was handed in'],
  comment: ['意见', 'Comment'],
  hint: ['驳回时必填：说明哪里不符合、要怎样改', 'Needed to reject: what does not fit, and what is to be done'],
  needComment: ['驳回须说明原因', 'A rejection needs a reason'],
  approve: ['同意', 'Approve'],
  reject: ['驳回', 'Reject'],
});
interface Values {
  step: string;
  comment?: string;
  [photos: `photos-${string}`]: Upload[] | undefined;
}

/** Evidence that the step asks for is needed to approve, not to reject. */
export function Review({ one, onClose }: Doer) {
  const [form] = Form.useForm<Values>();
  const mine = mineOf(one).filter((task) => task.isApproval);
  const step = Form.useWatch('step', form) ?? mine[0]?.step;
  const task = mine.find((one) => one.step === step);
  const approves = useRef(true);
  const pair = comparable(one.evidence);
  const handed = one.tasks.filter((done) => done.status === 'DONE' && !done.isApproval && done.answers).pop();
  const decide = (approve: boolean, go: () => void): void => {
    approves.current = approve;
    go();
  };
  return (
    <DoForm
      one={one}
      doing="review"
      document={DoReview}
      onClose={onClose}
      form={form}
      initial={{ step: mine[0]?.step }}
      input={(values: Values, id) => ({
        id,
        hazardId: one.id,
        step: values.step ?? null,
        approve: approves.current,
        comment: values.comment?.trim() || null,
        evidence: (task?.demands ?? []).flatMap(({ purpose }) => (values[`photos-${purpose}`] ?? []).map((upload) => ({ evidenceId: upload.id, purpose: purpose.toUpperCase() as Purpose }))),
      })}
      buttons={(go, isBusy) => (
        <>
          <Button danger loading={isBusy && !approves.current} disabled={isBusy} onClick={() => decide(false, go)}>{t.reject}</Button>
          <Button type="primary" loading={isBusy && approves.current} disabled={isBusy} onClick={() => decide(true, go)}>{t.approve}</Button>
        </>
      )}
    >
      <Form.Item name="step" label={t.step} hidden={mine.length < 2}>
        <Select options={mine.map((task) => ({ value: task.step, label: task.stepName }))} />
      </Form.Item>
      {handed && (
        <div className={css.about}>
          <small>{t.rests}: {handed.stepName} · {handed.doneBy?.name}</small>
          {answersOf(handed.answers, handed.form).map(({ name, value }) => (
            <div key={name}>{name}: {value}</div>
          ))}
        </div>
      )}
      {pair && <Compare before={pair.before} after={pair.after} />}
      {task?.demands.map(({ purpose, least }) => (
        <Form.Item key={purpose} name={`photos-${purpose}`} label={purposeName(purpose)} required rules={[{ validator: async (rule, value: Upload[]) => enough(approves.current ? least : 0).validator(rule, value) }]}>
          <Uploads />
        </Form.Item>
      ))}
      <Form.Item
        name="comment"
        label={t.comment}
        extra={t.hint}
        rules={[{ validator: async (_rule, value?: string) => (approves.current || value?.trim() ? undefined : Promise.reject(new Error(t.needComment))) }]}
      >
        <Input.TextArea rows={4} maxLength={2000} showCount />
      </Form.Item>
    </DoForm>
  );
}
