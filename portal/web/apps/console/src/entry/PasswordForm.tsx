/** The present password and the new one, twice. */
import { useState } from 'react';
import { Alert, Button, Form, Input } from 'antd';
import { words } from '@anhuan/i18n';
import { act } from '@anhuan/wire';
import { SetPassword } from '@anhuan/wire/gql';
import { putProblems } from '../shared/problems';
import css from './entry.module.css';
import { passwordRules } from './strength';

const t = words({
  present: ['当前密码', 'Present password'],
  wanted: ['新密码', 'New password'],
  again: ['再次输入新密码', 'New password again'],
  need: ['请填写此项', 'Please fill this in'],
  differ: ['两次输入不一致', 'The two are not the same'],
  go: ['确认修改', 'Change it'],
});

interface Given {
  present: string;
  wanted: string;
}

/** All other sessions end with it. */
export function PasswordForm({ onDone, size }: { onDone: () => void; size?: 'large' }) {
  const [form] = Form.useForm<Given>();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const go = async ({ present, wanted }: Given): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await act(SetPassword, { input: { present, wanted } });
      onDone();
    } catch (found) {
      setProblem(putProblems(form, found));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form<Given> form={form} layout="vertical" size={size} requiredMark={false} onFinish={(given) => void go(given)}>
      {problem && <Alert className={css.alert} type="error" showIcon title={problem} role="alert" />}
      <Form.Item name="present" label={t.present} rules={[{ required: true, message: t.need }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item name="wanted" label={t.wanted} rules={passwordRules()}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t.again}
        dependencies={['wanted']}
        rules={[{ required: true, message: t.need }, ({ getFieldValue }) => ({ validator: async (_rule, value) => (value && value !== getFieldValue('wanted') ? Promise.reject(new Error(t.differ)) : undefined) })]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={isBusy}>
        {t.go}
      </Button>
    </Form>
  );
}
