/** How strict the company is when somebody signs in: locks, idle time, how old a session and a password may become. */
import { useState } from 'react';
import { Alert, App, Button, Form, InputNumber } from 'antd';
import { words } from '@anhuan/i18n';
import { ConsoleSetStrictness, ConsoleStrictness, type ConsoleStrictFragment, type ConsoleStrictnessQuery } from '../gql';
import { Answered } from '../shared/Answered';
import { useGuard } from '../shared/guard';
import { putProblems } from '../shared/problems';
import { useAct, useAnswer } from '../shared/query';
import { may, useWho } from '../shared/rights';
import css from './settings.module.css';

const t = words({
  about: ['保存后立即生效，已登录的人也适用。出厂设置符合等级保护二级要求。', 'It holds at once, for open sessions too. What ships satisfies level 2 of 等保.'],
  lockAfter: ['连续输错密码几次后锁定', 'Locked after so many wrong passwords'],
  lockMinutes: ['锁定多久（分钟）', 'Locked for (minutes)'],
  idleMinutes: ['多久不用自动退出（分钟）', 'Signed out after so long without use (minutes)'],
  sessionDays: ['一次登录最长有效（天）', 'A session lasts at most (days)'],
  stayHours: ['“保持登录”：多久不用自动退出（小时）', '“Stay signed in”: signed out after so long without use (hours)'],
  stayDays: ['“保持登录”：最长有效（天）', '“Stay signed in”: lasts at most (days)'],
  passwordDays: ['密码多久须更换（天）', 'A password has to be changed after (days)'],
  passwordHint: ['0 表示不要求定期更换', '0: passwords may grow old'],
  range: [(least: number, most: number) => `${least}–${most}`, (least: number, most: number) => `${least}–${most}`],
  need: ['请填写', 'Fill this in'],
  save: ['保存', 'Save'],
  done: ['已保存，立即生效', 'Saved; it holds from now on'],
  readOnly: ['您可以查看，修改须由系统管理员进行。', 'You may look; an administrator may change it.'],
});
const NAMES = ['lockAfter', 'lockMinutes', 'idleMinutes', 'sessionDays', 'stayHours', 'stayDays', 'passwordDays'] as const;
type Values = Record<(typeof NAMES)[number], number>;

/** Whoever may read policy sees it; whoever may manage it changes it. */
export function Strictness() {
  const answer = useAnswer(ConsoleStrictness, {}, ['company']);
  // What the server says anew stands in the fields anew.
  return <Answered of={answer} rows={7}>{({ strictness }) => <Door key={JSON.stringify(strictness)} strictness={strictness} />}</Answered>;
}

function Door({ strictness }: { strictness: ConsoleStrictFragment & Pick<ConsoleStrictnessQuery['strictness'], 'ranges'> }) {
  const [form] = Form.useForm<Values>();
  const [problem, setProblem] = useState<string | null>(null);
  const set = useAct(ConsoleSetStrictness, ['company', 'record']);
  const { message } = App.useApp();
  const manages = may(useWho(), ['policy.manage']);
  useGuard(() => form.isFieldsTouched());
  const save = async (values: Values): Promise<void> => {
    setProblem(null);
    // Only what was changed: the rest may have become different meanwhile.
    const changed = Object.fromEntries(NAMES.filter((name) => values[name] !== strictness[name]).map((name) => [name, values[name]]));
    try {
      await set.mutateAsync({ input: changed });
      message.success(t.done);
    } catch (found) {
      setProblem(putProblems(form, found));
    }
  };
  return (
    <Form<Values> form={form} layout="vertical" className={css.form} disabled={!manages} initialValues={strictness} onFinish={(values) => void save(values)}>
      <Alert type="info" showIcon title={manages ? t.about : t.readOnly} style={{ marginBottom: 16 }} />
      {problem && <Alert type="error" showIcon title={problem} role="alert" style={{ marginBottom: 16 }} />}
      {NAMES.map((name) => {
        const range = strictness.ranges.find((one) => one.name === name);
        const hint = [range && t.range(range.least, range.most), name === 'passwordDays' && t.passwordHint].filter(Boolean).join(' · ');
        return (
          <Form.Item key={name} name={name} label={t[name]} extra={hint} rules={[{ required: true, message: t.need }]}>
            <InputNumber min={range?.least} max={range?.most} precision={0} style={{ width: '100%' }} />
          </Form.Item>
        );
      })}
      {manages && <Button type="primary" htmlType="submit" loading={set.isPending}>{t.save}</Button>}
    </Form>
  );
}
