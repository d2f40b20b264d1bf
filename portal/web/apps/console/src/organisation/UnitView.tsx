/** One unit: what it is, what can be done with it, who and what is in it. */
import { useState } from 'react';
import { App, Button, Dropdown, Table } from 'antd';
import { DownOutlined, PlusOutlined } from '@ant-design/icons';
import { words } from '@anhuan/i18n';
import { day } from '@anhuan/i18n/time';
import { said } from '@anhuan/wire';
import { ConsoleCloseUnit, type ConsoleUnitFragment } from '../gql';
import { Panel } from '../shared/Page';
import { Tabs } from '../shared/Tabs';
import { Tag } from '../shared/parts';
import { useAct } from '../shared/query';
import { Empty } from '../shared/states';
import { AreaTable } from './AreaTable';
import { AssetTable } from './AssetTable';
import { PeopleTable } from './PeopleTable';
import { UnitDialogs, type UnitDialog } from './UnitDialogs';
import css from './organisation.module.css';
import { wayTo } from './tree';
import { functions, kinds } from './words';

const t = words({
  code: ['编号', 'Code'],
  function: ['职能', 'Answers for'],
  closedOn: [(date: string) => `${date} 撤销`, (date: string) => `closed ${date}`],
  add: ['新增下级', 'Add a unit below'],
  change: ['修改', 'Change'],
  move: ['调整隶属', 'Move'],
  close: ['撤销', 'Close'],
  more: ['更多', 'More'],
  people: ['人员', 'People'],
  below: [(n: number) => `下级单位 ${n}`, (n: number) => `Units below ${n}`],
  areas: ['区域', 'Areas'],
  assets: ['设备', 'Machines'],
  noBelow: ['没有下级单位', 'No unit below'],
  noBelowMore: ['可在这里新增班组、车间等下级单位。', 'Teams, workshops and so on can be added below.'],
  name: ['名称', 'Name'],
  kind: ['类别', 'Kind'],
  sure: [(name: string) => `撤销“${name}”？`, (name: string) => `Close “${name}”?`],
  sureMore: ['撤销后不能再往这里派人、派任务，历史记录保留。单位下还有人员或下级时不能撤销。', 'Nobody and nothing can be put here afterwards; its history stays. A unit that still has people or units below cannot be closed.'],
  done: ['已撤销', 'Closed'],
  cancel: ['取消', 'Cancel'],
});

interface UnitViewProps {
  unit: ConsoleUnitFragment;
  units: readonly ConsoleUnitFragment[];
  onChoose: (id: string) => void;
}

/** The right half of the screen. */
export function UnitView({ unit, units, onChoose }: UnitViewProps) {
  const [dialog, setDialog] = useState<UnitDialog | null>(null);
  const { modal, message } = App.useApp();
  const close = useAct(ConsoleCloseUnit, ['organisation']);
  const below = units.filter((one) => one.parent?.id === unit.id);
  const mayChange = unit.can.includes('unit.manage') && !unit.closedAt;
  const way = wayTo(units, unit.id).slice(0, -1);
  const askToClose = (): void => {
    modal.confirm({
      title: t.sure(unit.name),
      content: t.sureMore,
      okText: t.close,
      cancelText: t.cancel,
      okButtonProps: { danger: true },
      onOk: async () => {
        try {
          await close.mutateAsync({ input: { unitId: unit.id } });
          message.success(t.done);
          if (unit.parent) onChoose(unit.parent.id);
        } catch (problem) {
          message.error(said(problem));
        }
      },
    });
  };
  return (
    <Panel>
      {way.length > 0 && <p className={css.way}>{way.map((one) => one.name).join(' / ')}</p>}
      <div className={css.unitHead}>
        <div className={css.unitMain}>
          <h2>
            {unit.name}
            <Tag tone="brand">{kinds(unit.kind)}</Tag>
            {unit.closedAt && <Tag tone="warn">{t.closedOn(day(unit.closedAt))}</Tag>}
          </h2>
          <div className={css.meta}>
            {t.code} <b>{unit.code}</b>
            {unit.function !== 'NONE' && (
              <>
                {' · '}
                {t.function} <b>{functions(unit.function)}</b>
              </>
            )}
          </div>
        </div>
        {mayChange && (
          <div className={css.acts}>
            <Button icon={<PlusOutlined />} onClick={() => setDialog('add')}>
              {t.add}
            </Button>
            <Button onClick={() => setDialog('change')}>{t.change}</Button>
            {unit.parent && (
              <Dropdown
                menu={{
                  items: [
                    { key: 'move', label: t.move, onClick: () => setDialog('move') },
                    { key: 'close', label: t.close, danger: true, onClick: askToClose },
                  ],
                }}
              >
                <Button icon={<DownOutlined />} iconPlacement="end">
                  {t.more}
                </Button>
              </Dropdown>
            )}
          </div>
        )}
      </div>
      <Tabs
        items={[
          { key: 'people', label: t.people, children: <PeopleTable unit={unit.id} mayAdd={!unit.closedAt} /> },
          {
            key: 'below',
            label: t.below(below.length),
            children: below.length ? (
              <Table
                rowKey="id"
                size="small"
                pagination={false}
                scroll={{ x: 480 }}
                dataSource={below}
                columns={[
                  {
                    title: t.name,
                    render: (_, one) => (
                      <Button type="link" size="small" style={{ padding: 0 }} onClick={() => onChoose(one.id)}>
                        {one.name}
                      </Button>
                    ),
                  },
                  { title: t.code, dataIndex: 'code' },
                  { title: t.kind, render: (_, one) => kinds(one.kind) },
                  { title: t.function, render: (_, one) => (one.function === 'NONE' ? '—' : functions(one.function)) },
                ]}
              />
            ) : (
              <Empty isSmall title={t.noBelow}>
                {t.noBelowMore}
              </Empty>
            ),
          },
          { key: 'areas', label: t.areas, children: <AreaTable unit={unit.id} mayAdd={mayChange} /> },
          { key: 'assets', label: t.assets, children: <AssetTable unit={unit.id} mayAdd={mayChange} /> },
        ]}
      />
      <UnitDialogs which={dialog} unit={unit} units={units} onClose={() => setDialog(null)} onMade={onChoose} />
    </Panel>
  );
}
