/** A first password, by the code that an administrator handed over. */
import { useState } from 'react';
import { Alert, Button, Form, Input } from 'antd';
import { words } from '@anhuan/i18n';
import { act } from '@anhuan/wire';
import { Activate } from '@anhuan/wire/gql';
import { putProblems } from '../shared/problems';
import css from './entry.module.css';
import { keepLast, lastOne } from './last';
import { passwordRules } from './strength';

const t = words({
  title: ['开通账号', 'Activate your account'],
  lead: ['激活码由管理员发放，只能使用一次。', 'Your administrator gives you the code. It works once.'],
  company: ['企业代码', 'Company code'],
  name: ['账号', 'Account'],
  code: ['激活码', 'Activation code'],
  password: ['设置密码', 'New password'],
  need: ['请填写此项', 'Please fill this in'],
  go: ['激活', 'Activate'],
  back: ['返回登录', 'Back to sign-in'],
});

interface Given {
  company: string;
  name: string;
  code: string;
  password: string;
}

/** Afterwards one signs in with it. */
export function ActivateForm({ onDone, onBack }: { onDone: () => void; onBack: () => void }) {
  const [form] = Form.useForm<Given>();
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const need = [{ required: true, whitespace: true, message: t.need }];
  const go = async (given: Given): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await act(Activate, { input: { company: given.company.trim(), name: given.name.trim(), code: given.code.trim(), password: given.password } }, { once: true });
      keepLast({ company: given.company.trim(), name: given.name.trim() });
      onDone();
    } catch (found) {
      setProblem(putProblems(form, found));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <h2>{t.title}</h2>
      <p>{t.lead}</p>
      {problem && <Alert className={css.alert} type="error" showIcon title={problem} role="alert" />}
      <Form<Given> form={form} layout="vertical" size="large" requiredMark={false} initialValues={{ company: lastOne().company }} onFinish={(given) => void go(given)}>
        <Form.Item name="company" label={t.company} rules={need}>
          <Input autoComplete="organization" autoCapitalize="none" spellCheck={false} />
        </Form.Item>
        <Form.Item name="name" label={t.name} rules={need}>
          <Input autoComplete="username" autoCapitalize="none" spellCheck={false} />
        </Form.Item>
        <Form.Item name="code" label={t.code} rules={need}>
          <Input autoComplete="one-time-code" spellCheck={false} />
        </Form.Item>
        <Form.Item name="password" label={t.password} rules={passwordRules()}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={isBusy}>
          {t.go}
        </Button>
      </Form>
      <div className={css.under}>
        <button type="button" onClick={onBack}>{t.back}</button>
      </div>
    </>
  );
}
