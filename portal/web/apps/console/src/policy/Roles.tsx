/** The roles of the company, and what each may do. */
import { useState } from 'react';
import { Button, Form, Input, Select } from 'antd';
import { PlusOutlined } from '@ant-design/icons';
import { named, words } from '@anhuan/i18n';
import { ConsoleAddRole, ConsolePolicy, type ConsolePolicyQuery } from '../gql';
import { Answered } from '../shared/Answered';
import { FormDialog, needed } from '../shared/FormDialog';
import { Tag } from '../shared/parts';
import { useAct, useAnswer } from '../shared/query';
import { may, useWho } from '../shared/rights';
import { RoleGrid } from './RoleGrid';
import css from './policy.module.css';

const t = words({
  list: ['角色列表', 'Roles'],
  add: ['新增角色', 'Add a role'],
  code: ['代码', 'Code'],
  codeHint: ['小写字母、数字和下划线，如 site_inspector；以后不能改', 'Small letters, digits and underscores, such as site_inspector; cannot be changed later'],
  nameZh: ['中文名称', 'Chinese name'],
  nameEn: ['英文名称', 'English name'],
  like: ['权限照抄', 'Rights like those of'],
  likeHint: ['先照抄一个相近的角色，再逐项调整', 'Begin with a role that is close, then change it'],
  own: ['自建', 'own'],
});

export type Role = ConsolePolicyQuery['roles'][number];

interface Entered {
  code: string;
  nameZh: string;
  nameEn: string;
  like?: string;
}

/** A list at the left, the grid of the chosen one at the right. */
export function Roles() {
  const answer = useAnswer(ConsolePolicy, {}, ['policy']);
  const add = useAct(ConsoleAddRole, ['policy']);
  const manages = may(useWho(), ['policy.manage']);
  const [code, setCode] = useState<string | null>(null);
  const [isAdding, setAdding] = useState(false);
  return (
    <Answered of={answer} rows={10}>
      {({ roles, acts }) => {
        const shown = roles.find((role) => role.code === code) ?? roles[0];
        return (
          <div className={css.split}>
            <div>
              {manages && (
                <Button block icon={<PlusOutlined />} onClick={() => setAdding(true)} style={{ marginBottom: 8 }}>
                  {t.add}
                </Button>
              )}
              <ul className={css.roles} aria-label={t.list}>
                {roles.map((role) => (
                  <li key={role.id}>
                    <button type="button" aria-pressed={role.code === shown?.code} onClick={() => setCode(role.code)}>
                      {named(role)}
                      {!role.isShipped && <Tag tone="brand">{t.own}</Tag>}
                    </button>
                  </li>
                ))}
              </ul>
            </div>
            {shown && <RoleGrid key={shown.code} role={shown} acts={acts} mayChange={manages} />}
            <FormDialog<Entered>
              title={t.add}
              isOpen={isAdding}
              onClose={() => setAdding(false)}
              onSave={async ({ code: wanted, nameZh, nameEn, like }, id) => {
                const permissions = roles.find((role) => role.code === like)?.permissions ?? [];
                await add.mutateAsync({ input: { id, code: wanted, nameZh, nameEn, permissions: permissions.map(({ act, condition }) => ({ act, condition })) } });
                setCode(wanted);
              }}
            >
              <Form.Item name="nameZh" label={t.nameZh} rules={needed()}>
                <Input maxLength={60} />
              </Form.Item>
              <Form.Item name="nameEn" label={t.nameEn} rules={needed()}>
                <Input maxLength={60} />
              </Form.Item>
              <Form.Item name="code" label={t.code} rules={needed()} extra={t.codeHint}>
                <Input maxLength={40} />
              </Form.Item>
              <Form.Item name="like" label={t.like} extra={t.likeHint}>
                <Select allowClear showSearch={{ optionFilterProp: 'label' }} options={roles.map((role) => ({ value: role.code, label: named(role) }))} />
              </Form.Item>
            </FormDialog>
          </div>
        );
      }}
    </Answered>
  );
}
