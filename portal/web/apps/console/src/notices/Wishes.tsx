/** How one wants to be told: by which channels in which order, and when not. */
import { useState } from 'react';
import { Alert, App, Button, Checkbox, Form, Input } from 'antd';
import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons';
import { words } from '@anhuan/i18n';
import { said } from '@anhuan/wire';
import { ConsolePreferences, ConsoleSetPreferences, type ConsolePreferencesQuery } from '../gql';
import { Answered } from '../shared/Answered';
import { useAct, useAnswer } from '../shared/query';
import { Empty } from '../shared/states';
import css from './notices.module.css';
import { moved, toggledIn } from './order';

const t = words({
  channels: ['用哪些渠道通知我', 'Channels'],
  channelsHint: ['勾选并排序；一个也不选则按公司设定的顺序。紧急通知在所选渠道失败时会改用其他渠道。', 'Tick and order them; with none ticked it is the company’s order. When the chosen ones fail, urgent notices take others.'],
  none: ['公司还没有开通应用外的通知渠道', 'The company has no channel outside the app yet'],
  noneMore: ['现在所有通知都在应用内；开通企业微信、短信、邮件等渠道后可在此选择。', 'All notices stay in the app; once WeCom, SMS or mail is set up you can choose here.'],
  up: [(name: string) => `${name}上移`, (name: string) => `Move ${name} up`],
  down: [(name: string) => `${name}下移`, (name: string) => `Move ${name} down`],
  address: [(name: string) => `我在“${name}”的账号 ID`, (name: string) => `My id at ${name}`],
  quiet: ['免打扰时段', 'Quiet hours'],
  quietHint: ['按公司所在时区；期间不发到应用外，紧急通知除外。', 'On the company’s clock; nothing leaves the app meanwhile, except what is urgent.'],
  from: ['开始', 'From'],
  to: ['结束', 'Until'],
  save: ['保存', 'Save'],
  saved: ['已保存', 'Saved'],
});

/** Kinds that know people by an id of their own. */
const OWN_ADDRESS = new Set(['wecom_app', 'wecom_robot', 'feishu_robot']);

/** A form over what is wanted now. */
export function Wishes() {
  const answer = useAnswer(ConsolePreferences, {}, ['channels']);
  return (
    <Answered of={answer} rows={5}>
      {(data) => <WishForm key={JSON.stringify(data.preferences)} of={data} />}
    </Answered>
  );
}

function WishForm({ of: { preferences, channelChoices } }: { of: ConsolePreferencesQuery }) {
  const { message } = App.useApp();
  const save = useAct(ConsoleSetPreferences, ['channels']);
  const [chosen, setChosen] = useState<readonly string[]>(preferences.channels.filter((code) => channelChoices.some((one) => one.code === code)));
  const [addresses, setAddresses] = useState<Record<string, string>>(Object.fromEntries(preferences.addresses.map(({ name, value }) => [name, value])));
  const [quietFrom, setQuietFrom] = useState(preferences.quietFrom ?? '');
  const [quietTo, setQuietTo] = useState(preferences.quietTo ?? '');
  const ordered = [...chosen.map((code) => channelChoices.find((one) => one.code === code)!), ...channelChoices.filter((one) => !chosen.includes(one.code))];
  const send = async (): Promise<void> => {
    const kept = Object.entries(addresses).filter(([code, value]) => value.trim() && channelChoices.some((one) => one.code === code && OWN_ADDRESS.has(one.kind)));
    try {
      await save.mutateAsync({ input: { channels: [...chosen], addresses: kept.map(([name, value]) => ({ name, value: value.trim() })), quietFrom: quietFrom || null, quietTo: quietTo || null } });
      message.success(t.saved);
    } catch {
      // The reason stands above the form.
    }
  };
  return (
    <Form layout="vertical" className={css.wishes} onFinish={() => void send()}>
      {save.error && <Alert type="error" showIcon title={said(save.error)} style={{ marginBottom: 16 }} />}
      {channelChoices.length ? (
        <Form.Item label={t.channels} extra={t.channelsHint}>
          <ul className={css.choices}>
            {ordered.map((one) => {
              const at = chosen.indexOf(one.code);
              return (
                <li key={one.code}>
                  <Checkbox className={css.grow} checked={at >= 0} onChange={() => setChosen(toggledIn(chosen, one.code))}>
                    {one.name}
                  </Checkbox>
                  {OWN_ADDRESS.has(one.kind) && (
                    <Input
                      size="small"
                      style={{ width: 200 }}
                      aria-label={t.address(one.name)}
                      placeholder={t.address(one.name)}
                      value={addresses[one.code] ?? ''}
                      onChange={(event) => setAddresses({ ...addresses, [one.code]: event.target.value })}
                    />
                  )}
                  <Button size="small" type="text" icon={<ArrowUpOutlined />} aria-label={t.up(one.name)} disabled={at < 1} onClick={() => setChosen(moved(chosen, at, -1))} />
                  <Button size="small" type="text" icon={<ArrowDownOutlined />} aria-label={t.down(one.name)} disabled={at < 0 || at === chosen.length - 1} onClick={() => setChosen(moved(chosen, at, 1))} />
                </li>
              );
            })}
          </ul>
        </Form.Item>
      ) : (
        <Empty isSmall title={t.none}>
          {t.noneMore}
        </Empty>
      )}
      <Form.Item label={t.quiet} extra={t.quietHint}>
        <div className={css.row}>
          <Input type="time" style={{ width: 130 }} aria-label={`${t.quiet}: ${t.from}`} value={quietFrom} onChange={(event) => setQuietFrom(event.target.value)} />
          <span>–</span>
          <Input type="time" style={{ width: 130 }} aria-label={`${t.quiet}: ${t.to}`} value={quietTo} onChange={(event) => setQuietTo(event.target.value)} />
        </div>
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {t.save}
      </Button>
    </Form>
  );
}
