/** What I want of notices: by which channels in which order, and when I want quiet. */
import { words } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { Button, Card, IconButton, Loading, Notice, Page, TextField, Trouble, toast } from '@anhuan/ui';
import { WireError, act, said, useAsk } from '@anhuan/wire';
import { ArrowUp, BellRing } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { back } from '../back';
import { WorkPreferences, WorkSetPreferences, type WorkPreferencesQuery } from '../gql';
import css from './notices.module.css';

const t = words({
  title: ['消息设置', 'Notice settings'],
  channels: ['接收方式', 'By which ways'],
  lead: ['按顺序依次尝试，前一种没送到再用下一种。都不选则按本单位的顺序。', 'They are tried in this order. With none chosen your company’s order holds.'],
  none: ['本单位还没有开通其他接收方式，消息只在应用内显示。', 'Your company has no other ways yet; notices appear in the app only.'],
  up: [(name: string) => `${name} 提前`, (name: string) => `Move ${name} up`],
  address: [(name: string) => `${name} 账号`, (name: string) => `Your id at ${name}`],
  quiet: ['免打扰时段', 'Quiet hours'],
  from: ['从', 'From'],
  to: ['到', 'To'],
  urgent: ['停工、A 级隐患等紧急消息不受免打扰限制。', 'Urgent ones such as stop orders ignore quiet hours.'],
  save: ['保存', 'Save'],
  saved: ['已保存', 'Saved'],
  both: ['请同时填写开始和结束时间', 'Fill in both or neither'],
});

/** Kinds that know people by an id of their own; phone and e-mail are known already. */
const OWN_IDS = new Set(['wecom_app', 'wecom_robot', 'feishu_robot']);

/** The screen. */
export default function Wishes() {
  useLanguage();
  const [, go] = useLocation();
  const { data, problem, again } = useAsk(WorkPreferences, {}, 'preferences');
  return (
    <Page title={t.title} onBack={() => back(go, '/notices')}>
      {data ? <Form key={JSON.stringify(data.preferences)} known={data} onDone={() => void again()} /> : problem ? <Trouble problem={problem} onAgain={() => void again()} /> : <Loading />}
    </Page>
  );
}

function Form({ known, onDone }: { known: WorkPreferencesQuery; onDone: () => void }) {
  const { preferences, channelChoices } = known;
  const [chosen, setChosen] = useState(preferences.channels.filter((code) => channelChoices.some((one) => one.code === code)));
  const [addresses, setAddresses] = useState(new Map(preferences.addresses.map((one) => [one.name, one.value])));
  const [from, setFrom] = useState(preferences.quietFrom ?? '');
  const [to, setTo] = useState(preferences.quietTo ?? '');
  const [failed, setFailed] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const isHalf = Boolean(from) !== Boolean(to);
  const ordered = [...chosen.flatMap((code) => channelChoices.find((one) => one.code === code) ?? []), ...channelChoices.filter((one) => !chosen.includes(one.code))];

  async function save(): Promise<void> {
    if (isHalf || isBusy) return;
    setBusy(true);
    setFailed(null);
    try {
      const given = [...addresses].filter(([, value]) => value.trim()).map(([name, value]) => ({ name, value: value.trim() }));
      await act(WorkSetPreferences, { input: { channels: chosen, addresses: given, quietFrom: from || null, quietTo: to || null } });
      toast(t.saved);
      onDone();
    } catch (found) {
      setFailed(found);
    } finally {
      setBusy(false);
    }
  }

  function up(code: string): void {
    const at = chosen.indexOf(code);
    setChosen(chosen.map((one, index) => (index === at - 1 ? code : index === at ? chosen[at - 1]! : one)));
  }

  const wrong = (path: string): string | null => (failed instanceof WireError && failed.problems.find((one) => one.path?.startsWith(path))?.message) || null;
  return (
    <>
      <Card title={t.channels}>
        <p className={css.lead}>{channelChoices.length ? t.lead : t.none}</p>
        {ordered.map((channel) => {
          const place = chosen.indexOf(channel.code);
          return (
            <div key={channel.code} className={css.channel}>
              <label>
                <input type="checkbox" checked={place >= 0} onChange={(event) => setChosen(event.currentTarget.checked ? [...chosen, channel.code] : chosen.filter((one) => one !== channel.code))} />
                <span>{channel.name}</span>
              </label>
              {place > 0 && <IconButton label={t.up(channel.name)} onClick={() => up(channel.code)}><ArrowUp size={20} /></IconButton>}
            </div>
          );
        })}
        {channelChoices.filter((one) => chosen.includes(one.code) && OWN_IDS.has(one.kind)).map((channel) => (
          <TextField key={channel.code} label={t.address(channel.name)} value={addresses.get(channel.code) ?? ''} onChange={(event) => setAddresses(new Map([...addresses, [channel.code, event.target.value]]))} wrong={wrong(`addresses.${channel.code}`)} />
        ))}
      </Card>
      <Card title={t.quiet}>
        <div className={css.hours}>
          <TextField label={t.from} type="time" value={from} onChange={(event) => setFrom(event.target.value)} wrong={wrong('quietFrom')} />
          <TextField label={t.to} type="time" value={to} onChange={(event) => setTo(event.target.value)} wrong={wrong('quietTo') ?? (isHalf ? t.both : null)} />
        </div>
        <Notice tone="quiet" picture={<BellRing size={18} aria-hidden="true" />}>{t.urgent}</Notice>
      </Card>
      {failed !== null && !wrong('quiet') && <p className={css.wrong} role="alert">{said(failed)}</p>}
      <Button disabled={isBusy} onClick={() => void save()}>{t.save}</Button>
    </>
  );
}
