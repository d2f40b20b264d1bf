/** Forms that change the tree: a unit below, another name, another place. */
import { Form, Input, Radio, Select, TreeSelect } from 'antd';
import { words } from '@anhuan/i18n';
import { ConsoleAddUnit, ConsoleChangeUnit, ConsoleMoveUnit, type ConsoleUnitFragment, type Function as UnitFunction, type UnitKind } from '../gql';
import { FormDialog, needed } from '../shared/FormDialog';
import { useAct } from '../shared/query';
import { treeOf, under, type Branch } from './tree';
import { FUNCTIONS, UNIT_KINDS, functions, kinds } from './words';

const t = words({
  add: [(name: string) => `在“${name}”下新增单位`, (name: string) => `A unit under “${name}”`],
  change: [(name: string) => `修改“${name}”`, (name: string) => `Change “${name}”`],
  move: [(name: string) => `调整“${name}”的隶属`, (name: string) => `Move “${name}”`],
  code: ['编号', 'Code'],
  codeHint: ['本企业内唯一，如 CJ01', 'Unique in the company, such as WS01'],
  name: ['名称', 'Name'],
  kind: ['类别', 'Kind'],
  function: ['职能', 'Answers for'],
  functionHint: ['部门管什么；隐患会按职能推荐责任部门', 'What a department answers for; hazards are proposed to it by this'],
  to: ['新的上级单位', 'New unit above'],
  toHint: ['连同下级一起调整；以前发生的事项仍记在原处。', 'Everything below moves along; what happened there stays there.'],
});

export type UnitDialog = 'add' | 'change' | 'move';

interface UnitDialogsProps {
  which: UnitDialog | null;
  unit: ConsoleUnitFragment;
  units: readonly ConsoleUnitFragment[];
  onClose: () => void;
  onMade: (id: string) => void;
}

interface Entered {
  code: string;
  name: string;
  kind: UnitKind;
  function: UnitFunction;
}

/** At most one of them is open. */
export function UnitDialogs({ which, unit, units, onClose, onMade }: UnitDialogsProps) {
  const add = useAct(ConsoleAddUnit, ['organisation']);
  const change = useAct(ConsoleChangeUnit, ['organisation']);
  const move = useAct(ConsoleMoveUnit, ['organisation', 'people']);
  const inside = under(units, unit.id);
  const elsewhere = treeOf(units.filter((one) => !inside.has(one.id) && !one.closedAt)).map(option);
  return (
    <>
      <FormDialog<Entered>
        title={t.add(unit.name)}
        isOpen={which === 'add'}
        onClose={onClose}
        initial={{ kind: beneath(unit.kind), function: 'NONE' }}
        onSave={async (values, id) => {
          await add.mutateAsync({ input: { id, parentId: unit.id, ...values } });
          onMade(id);
        }}
      >
        <Form.Item name="name" label={t.name} rules={needed()}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="code" label={t.code} rules={needed()} extra={t.codeHint}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="kind" label={t.kind}>
          <Radio.Group optionType="button" options={UNIT_KINDS.filter((kind) => kind !== 'HQ').map((kind) => ({ value: kind, label: kinds(kind) }))} />
        </Form.Item>
        <FunctionItem />
      </FormDialog>
      <FormDialog<Omit<Entered, 'kind'>>
        title={t.change(unit.name)}
        isOpen={which === 'change'}
        onClose={onClose}
        initial={{ code: unit.code, name: unit.name, function: unit.function }}
        onSave={async (values) => change.mutateAsync({ input: { unitId: unit.id, ...values } })}
      >
        <Form.Item name="name" label={t.name} rules={needed()}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="code" label={t.code} rules={needed()} extra={t.codeHint}>
          <Input maxLength={40} />
        </Form.Item>
        <FunctionItem />
      </FormDialog>
      <FormDialog<{ parentId: string }>
        title={t.move(unit.name)}
        isOpen={which === 'move'}
        onClose={onClose}
        onSave={async ({ parentId }) => move.mutateAsync({ input: { unitId: unit.id, parentId } })}
      >
        <Form.Item name="parentId" label={t.to} rules={needed()} extra={t.toHint}>
          <TreeSelect treeData={elsewhere} showSearch={{ treeNodeFilterProp: 'title' }} treeDefaultExpandAll={units.length < 60} />
        </Form.Item>
      </FormDialog>
    </>
  );
}

function FunctionItem() {
  return (
    <Form.Item name="function" label={t.function} extra={t.functionHint}>
      <Select options={FUNCTIONS.map((one) => ({ value: one, label: functions(one) }))} />
    </Form.Item>
  );
}

/** What is usually added under a unit of this kind. */
function beneath(kind: UnitKind): UnitKind {
  return kind === 'HQ' ? 'BRANCH' : kind === 'BRANCH' ? 'WORKSHOP' : 'TEAM';
}

function option({ unit, children }: Branch<ConsoleUnitFragment>): { value: string; title: string; children: ReturnType<typeof option>[] } {
  return { value: unit.id, title: unit.name, children: children.map(option) };
}
