/** The session has ended while the console was open: sign in again over the page, which stays as it was. */
import { useState } from 'react';
import { Alert, Button, Form, Input, Modal } from 'antd';
import { words } from '@anhuan/i18n';
import { said, signIn, signOut, WireError, type Who } from '@anhuan/wire';
import { client } from '../shared/query';
import css from './entry.module.css';
import { lastOne } from './last';

const t = words({
  title: ['登录已过期', 'Your session has ended'],
  lead: [(name: string) => `请重新输入 ${name} 的密码。页面上的内容和未提交的填写会保留。`, (name: string) => `Enter the password of ${name} again. What is on the page stays.`],
  password: ['密码', 'Password'],
  need: ['请输入密码', 'Enter your password'],
  go: ['继续', 'Go on'],
  other: ['换一个账号', 'Another account'],
});

/** Only the same person goes on here; another begins anew. */
export default function Ended({ who }: { who: Who }) {
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const [form] = Form.useForm<{ password: string }>();
  const go = async (password: string): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await signIn({ company: who.company.code, name: who.person.account, password, stay: lastOne().stay });
      await client.invalidateQueries();
    } catch (found) {
      setProblem(found);
    } finally {
      setBusy(false);
    }
  };
  const leave = (): void => void signOut().catch((found: unknown) => found instanceof WireError && setProblem(found));
  return (
    <Modal open title={t.title} footer={null} closable={false} keyboard={false} mask={{ closable: false }} width={400} afterOpenChange={(isOpen) => isOpen && form.focusField('password')}>
      <p style={{ marginTop: 0 }}>{t.lead(who.person.name)}</p>
      {problem !== null && <Alert className={css.alert} type="error" showIcon title={said(problem)} role="alert" />}
      <Form<{ password: string }> form={form} layout="vertical" requiredMark={false} onFinish={({ password }) => void go(password)}>
        <input type="text" name="username" autoComplete="username" value={who.person.account} readOnly hidden />
        <Form.Item name="password" label={t.password} rules={[{ required: true, message: t.need }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={isBusy}>
          {t.go}
        </Button>
        <Button type="text" block style={{ marginTop: 8 }} onClick={leave}>
          {t.other}
        </Button>
      </Form>
    </Modal>
  );
}
