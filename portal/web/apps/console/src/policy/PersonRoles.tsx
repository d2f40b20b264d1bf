/** Roles that a person was given directly, each at a unit: given and taken here. What posts bring stands with the posts. */
import { useState } from 'react';
import { App, Button, Form, Select } from 'antd';
import { PlusOutlined } from '@ant-design/icons';
import { named, words } from '@anhuan/i18n';
import { said } from '@anhuan/wire';
import { ConsoleGiveRole, ConsoleGrants, ConsoleRoleNames, ConsoleTakeRole } from '../gql';
import { Answered } from '../shared/Answered';
import { FormDialog, needed } from '../shared/FormDialog';
import { UnitPick } from '../shared/UnitPick';
import { useAct, useAnswer } from '../shared/query';
import { may, useWho } from '../shared/rights';
import css from '../organisation/organisation.module.css';

const t = words({
  title: ['直接授予的角色', 'Roles given directly'],
  add: ['授予角色', 'Give a role'],
  addTitle: [(name: string) => `给${name}授予角色`, (name: string) => `A role for ${name}`],
  role: ['角色', 'Role'],
  unit: ['在哪个单位', 'At which unit'],
  unitHint: ['在此单位及其下级有效；从本人下一次操作起生效。', 'Holds there and below, from the person’s next request on.'],
  none: ['没有直接授予的角色；岗位带来的权限不在此列。', 'None; what posts bring is not listed here.'],
  take: ['收回', 'Take back'],
  takeSure: [(role: string, unit: string) => `收回“${role}”（${unit}）？`, (role: string, unit: string) => `Take back “${role}” at ${unit}?`],
  takeMore: ['从本人下一次操作起失效。', 'It ends with the person’s next request.'],
  taken: ['已收回', 'Taken back'],
  cancel: ['取消', 'Cancel'],
  somewhere: ['您看不到的单位', 'a unit that you cannot see'],
});

/** A list with what can be done. */
export function PersonRoles({ person, name }: { person: string; name: string }) {
  const { modal, message } = App.useApp();
  const who = useWho();
  const [isGiving, setGiving] = useState(false);
  const answer = useAnswer(ConsoleGrants, { person }, ['policy', 'people']);
  const roles = useAnswer(ConsoleRoleNames, {}, ['policy']);
  const give = useAct(ConsoleGiveRole, ['policy', 'people']);
  const take = useAct(ConsoleTakeRole, ['policy', 'people']);
  const manages = may(who, ['policy.manage']);
  const nameOf = (code: string): string => {
    const role = roles.data?.roles.find((one) => one.code === code);
    return role ? named(role) : code;
  };
  const askToTake = (role: string, unit: { id: string; name: string }): void => {
    modal.confirm({
      title: t.takeSure(nameOf(role), unit.name),
      content: t.takeMore,
      okText: t.take,
      cancelText: t.cancel,
      okButtonProps: { danger: true },
      onOk: async () => {
        try {
          await take.mutateAsync({ input: { personId: person, role, unitId: unit.id } });
          message.success(t.taken);
        } catch (problem) {
          message.error(said(problem));
        }
      },
    });
  };
  return (
    <section>
      <div className={css.section}>
        <h3>{t.title}</h3>
        {manages && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setGiving(true)}>
            {t.add}
          </Button>
        )}
      </div>
      <Answered of={answer} rows={2} isSmall>
        {({ grants }) =>
          grants.length ? (
            <ul className={css.rows}>
              {grants.map((grant) => (
                <li key={grant.id}>
                  <span>
                    {nameOf(grant.roleCode)}
                    <small>{grant.unit?.name ?? t.somewhere}</small>
                  </span>
                  {manages && grant.unit && (
                    <Button size="small" type="text" danger onClick={() => askToTake(grant.roleCode, grant.unit!)}>
                      {t.take}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          ) : (
            <p className={css.quiet}>{t.none}</p>
          )
        }
      </Answered>
      <FormDialog<{ role: string; unitId: string }>
        title={t.addTitle(name)}
        isOpen={isGiving}
        onClose={() => setGiving(false)}
        onSave={async ({ role, unitId }) => give.mutateAsync({ input: { personId: person, role, unitId } })}
      >
        <Form.Item name="role" label={t.role} rules={needed()}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={roles.data?.roles.map((role) => ({ value: role.code, label: named(role) })) ?? []}
          />
        </Form.Item>
        <Form.Item name="unitId" label={t.unit} rules={needed()} extra={t.unitHint}>
          <UnitPick />
        </Form.Item>
      </FormDialog>
    </section>
  );
}
