/** One's own account: the password, and where one is signed in. */
import { useState } from 'react';
import { Alert, App, Button, Form, Input } from 'antd';
import { LogoutOutlined } from '@ant-design/icons';
import { words } from '@anhuan/i18n';
import { moment, since } from '@anhuan/i18n/time';
import { said, signOut } from '@anhuan/wire';
import { SetPassword } from '@anhuan/wire/gql';
import { ConsoleSessions } from '../gql';
import { Answered } from '../shared/Answered';
import { needed } from '../shared/FormDialog';
import { Tag } from '../shared/parts';
import { putProblems } from '../shared/problems';
import { useAct, useAnswer } from '../shared/query';
import { useWho } from '../shared/rights';
import { browserOf } from './browser';
import css from './settings.module.css';

const t = words({
  who: ['账号', 'Account'],
  password: ['修改密码', 'Change the password'],
  present: ['当前密码', 'Present password'],
  wanted: ['新密码', 'New password'],
  again: ['再输一次新密码', 'New password once more'],
  differ: ['两次输入不一致', 'The two are not the same'],
  change: ['修改密码', 'Change it'],
  changed: ['密码已修改，其他设备已退出登录', 'Changed; everywhere else you were signed out'],
  sessions: ['登录中的设备', 'Where you are signed in'],
  now: ['当前设备', 'this one'],
  used: [(when: string) => `最近使用 ${when}`, (when: string) => `last used ${when}`],
  begun: [(when: string) => `登录于 ${when}`, (when: string) => `signed in ${when}`],
  out: ['退出全部设备', 'Sign out everywhere'],
  outSure: ['退出全部设备？', 'Sign out everywhere?'],
  outMore: ['包括当前设备；手机上未上传的内容会保留，重新登录后继续上传。', 'This one too. What a phone has not sent stays on it and is sent after signing in again.'],
  cancel: ['取消', 'Cancel'],
});

interface Entered {
  present: string;
  wanted: string;
  again: string;
}

/** Two parts. */
export function Account() {
  const who = useWho();
  return (
    <>
      <dl className={css.facts}>
        <dt>{t.who}</dt>
        <dd>
          {who?.person.name} · {who?.company.code} / {who?.person.account}
        </dd>
      </dl>
      <Password />
      <Sessions />
    </>
  );
}

function Password() {
  const { message } = App.useApp();
  const [form] = Form.useForm<Entered>();
  const change = useAct(SetPassword, ['me']);
  const [problem, setProblem] = useState<string | null>(null);
  const send = async ({ present, wanted }: Entered): Promise<void> => {
    setProblem(null);
    try {
      await change.mutateAsync({ input: { present, wanted } });
      form.resetFields();
      message.success(t.changed);
    } catch (found) {
      setProblem(putProblems(form, found));
    }
  };
  return (
    <>
      <h3>{t.password}</h3>
      <Form<Entered> form={form} layout="vertical" className={css.form} onFinish={(values) => void send(values)}>
        {problem && <Alert type="error" showIcon title={problem} style={{ marginBottom: 16 }} />}
        <Form.Item name="present" label={t.present} rules={needed()}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item name="wanted" label={t.wanted} rules={needed()}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={t.again}
          dependencies={['wanted']}
          rules={[
            ...needed(),
            ({ getFieldValue }) => ({
              validator: async (_, value) => {
                if (value && value !== getFieldValue('wanted')) throw new Error(t.differ);
              },
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t.change}
        </Button>
      </Form>
    </>
  );
}

function Sessions() {
  const { modal, message } = App.useApp();
  const answer = useAnswer(ConsoleSessions, {}, ['me']);
  const askToLeave = (): void => {
    modal.confirm({
      title: t.outSure,
      content: t.outMore,
      okText: t.out,
      cancelText: t.cancel,
      onOk: async () => {
        try {
          await signOut(true);
        } catch (problem) {
          message.error(said(problem));
        }
      },
    });
  };
  return (
    <>
      <h3>{t.sessions}</h3>
      <Answered of={answer} rows={3} isSmall>
        {({ mySessions }) => (
          <>
            <ul className={css.sessions}>
              {mySessions.map((session) => (
                <li key={session.id}>
                  <span>
                    {browserOf(session.client)} {session.isThis && <Tag tone="brand">{t.now}</Tag>}
                    <small title={session.client ?? undefined}>
                      {session.address} · {t.begun(moment(session.createdAt))}
                    </small>
                  </span>
                  <span className={css.quiet}>{t.used(since(session.usedAt))}</span>
                </li>
              ))}
            </ul>
            <Button icon={<LogoutOutlined />} onClick={askToLeave}>
              {t.out}
            </Button>
          </>
        )}
      </Answered>
    </>
  );
}
