/** Set a channel up or change it: what is asked for depends on its kind; a secret goes in and is never shown again. */
import { useState } from 'react';
import { Form, Input, Select, Switch } from 'antd';
import { spoken, words } from '@anhuan/i18n';
import type { SetChannelInput } from '../gql';
import { FormDialog, needed } from '../shared/FormDialog';
import { kindName, type Channel, type ChannelKind } from './ChannelsPage';
import { fieldsOf, settingsOf } from './fields';

const t = words({
  add: ['新增渠道', 'Add a channel'],
  change: [(name: string) => `修改“${name}”`, (name: string) => `Change “${name}”`],
  kind: ['类型', 'Kind'],
  name: ['名称', 'Name'],
  nameHint: ['员工选择接收渠道时看到的名称', 'What people see when they choose how to be told'],
  code: ['代码', 'Code'],
  codeHint: ['小写字母、数字、横线；以后不能改', 'Small letters, digits, hyphens; cannot be changed later'],
  kept: ['已保存，不填则不变；改了其他发送参数时须重新填写', 'Kept; leave empty to keep it. Enter it again when it is to send elsewhere'],
  on: ['启用', 'On'],
});

interface Entered {
  kind: string;
  code: string;
  name: string;
  isOn: boolean;
  settings: Record<string, string>;
}

interface ChannelDialogProps {
  of: Channel | 'new' | null;
  kinds: readonly ChannelKind[];
  rank: number;
  onClose: () => void;
  onSave: (input: SetChannelInput) => Promise<unknown>;
}

/** Open while there is a channel. */
export function ChannelDialog({ of, kinds, rank, onClose, onSave }: ChannelDialogProps) {
  const before = of === 'new' ? null : of;
  const [kindCode, setKindCode] = useState(before?.kind ?? kinds[0]?.name ?? '');
  const kind = kinds.find((one) => one.name === (before?.kind ?? kindCode));
  const fields = kind ? fieldsOf(kind) : [];
  const initial = {
    kind: kindCode,
    code: before?.code ?? '',
    name: before?.name ?? '',
    isOn: before?.isOn ?? true,
    settings: Object.fromEntries(before?.settings.map(({ name, value }) => [name, value]) ?? []),
  };
  return (
    <FormDialog<Entered>
      title={before ? t.change(before.name) : t.add}
      isOpen={of !== null}
      onClose={onClose}
      initial={initial}
      onSave={async ({ code, name, isOn, settings }) =>
        onSave({
          code: before?.code ?? code,
          kind: before?.kind ?? kindCode,
          name,
          isOn,
          rank: before?.rank ?? rank,
          settings: settingsOf(fields, settings ?? {}),
        })
      }
    >
      {!before && (
        <>
          <Form.Item name="kind" label={t.kind}>
            <Select value={kindCode} onChange={setKindCode} options={kinds.map((one) => ({ value: one.name, label: kindName(kinds, one.name) }))} />
          </Form.Item>
          <Form.Item name="code" label={t.code} rules={needed()} extra={t.codeHint}>
            <Input maxLength={40} autoComplete="off" />
          </Form.Item>
        </>
      )}
      <Form.Item name="name" label={t.name} rules={needed()} extra={t.nameHint}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      {fields.map((field) => {
        const isKept = before?.secrets.includes(field.name) ?? false;
        return (
          <Form.Item
            key={`${kind?.name}.${field.name}`}
            name={['settings', field.name]}
            label={spoken() === 'zh' ? field.labelZh : field.labelEn}
            rules={field.required && !isKept ? needed() : []}
            extra={isKept ? t.kept : undefined}
            initialValue={before || field.secret ? undefined : field.default || undefined}
          >
            {field.options ? <Select options={field.options} /> : field.secret ? <Input.Password autoComplete="new-password" visibilityToggle /> : <Input autoComplete="off" />}
          </Form.Item>
        );
      })}
      <Form.Item name="isOn" label={t.on} valuePropName="checked">
        <Switch />
      </Form.Item>
    </FormDialog>
  );
}
