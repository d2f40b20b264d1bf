/** A person's entry: how to reach them, what they hold, when they are away, and what can be done with it. */
import { useState } from 'react';
import { App, Button, Drawer, Dropdown, Form, Input } from 'antd';
import { DownOutlined } from '@ant-design/icons';
import { useNavigate } from 'react-router';
import { words } from '@anhuan/i18n';
import { day } from '@anhuan/i18n/time';
import { said } from '@anhuan/wire';
import { ConsoleDisablePerson, ConsoleEnablePerson, ConsoleInvite, ConsolePersonFull, type ConsolePersonFullQuery } from '../gql';
import { Answered } from '../shared/Answered';
import { FormDialog } from '../shared/FormDialog';
import { Tag } from '../shared/parts';
import { useAct, useAnswer } from '../shared/query';
import { may, useWho } from '../shared/rights';
import { useHref } from '../shared/unit';
import { PersonRoles } from '../policy/PersonRoles';
import { ChangePerson } from './ChangePerson';
import { Invitations, type Invited } from './Invitations';
import { PersonAbsences } from './PersonAbsences';
import { PersonPosts } from './PersonPosts';
import css from './organisation.module.css';

const t = words({
  title: ['人员', 'Person'],
  account: ['账号', 'Account'],
  unit: ['所在单位', 'Unit'],
  phone: ['手机号', 'Mobile phone'],
  email: ['邮箱', 'E-mail'],
  language: ['界面语言', 'Language'],
  outside: ['相关方人员', 'Of an outside firm'],
  hidden: ['您无权查看联系方式', 'You may not see how to reach this person'],
  off: [(date: string) => `${date} 停用`, (date: string) => `disabled ${date}`],
  change: ['修改', 'Change'],
  more: ['更多', 'More'],
  invite: ['重发激活码', 'New activation code'],
  inviteSure: [(name: string) => `给${name}重发激活码？`, (name: string) => `A new activation code for ${name}?`],
  inviteMore: ['原密码立即失效，本人须用新的激活码重新设置密码。', 'The password stops working at once; a new one is set with the new code.'],
  disable: ['停用', 'Disable'],
  disableTitle: [(name: string) => `停用${name}`, (name: string) => `Disable ${name}`],
  disableMore: ['立即退出登录且不能再登录；以前的记录保留。名下的待办会转给能办的人。', 'Signed out at once and kept out; what was done stays. Open tasks pass to who can do them.'],
  reason: ['原因', 'Reason'],
  enable: ['启用', 'Enable'],
  enabled: ['已启用', 'Enabled'],
  why: ['权限是怎么来的', 'Why this person can or cannot…'],
  cancel: ['取消', 'Cancel'],
});

type Full = NonNullable<ConsolePersonFullQuery['person']>;

/** Open while there is an id. */
export function PersonDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const answer = useAnswer(ConsolePersonFull, { id: id ?? '' }, ['people', 'policy'], { isWanted: id !== null });
  const person = answer.data?.person;
  return (
    <Drawer open={id !== null} onClose={onClose} size={560} title={person?.name ?? t.title} extra={person && <PersonActs of={person} />} destroyOnHidden>
      <Answered of={answer} rows={8}>
        {({ person }) => person && <Entry of={person} />}
      </Answered>
    </Drawer>
  );
}

function Entry({ of: person }: { of: Full }) {
  const who = useWho();
  return (
    <>
      <dl className={css.facts}>
        <dt>{t.account}</dt>
        <dd>
          {person.account} {person.disabledAt && <Tag tone="warn">{t.off(day(person.disabledAt))}</Tag>} {person.partyId && <Tag>{t.outside}</Tag>}
        </dd>
        <dt>{t.unit}</dt>
        <dd>{person.unit?.name ?? '—'}</dd>
        {person.contacts ? (
          <>
            <dt>{t.phone}</dt>
            <dd>{person.contacts.phone ?? '—'}</dd>
            <dt>{t.email}</dt>
            <dd>{person.contacts.email ?? '—'}</dd>
          </>
        ) : (
          <>
            <dt>{t.phone}</dt>
            <dd className={css.off}>{t.hidden}</dd>
          </>
        )}
        <dt>{t.language}</dt>
        <dd>{person.language === 'en' ? 'English' : '中文'}</dd>
      </dl>
      <PersonPosts person={person} />
      {may(who, ['policy.read']) && <PersonRoles person={person.id} name={person.name} />}
      {(person.can.includes('duty.handover') || person.id === who?.person.id) && <PersonAbsences person={person} />}
    </>
  );
}

function PersonActs({ of: person }: { of: Full }) {
  const { modal, message } = App.useApp();
  const who = useWho();
  const go = useNavigate();
  const href = useHref();
  const [open, setOpen] = useState<'change' | 'disable' | null>(null);
  const [invited, setInvited] = useState<Invited[]>([]);
  const invite = useAct(ConsoleInvite, ['people']);
  const disable = useAct(ConsoleDisablePerson, ['people']);
  const enable = useAct(ConsoleEnablePerson, ['people']);
  const manages = person.can.includes('person.manage');
  const tried = async (what: () => Promise<unknown>, done?: string): Promise<void> => {
    try {
      await what();
      if (done) message.success(done);
    } catch (problem) {
      message.error(said(problem));
    }
  };
  const askToInvite = (): void => {
    modal.confirm({
      title: t.inviteSure(person.name),
      content: t.inviteMore,
      okText: t.invite,
      cancelText: t.cancel,
      onOk: async () =>
        tried(async () => {
          const codes = await invite.mutateAsync({ input: { people: [person.id] } });
          setInvited(codes.map(({ code }) => ({ name: person.name, account: person.account, code })));
        }),
    });
  };
  const items = [
    ...(manages && !person.disabledAt ? [{ key: 'invite', label: t.invite, onClick: askToInvite }] : []),
    ...(may(who, ['policy.read']) ? [{ key: 'why', label: t.why, onClick: () => void go(href(`/policy?part=why&whose=${person.id}`)) }] : []),
    ...(manages && !person.disabledAt && person.id !== who?.person.id ? [{ key: 'disable', label: t.disable, danger: true, onClick: () => setOpen('disable') }] : []),
  ];
  return (
    <div className={css.acts}>
      {manages && person.disabledAt && <Button onClick={() => void tried(async () => enable.mutateAsync({ input: { personId: person.id } }), t.enabled)}>{t.enable}</Button>}
      {manages && <Button onClick={() => setOpen('change')}>{t.change}</Button>}
      {items.length > 0 && (
        <Dropdown menu={{ items }} trigger={['click']}>
          <Button icon={<DownOutlined />} iconPlacement="end">
            {t.more}
          </Button>
        </Dropdown>
      )}
      <ChangePerson isOpen={open === 'change'} onClose={() => setOpen(null)} person={person} />
      <FormDialog<{ reason: string }>
        title={t.disableTitle(person.name)}
        isOpen={open === 'disable'}
        onClose={() => setOpen(null)}
        save={t.disable}
        isDanger
        onSave={async ({ reason }) => disable.mutateAsync({ input: { personId: person.id, reason: reason ?? '' } })}
      >
        <p>{t.disableMore}</p>
        <Form.Item name="reason" label={t.reason}>
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
      </FormDialog>
      <Invitations of={invited} onClose={() => setInvited([])} />
    </div>
  );
}
