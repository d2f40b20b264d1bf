/** What one role may do: read as a grid, changed by ticking, and said once more before it is done. */
import { Fragment, useMemo, useState } from 'react';
import { Alert, Button, Checkbox, Modal, Tooltip } from 'antd';
import { CheckOutlined, EditOutlined } from '@ant-design/icons';
import { named, words } from '@anhuan/i18n';
import { said, WireError } from '@anhuan/wire';
import { ConsoleUpdatePolicy } from '../gql';
import { touch, useAct } from '../shared/query';
import { Overtaken } from './Overtaken';
import type { Role } from './Roles';
import { Some } from './Some';
import { asList, asSet, changes, grouped, key, rebased, toggled, type ActName } from './matrix';
import css from './policy.module.css';
import { CONDITIONS, conditions, reach, resources } from './words';

const t = words({
  act: ['操作', 'Act'],
  shipped: ['随附角色', 'Shipped role'],
  own: ['本企业自建角色', 'The company’s own role'],
  code: ['代码', 'code'],
  change: ['调整权限', 'Change'],
  cancel: ['取消', 'Cancel'],
  save: ['保存', 'Save'],
  none: ['没有改动', 'No change'],
  count: [(given: number, taken: number) => `新增 ${given} 项，取消 ${taken} 项`, (given: number, taken: number) => `${given} given, ${taken} taken`],
  sure: [(name: string) => `调整“${name}”的权限？`, (name: string) => `Change what “${name}” may do?`],
  sureMore: ['对所有持有此角色的人，从其下一次操作起生效。', 'It holds for everyone with this role, from their next request on.'],
  given: ['新增', 'Given'],
  taken: ['取消', 'Taken'],
  box: [(act: string, condition: string) => `${act}：${condition}`, (act: string, condition: string) => `${act}: ${condition}`],
  yes: ['有', 'yes'],
});

interface RoleGridProps {
  role: Role;
  acts: readonly ActName[];
  mayChange: boolean;
}

/** Read-only until somebody who may wants to change it. */
export function RoleGrid({ role, acts, mayChange }: RoleGridProps) {
  const update = useAct(ConsoleUpdatePolicy, ['policy', 'people', 'me']);
  const fresh = useMemo(() => asSet(role.permissions), [role]);
  // What one began with: the answer behind may become newer while one ticks.
  const [begun, setBegun] = useState<{ version: string; before: ReadonlySet<string> } | null>(null);
  const [ticked, setTicked] = useState<ReadonlySet<string> | null>(null);
  const before = begun?.before ?? fresh;
  const isOvertaken = begun !== null && begun.version !== role.version;
  const [isSure, setSure] = useState(false);
  const now = ticked ?? before;
  const groups = grouped(acts);
  const { given, taken } = changes(before, now);
  const isChanged = given.length + taken.length > 0;
  const begin = (from: ReadonlySet<string>): void => {
    setBegun({ version: role.version, before: fresh });
    setTicked(from);
  };
  const end = (): void => {
    setBegun(null);
    setTicked(null);
  };
  const save = async (): Promise<void> => {
    try {
      await update.mutateAsync({ input: { role: role.code, permissions: asList(now), seen: begun?.version ?? null } });
      setSure(false);
      end();
    } catch (problem) {
      // Any other reason stands in the dialog; of this one, what has changed meanwhile is to be seen first.
      if (!(problem instanceof WireError) || problem.code !== 'CONFLICT') return;
      setSure(false);
      await touch(['policy']);
    }
  };
  return (
    <div>
      <p className={css.hint}>
        {role.isShipped ? t.shipped : t.own} · {t.code} {role.code}
      </p>
      {isOvertaken && <Overtaken role={role} {...changes(before, fresh)} onRebase={() => begin(rebased(before, now, fresh))} onDrop={end} />}
      {/* Wider than a phone: arrow keys must be able to move it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={css.scroll} role="region" aria-label={t.act} tabIndex={0}>
        <table className={css.grid}>
          <thead>
            <tr>
              <th scope="col">{t.act}</th>
              {CONDITIONS.map((condition) => (
                <th key={condition} scope="col">
                  <Tooltip title={reach(condition)}>{conditions(condition)}</Tooltip>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <Fragment key={group.resource}>
                <tr className={css.group}>
                  <th scope="colgroup" colSpan={CONDITIONS.length + 1}>
                    {resources(group.resource)}
                  </th>
                </tr>
                {group.rows.map(({ act, name }) => (
                  <tr key={act}>
                    <th scope="row">
                      {name}
                      <small>{act}</small>
                    </th>
                    {CONDITIONS.map((condition) => {
                      const has = now.has(key(act, condition));
                      return (
                        <td key={condition}>
                          {ticked ? (
                            <Checkbox aria-label={t.box(name, conditions(condition))} checked={has} onChange={() => setTicked(toggled(now, act, condition))} />
                          ) : has ? (
                            <CheckOutlined className={css.yes} aria-label={t.yes} />
                          ) : (
                            <span className={css.no} aria-hidden="true">
                              ·
                            </span>
                          )}
                        </td>
                      );
                    })}
                  </tr>
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
      {mayChange && (
        <div className={css.bar}>
          {ticked ? (
            <>
              <Button type="primary" disabled={!isChanged || isOvertaken} onClick={() => setSure(true)}>
                {t.save}
              </Button>
              <Button onClick={end}>{t.cancel}</Button>
              <span>{isChanged ? t.count(given.length, taken.length) : t.none}</span>
            </>
          ) : (
            <Button icon={<EditOutlined />} onClick={() => begin(fresh)}>
              {t.change}
            </Button>
          )}
        </div>
      )}
      <Modal open={isSure && !isOvertaken} title={t.sure(named(role))} okText={t.save} cancelText={t.cancel} confirmLoading={update.isPending} onOk={() => void save()} onCancel={() => setSure(false)}>
        {update.error && <Alert type="error" showIcon title={said(update.error)} />}
        <p>{t.sureMore}</p>
        <Some title={t.given} of={given} />
        <Some title={t.taken} of={taken} />
      </Modal>
    </div>
  );
}
