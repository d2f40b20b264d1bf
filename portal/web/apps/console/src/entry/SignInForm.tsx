/** Company, account, password. */
import { useEffect, useState } from 'react';
import { Alert, Button, Checkbox, Form, Input } from 'antd';
import { words } from '@anhuan/i18n';
import { said, signIn } from '@anhuan/wire';
import { setMustChange } from '../shell/duty';
import css from './entry.module.css';
import { keepLast, lastOne, type Last } from './last';

const t = words({
  title: ['登录管理台', 'Sign in to the console'],
  lead: ['面向安全管理人员。现场作业请使用手机应用。', 'For managers. On the shop floor, use the phone app.'],
  company: ['企业代码', 'Company code'],
  companyHint: ['用邮箱或手机号登录时可不填', 'Not needed with e-mail or phone'],
  name: ['账号、邮箱或手机号', 'Account, e-mail or phone'],
  password: ['密码', 'Password'],
  needName: ['请输入账号', 'Enter your account'],
  needPassword: ['请输入密码', 'Enter your password'],
  stay: ['在本机保持登录（仅限本人电脑）', 'Stay signed in (only on a computer of your own)'],
  go: ['登录', 'Sign in'],
  fresh: ['首次使用？用激活码开通', 'First time? Use your activation code'],
  phone: ['打开手机应用', 'Open the phone app'],
});

/** `hint` is said above, as after an activation. */
export function SignInForm({ hint, onNew }: { hint: string | null; onNew: () => void }) {
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const [form] = Form.useForm<Last & { password: string }>();
  useEffect(() => form.focusField(lastOne().name ? 'password' : 'company'), [form]);
  const go = async (given: Last & { password: string }): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const last = { company: given.company?.trim() ?? '', name: given.name.trim(), stay: given.stay };
    try {
      const { mustChangePassword } = await signIn({ company: last.company || null, name: last.name, password: given.password, stay: last.stay });
      keepLast(last);
      setMustChange(mustChangePassword);
    } catch (found) {
      setProblem(found);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <h2>{t.title}</h2>
      <p>{t.lead}</p>
      {problem !== null && <Alert className={css.alert} type="error" showIcon title={said(problem)} role="alert" />}
      {problem === null && hint && <Alert className={css.alert} type="success" showIcon title={hint} />}
      <Form<Last & { password: string }> form={form} layout="vertical" size="large" requiredMark={false} initialValues={lastOne()} onFinish={(given) => void go(given)}>
        <Form.Item name="company" label={t.company} extra={t.companyHint}>
          <Input autoComplete="organization" autoCapitalize="none" spellCheck={false} />
        </Form.Item>
        <Form.Item name="name" label={t.name} rules={[{ required: true, whitespace: true, message: t.needName }]}>
          <Input autoComplete="username" autoCapitalize="none" spellCheck={false} />
        </Form.Item>
        <Form.Item name="password" label={t.password} rules={[{ required: true, message: t.needPassword }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item name="stay" valuePropName="checked">
          <Checkbox>{t.stay}</Checkbox>
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={isBusy}>
          {t.go}
        </Button>
      </Form>
      <div className={css.under}>
        <button type="button" onClick={onNew}>{t.fresh}</button>
        <a href="/app/" style={{ padding: '6px 0' }}>{t.phone}</a>
      </div>
    </>
  );
}
