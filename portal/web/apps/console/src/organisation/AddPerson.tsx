/** Somebody new; afterwards the activation code, which is shown this once. */
import { useState } from 'react';
import { App, DatePicker, Form, Input, Radio } from 'antd';
import type { Dayjs } from 'dayjs';
import { words } from '@anhuan/i18n';
import { ConsoleAddPerson } from '../gql';
import '../shared/calendar';
import { FormDialog, needed } from '../shared/FormDialog';
import { UnitPick } from '../shared/UnitPick';
import { useAct } from '../shared/query';
import { Invitations, type Invited } from './Invitations';

const t = words({
  title: ['新增人员', 'Add a person'],
  name: ['姓名', 'Name'],
  account: ['账号', 'Account'],
  accountHint: ['登录用，通常为工号或姓名拼音，本企业内唯一', 'To sign in with; usually the staff number, unique in the company'],
  unit: ['所在单位', 'Unit'],
  phone: ['手机号', 'Mobile phone'],
  email: ['邮箱', 'E-mail'],
  language: ['界面语言', 'Language'],
  joined: ['入职日期', 'Joined on'],
  again: ['此人已添加过，未重新生成激活码', 'This person had been added already; no new code was made'],
});

interface Entered {
  name: string;
  account: string;
  unitId: string;
  phone?: string;
  email?: string;
  language: string;
  joinedOn?: Dayjs | null;
}

interface AddPersonProps {
  isOpen: boolean;
  onClose: () => void;
  unit?: string | null;
  /** The outside firm that the person is of. */
  party?: string;
}

/** A dialog. */
export function AddPerson({ isOpen, onClose, unit, party }: AddPersonProps) {
  const add = useAct(ConsoleAddPerson, ['people']);
  const { message } = App.useApp();
  const [invited, setInvited] = useState<Invited[]>([]);
  return (
    <>
      <FormDialog<Entered>
        title={t.title}
        isOpen={isOpen}
        onClose={onClose}
        initial={{ language: 'zh', unitId: unit ?? undefined }}
        onSave={async ({ joinedOn, phone, email, ...values }, id) => {
          const { activationCode } = await add.mutateAsync({
            input: { id, ...values, phone: phone || null, email: email || null, partyId: party ?? null, joinedOn: joinedOn?.format('YYYY-MM-DD') ?? null },
          });
          if (activationCode) setInvited([{ name: values.name, account: values.account, code: activationCode }]);
          else message.info(t.again);
        }}
      >
        <Form.Item name="name" label={t.name} rules={needed()}>
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <Form.Item name="account" label={t.account} rules={needed()} extra={t.accountHint}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item name="unitId" label={t.unit} rules={needed()}>
          <UnitPick />
        </Form.Item>
        <Form.Item name="phone" label={t.phone}>
          <Input maxLength={30} autoComplete="off" inputMode="tel" />
        </Form.Item>
        <Form.Item name="email" label={t.email}>
          <Input maxLength={200} autoComplete="off" inputMode="email" />
        </Form.Item>
        <Form.Item name="joinedOn" label={t.joined}>
          <DatePicker style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="language" label={t.language}>
          <Radio.Group optionType="button" options={[{ value: 'zh', label: '中文' }, { value: 'en', label: 'English' }]} />
        </Form.Item>
      </FormDialog>
      <Invitations of={invited} onClose={() => setInvited([])} />
    </>
  );
}
