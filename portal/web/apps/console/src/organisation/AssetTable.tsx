/** Machines of a unit and everything under it, with their QR labels. */
import { useState } from 'react';
import { Button, Form, Input, Select, Table } from 'antd';
import { PlusOutlined, PrinterOutlined } from '@ant-design/icons';
import { words } from '@anhuan/i18n';
import { ConsoleAddAsset, ConsoleAreas, ConsoleAssets, type ConsoleAssetsQuery } from '../gql';
import { Answered } from '../shared/Answered';
import { FormDialog, needed } from '../shared/FormDialog';
import { usePrint } from '../shared/PrintSheet';
import { UnitPick } from '../shared/UnitPick';
import { useAct, useAnswer } from '../shared/query';
import { Empty } from '../shared/states';
import { Labels, LabelSize, type Printed } from './Labels';
import css from './organisation.module.css';

const t = words({
  add: ['新增设备', 'Add a machine'],
  name: ['名称', 'Name'],
  code: ['编号', 'Code'],
  codeHint: ['本企业内唯一，如设备台账编号', 'Unique in the company, such as the asset number'],
  kind: ['类型', 'Kind'],
  kindHint: ['如 压力机、叉车、行车', 'Such as press, forklift, crane'],
  unit: ['所属单位', 'Unit'],
  area: ['所在区域', 'Area'],
  label: ['二维码标签', 'QR label'],
  print: [(n: number) => (n ? `打印标签（${n}）` : '打印标签'), (n: number) => (n ? `Print labels (${n})` : 'Print labels')],
  printHint: ['先勾选要打印的设备', 'Choose machines first'],
  none: ['还没有设备', 'No machines yet'],
  noneMore: ['登记设备并贴上二维码，扫码上报的隐患会带上设备信息。', 'Register and label them: a report that begins with a scan names its machine.'],
});

type Asset = ConsoleAssetsQuery['assets'][number];

interface Entered {
  name: string;
  code: string;
  kind: string;
  unitId: string;
  areaId?: string | null;
}

/** The table with its tools. */
export function AssetTable({ unit, mayAdd }: { unit: string | null; mayAdd: boolean }) {
  const answer = useAnswer(ConsoleAssets, { unit }, ['organisation']);
  const [isAdding, setAdding] = useState(false);
  const areas = useAnswer(ConsoleAreas, { unit: null }, ['organisation'], { isWanted: isAdding });
  const add = useAct(ConsoleAddAsset, ['organisation']);
  const [chosen, setChosen] = useState<string[]>([]);
  const [isLarge, setLarge] = useState(false);
  const [sheet, print] = usePrint();
  return (
    <Answered of={answer} shape="table" isSmall>
      {({ assets }) => (
        <>
          <div className={css.tools}>
            <Button
              icon={<PrinterOutlined />}
              disabled={!chosen.length}
              title={chosen.length ? undefined : t.printHint}
              onClick={() => print(<Labels isLarge={isLarge} of={assets.filter((asset) => chosen.includes(asset.id)).map(printed)} />)}
            >
              {t.print(chosen.length)}
            </Button>
            <LabelSize isLarge={isLarge} onChange={setLarge} />
            <span style={{ flex: 1 }} />
            {mayAdd && (
              <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
                {t.add}
              </Button>
            )}
          </div>
          <Table<Asset>
            className={css.choosing}
            rowKey="id"
            size="small"
            scroll={{ x: 640 }}
            pagination={assets.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
            dataSource={assets}
            rowSelection={{ selectedRowKeys: chosen, onChange: (keys) => setChosen(keys.map(String)), getCheckboxProps: (asset) => ({ 'aria-label': asset.name }) }}
            locale={{ emptyText: <Empty isSmall title={t.none}>{t.noneMore}</Empty> }}
            columns={[
              { title: t.code, dataIndex: 'code', width: 120 },
              { title: t.name, dataIndex: 'name' },
              { title: t.kind, dataIndex: 'kind', width: 130 },
              { title: t.unit, render: (_, asset) => asset.unit?.name ?? '—' },
              { title: t.area, render: (_, asset) => asset.area?.name ?? '—' },
              { title: t.label, width: 160, render: (_, asset) => <code>{asset.label}</code> },
            ]}
          />
          {sheet}
          <FormDialog<Entered> title={t.add} isOpen={isAdding} onClose={() => setAdding(false)} initial={{ unitId: unit ?? undefined }} onSave={async (values, id) => add.mutateAsync({ input: { id, ...values } })}>
            <Form.Item name="name" label={t.name} rules={needed()}>
              <Input maxLength={100} />
            </Form.Item>
            <Form.Item name="code" label={t.code} rules={needed()} extra={t.codeHint}>
              <Input maxLength={40} />
            </Form.Item>
            <Form.Item name="kind" label={t.kind} rules={needed()} extra={t.kindHint}>
              <Input maxLength={60} />
            </Form.Item>
            <Form.Item name="unitId" label={t.unit} rules={needed()}>
              <UnitPick />
            </Form.Item>
            <Form.Item name="areaId" label={t.area}>
              <Select
                allowClear
                showSearch={{ optionFilterProp: 'label' }}
                loading={areas.isLoading}
                options={areas.data?.areas.map((area) => ({ value: area.id, label: `${area.name}（${area.code}）` })) ?? []}
              />
            </Form.Item>
          </FormDialog>
        </>
      )}
    </Answered>
  );
}

function printed(asset: Asset): Printed {
  return { id: asset.id, label: asset.label, name: asset.name, about: [asset.code, asset.kind, asset.unit?.name].filter(Boolean).join(' · ') };
}
