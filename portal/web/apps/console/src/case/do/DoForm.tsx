/** The drawer that every act is filled in: what it is about, its fields, the server's reasons beside them, and one button. */
import { useState, type ReactNode } from 'react';
import { Alert, App, Button, Drawer, Form, type FormInstance } from 'antd';
import { v7 } from 'uuid';
import { words } from '@anhuan/i18n';
import type { Document } from '@anhuan/wire';
import { Grade } from '../../shared/parts';
import { useGuard } from '../../shared/guard';
import { putProblems } from '../../shared/problems';
import { useAct } from '../../shared/query';
import { doingName, type Doing } from '../doings';
import type { Case } from '../shape';
import css from './do.module.css';
import { draftAt, dropDraft, keepDraft, placeOf } from './drafts';
import type { Upload } from './upload';

const t = words({
  done: [(what: string) => `${what}成功`, (what: string) => `Done: ${what}`],
  cancel: ['取消', 'Cancel'],
  leave: ['放弃已填写的内容？', 'Discard what you have entered?'],
  discard: ['放弃', 'Discard'],
  stay: ['继续填写', 'Go on'],
  restored: ['已恢复您上次填写、尚未提交的内容', 'What you had entered and not sent is back'],
  anew: ['清空重填', 'Start anew'],
  busy: ['照片正在上传，请稍候', 'Photos are on their way, please wait'],
});

interface DoFormProps<Values, Input> {
  one: Case;
  doing: Doing;
  document: Document<object, { input: Input }>;
  /** What goes to the server; `id` stays the same until it is done, so that a second try does nothing twice. */
  input: (values: Values, id: string) => Input;
  onClose: () => void;
  children: ReactNode;
  initial?: Partial<Values>;
  form?: FormInstance<Values>;
  okText?: string;
  isDanger?: boolean;
  /** Where one of two can be decided, as in a review, the buttons of the screen itself. */
  buttons?: (go: () => void, isBusy: boolean) => ReactNode;
}

/** Closes by itself once it is done; what was typed is not thrown away unasked, however one leaves. */
export function DoForm<Values extends object, Input>({ one, doing, document, input, onClose, children, initial, form: given, okText, isDanger, buttons }: DoFormProps<Values, Input>) {
  const [own] = Form.useForm<Values>();
  const form = given ?? own;
  const place = placeOf(one, doing);
  const [draft, setDraft] = useState(() => draftAt(place));
  const [id, setId] = useState(() => draft?.id ?? v7());
  const [problem, setProblem] = useState<string | null>(null);
  const act = useAct(document, ['case', `case:${one.id}`]);
  const { message, modal } = App.useApp();
  useGuard(() => form.isFieldsTouched());
  const go = async (values: Values): Promise<void> => {
    setProblem(null);
    if (Object.values(values).some((value) => Array.isArray(value) && value.some((item: Partial<Upload>) => item?.state === 'sending'))) {
      setProblem(t.busy);
      return;
    }
    try {
      await act.mutateAsync({ input: input(values, id) });
      dropDraft(place);
      message.success(t.done(doingName(doing)));
      onClose();
    } catch (found) {
      setProblem(putProblems(form, found));
    }
  };
  const discard = (): void => {
    dropDraft(place);
    onClose();
  };
  const leave = (): void => {
    if (!draft && !form.isFieldsTouched()) onClose();
    else modal.confirm({ title: t.leave, okText: t.discard, okButtonProps: { danger: true }, cancelText: t.stay, onOk: discard });
  };
  const beginAnew = (): void => {
    dropDraft(place);
    const before = Object.keys({ ...initial, ...draft?.values }) as (keyof Values)[];
    form.setFieldsValue(Object.fromEntries(before.map((name) => [name, initial?.[name]])) as Parameters<typeof form.setFieldsValue>[0]);
    setDraft(null);
    setId(v7());
  };
  return (
    <Drawer
      open
      size={520}
      title={doingName(doing)}
      onClose={leave}
      footer={
        <div className={css.foot}>
          <Button onClick={leave}>{t.cancel}</Button>
          {buttons ? (
            buttons(() => form.submit(), act.isPending)
          ) : (
            <Button type="primary" danger={isDanger} loading={act.isPending} onClick={() => form.submit()}>{okText ?? doingName(doing)}</Button>
          )}
        </div>
      }
    >
      <div className={css.about}>
        <Grade of={one.grade} /> <small>{one.number}</small>
        <b>{one.title}</b>
      </div>
      {draft && <Alert className={css.problem} type="info" showIcon title={t.restored} action={<Button size="small" type="link" onClick={beginAnew}>{t.anew}</Button>} />}
      {problem && <Alert className={css.problem} type="error" showIcon title={problem} role="alert" />}
      <Form<Values>
        key={id}
        form={form}
        layout="vertical"
        initialValues={{ ...initial, ...draft?.values } as object}
        onValuesChange={(_change, values) => keepDraft(place, id, values)}
        onFinish={(values) => void go(values)}
        scrollToFirstError
      >
        {children}
      </Form>
    </Drawer>
  );
}
