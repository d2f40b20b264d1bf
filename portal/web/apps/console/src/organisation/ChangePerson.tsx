/** Change a person's entry: name, unit, how to reach them, language. */
import { Form, Input, Radio } from 'antd';
import { words } from '@anhuan/i18n';
import { ConsoleChangePerson, type ConsolePersonFullQuery } from '../gql';
import { FormDialog, needed } from '../shared/FormDialog';
import { UnitPick } from '../shared/UnitPick';
import { useAct } from '../shared/query';

const t = words({
  title: [(name: string) => `修改${name}`, (name: string) => `Change ${name}`],
  name: ['姓名', 'Name'],
  unit: ['所在单位', 'Unit'],
  unitHint: ['换单位后，正在办理的事项不受影响；岗位请另行调整。', 'Running cases are not touched; posts are changed apart.'],
  phone: ['手机号', 'Mobile phone'],
  email: ['邮箱', 'E-mail'],
  language: ['界面语言', 'Language'],
});

interface Entered {
  name: string;
  unitId: string;
  phone: string;
  email: string;
  language: string;
}

interface ChangePersonProps {
  isOpen: boolean;
  onClose: () => void;
  person: NonNullable<ConsolePersonFullQuery['person']>;
}

/** A dialog; contacts that one may not see are neither shown nor sent. */
export function ChangePerson({ isOpen, onClose, person }: ChangePersonProps) {
  const change = useAct(ConsoleChangePerson, ['people']);
  const { contacts } = person;
  return (
    <FormDialog<Entered>
      title={t.title(person.name)}
      isOpen={isOpen}
      onClose={onClose}
      initial={{ name: person.name, unitId: person.unit?.id, phone: contacts?.phone ?? '', email: contacts?.email ?? '', language: person.language }}
      onSave={async ({ phone, email, ...values }) => change.mutateAsync({ input: { personId: person.id, ...values, ...(contacts ? { phone: phone.trim(), email: email.trim() } : {}) } })}
    >
      <Form.Item name="name" label={t.name} rules={needed()}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="unitId" label={t.unit} rules={needed()} extra={t.unitHint}>
        <UnitPick />
      </Form.Item>
      {contacts && (
        <>
          <Form.Item name="phone" label={t.phone}>
            <Input maxLength={30} autoComplete="off" inputMode="tel" />
          </Form.Item>
          <Form.Item name="email" label={t.email}>
            <Input maxLength={200} autoComplete="off" inputMode="email" />
          </Form.Item>
        </>
      )}
      <Form.Item name="language" label={t.language}>
        <Radio.Group optionType="button" options={[{ value: 'zh', label: '中文' }, { value: 'en', label: 'English' }]} />
      </Form.Item>
    </FormDialog>
  );
}
