/** The company's channels outside the app: in which order they are tried, whether they are on, and whether they work. */
import { useState } from 'react';
import { App, Button, Dropdown, Switch, Table } from 'antd';
import { ArrowDownOutlined, ArrowUpOutlined, DownOutlined, PlusOutlined } from '@ant-design/icons';
import { words, spoken } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { since } from '@anhuan/i18n/time';
import { said } from '@anhuan/wire';
import { ConsoleChannels, ConsoleRemoveChannel, ConsoleSetChannel, ConsoleTestChannel, type ConsoleChannelsQuery } from '../gql';
import { Answered } from '../shared/Answered';
import { Page, Panel } from '../shared/Page';
import { Tag } from '../shared/parts';
import { useAct, useAnswer } from '../shared/query';
import { Empty } from '../shared/states';
import { ChannelDialog } from './ChannelDialog';
import { Trial } from './Trial';
import css from './notices.module.css';
import { moved, ranks } from './order';

const t = words({
  title: ['通知渠道', 'Notice channels'],
  about: ['按顺序尝试，送达为止；都失败时列入“未送达”。密钥加密保存，保存后任何人都看不到。', 'They are tried in this order until one delivers; what none delivers is listed as undelivered. Secrets are stored encrypted and shown to nobody.'],
  add: ['新增渠道', 'Add a channel'],
  name: ['名称', 'Name'],
  kind: ['类型', 'Kind'],
  code: ['代码', 'Code'],
  state: ['状态', 'State'],
  works: ['正常', 'fine'],
  changed: ['最近改动', 'Changed'],
  on: ['启用', 'On'],
  off: ['停用', 'Off'],
  order: ['顺序', 'Order'],
  up: [(name: string) => `${name}上移`, (name: string) => `Move ${name} up`],
  down: [(name: string) => `${name}下移`, (name: string) => `Move ${name} down`],
  test: ['发测试', 'Test'],
  more: ['更多', 'More'],
  change: ['修改', 'Change'],
  remove: ['删除', 'Remove'],
  removeSure: [(name: string) => `删除渠道“${name}”？`, (name: string) => `Remove “${name}”?`],
  removeMore: ['连同密钥一起删除；已发送的记录保留。', 'Its secrets go with it; what was sent by it stays to be read.'],
  cancel: ['取消', 'Cancel'],
  none: ['还没有通知渠道', 'No channels yet'],
  noneMore: ['配置企业微信、钉钉、飞书、短信或邮件后，离开应用也能收到通知。', 'Set WeCom, DingTalk, Feishu, SMS or mail up and people are told outside the app too.'],
});

export type Channel = ConsoleChannelsQuery['channels'][number];
export type ChannelKind = ConsoleChannelsQuery['channelKinds'][number];

/** The screen. */
export default function ChannelsPage() {
  useLanguage();
  const { modal, message } = App.useApp();
  const answer = useAnswer(ConsoleChannels, {}, ['channels']);
  const set = useAct(ConsoleSetChannel, ['channels']);
  const remove = useAct(ConsoleRemoveChannel, ['channels']);
  const test = useAct(ConsoleTestChannel, ['notice']);
  const [editing, setEditing] = useState<Channel | 'new' | null>(null);
  const [trial, setTrial] = useState<{ notice: string; name: string } | null>(null);
  const tried = async (what: () => Promise<unknown>): Promise<void> => {
    try {
      await what();
    } catch (problem) {
      message.error(said(problem));
    }
  };
  /** Everything as it is, but for what changes; secrets that are left out stay. */
  const change = async (channel: Channel, what: Partial<Pick<Channel, 'rank' | 'isOn'>>): Promise<void> => {
    const { code, kind, name, settings, rank, isOn } = { ...channel, ...what };
    await set.mutateAsync({ input: { code, kind, name, settings: settings.map((one) => ({ name: one.name, value: one.value })), rank, isOn } });
  };
  const move = async (all: readonly Channel[], at: number, by: -1 | 1): Promise<void> => {
    const wanted = moved(all, at, by);
    await tried(async () => {
      for (const { code, rank } of ranks(wanted)) await change(wanted.find((one) => one.code === code)!, { rank });
    });
  };
  const askToRemove = (channel: Channel): void => {
    modal.confirm({
      title: t.removeSure(channel.name),
      content: t.removeMore,
      okText: t.remove,
      cancelText: t.cancel,
      okButtonProps: { danger: true },
      onOk: async () => tried(async () => remove.mutateAsync({ input: { code: channel.code } })),
    });
  };
  return (
    <Page
      title={t.title}
      about={t.about}
      acts={
        <Button type="primary" icon={<PlusOutlined />} disabled={!answer.data} onClick={() => setEditing('new')}>
          {t.add}
        </Button>
      }
    >
      <Panel>
        <Answered of={answer} shape="table">
          {({ channels, channelKinds }) => (
            <>
              <Table<Channel>
                rowKey="code"
                size="small"
                pagination={false}
                scroll={{ x: 860 }}
                dataSource={channels}
                locale={{ emptyText: <Empty isSmall title={t.none}>{t.noneMore}</Empty> }}
                columns={[
                  {
                    title: t.order,
                    width: 90,
                    render: (_, channel, at) => (
                      <>
                        <Button size="small" type="text" icon={<ArrowUpOutlined />} aria-label={t.up(channel.name)} disabled={at === 0 || set.isPending} onClick={() => void move(channels, at, -1)} />
                        <Button size="small" type="text" icon={<ArrowDownOutlined />} aria-label={t.down(channel.name)} disabled={at === channels.length - 1 || set.isPending} onClick={() => void move(channels, at, 1)} />
                      </>
                    ),
                  },
                  { title: t.name, dataIndex: 'name' },
                  { title: t.kind, render: (_, channel) => kindName(channelKinds, channel.kind) },
                  { title: t.code, width: 130, render: (_, channel) => <code>{channel.code}</code> },
                  { title: t.state, render: (_, channel) => (channel.problem ? <Tag tone="major">{channel.problem}</Tag> : <Tag tone="good">{t.works}</Tag>) },
                  { title: t.changed, width: 130, render: (_, channel) => since(channel.changedAt) },
                  {
                    title: t.on,
                    width: 90,
                    render: (_, channel) => (
                      <Switch aria-label={`${channel.name}: ${t.on}`} checked={channel.isOn} loading={set.isPending} checkedChildren={t.on} unCheckedChildren={t.off} onChange={(isOn) => void tried(async () => change(channel, { isOn }))} />
                    ),
                  },
                  {
                    width: 190,
                    render: (_, channel) => (
                      <div className={css.row}>
                        <Button size="small" loading={test.isPending && test.variables?.input.code === channel.code} onClick={() => void tried(async () => setTrial({ notice: (await test.mutateAsync({ input: { code: channel.code } })).id, name: channel.name }))}>
                          {t.test}
                        </Button>
                        <Dropdown
                          trigger={['click']}
                          menu={{
                            items: [
                              { key: 'change', label: t.change, onClick: () => setEditing(channel) },
                              { key: 'remove', label: t.remove, danger: true, onClick: () => askToRemove(channel) },
                            ],
                          }}
                        >
                          <Button size="small" icon={<DownOutlined />} iconPlacement="end">
                            {t.more}
                          </Button>
                        </Dropdown>
                      </div>
                    ),
                  },
                ]}
              />
              <ChannelDialog
                key={editing === 'new' ? '' : (editing?.code ?? '')}
                of={editing}
                kinds={channelKinds}
                rank={10 * (channels.length + 1)}
                onClose={() => setEditing(null)}
                onSave={async (input) => set.mutateAsync({ input })}
              />
            </>
          )}
        </Answered>
      </Panel>
      <Trial of={trial} onClose={() => setTrial(null)} />
    </Page>
  );
}

/** What a kind is called; one that a newer server knows by its code. */
export function kindName(kinds: readonly ChannelKind[], code: string): string {
  const kind = kinds.find((one) => one.name === code);
  return kind ? (spoken() === 'zh' ? kind.labelZh : kind.labelEn) : code;
}
