/** Areas of a unit and everything under it, with their risk level and QR labels. */
import { useState } from 'react';
import { Button, Form, Input, InputNumber, Radio, Table } from 'antd';
import { PlusOutlined, PrinterOutlined } from '@ant-design/icons';
import { words } from '@anhuan/i18n';
import { ConsoleAddArea, ConsoleAreas, type ConsoleAreasQuery } from '../gql';
import { Answered } from '../shared/Answered';
import { FormDialog, needed } from '../shared/FormDialog';
import { usePrint } from '../shared/PrintSheet';
import { UnitPick } from '../shared/UnitPick';
import { Tag, toneOf } from '../shared/parts';
import { useAct, useAnswer } from '../shared/query';
import { Empty } from '../shared/states';
import { Labels, LabelSize, type Printed } from './Labels';
import css from './organisation.module.css';
import { RISKS, riskLevels } from './words';

const t = words({
  add: ['新增区域', 'Add an area'],
  name: ['名称', 'Name'],
  code: ['编号', 'Code'],
  codeHint: ['本企业内唯一', 'Unique in the company'],
  unit: ['管理单位', 'Unit'],
  risk: ['风险等级', 'Risk level'],
  riskHint: ['按风险评估结果选择：重大红、较大橙、一般黄、低蓝', 'As assessed: major red, considerable orange, moderate yellow, low blue'],
  position: ['中心位置（WGS-84）', 'Centre (WGS-84)'],
  latitude: ['纬度', 'Latitude'],
  longitude: ['经度', 'Longitude'],
  radius: ['半径（米）', 'Radius (m)'],
  positionHint: ['选填；手机上报时据此自动选中所在区域', 'Optional; phones then propose the area they are in'],
  label: ['二维码标签', 'QR label'],
  print: [(n: number) => (n ? `打印标签（${n}）` : '打印标签'), (n: number) => (n ? `Print labels (${n})` : 'Print labels')],
  printHint: ['先勾选要打印的区域', 'Choose areas first'],
  none: ['还没有区域', 'No areas yet'],
  noneMore: ['按车间、库房、工段等划分区域，贴上二维码，现场扫码即可上报。', 'Divide the site into areas and label them: a scan then begins a report.'],
});

type Area = ConsoleAreasQuery['areas'][number];

interface Entered {
  name: string;
  code: string;
  unitId: string;
  risk: string;
  latitude?: number | null;
  longitude?: number | null;
  radiusM?: number | null;
}

/** The table with its tools. */
export function AreaTable({ unit, mayAdd }: { unit: string | null; mayAdd: boolean }) {
  const answer = useAnswer(ConsoleAreas, { unit }, ['organisation']);
  const add = useAct(ConsoleAddArea, ['organisation']);
  const [isAdding, setAdding] = useState(false);
  const [chosen, setChosen] = useState<string[]>([]);
  const [isLarge, setLarge] = useState(false);
  const [sheet, print] = usePrint();
  return (
    <Answered of={answer} shape="table" isSmall>
      {({ areas }) => (
        <>
          <div className={css.tools}>
            <Button
              icon={<PrinterOutlined />}
              disabled={!chosen.length}
              title={chosen.length ? undefined : t.printHint}
              onClick={() => print(<Labels isLarge={isLarge} of={areas.filter((area) => chosen.includes(area.id)).map(printed)} />)}
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
          <Table<Area>
            className={css.choosing}
            rowKey="id"
            size="small"
            scroll={{ x: 640 }}
            pagination={areas.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
            dataSource={areas}
            rowSelection={{ selectedRowKeys: chosen, onChange: (keys) => setChosen(keys.map(String)), getCheckboxProps: (area) => ({ 'aria-label': area.name }) }}
            locale={{ emptyText: <Empty isSmall title={t.none}>{t.noneMore}</Empty> }}
            columns={[
              { title: t.code, dataIndex: 'code', width: 120 },
              { title: t.name, dataIndex: 'name' },
              { title: t.risk, width: 140, render: (_, area) => <Tag tone={toneOf(area.risk)}>{riskLevels(area.risk)}</Tag>, filters: RISKS.map((risk) => ({ text: riskLevels(risk), value: risk })), onFilter: (risk, area) => area.risk === risk },
              { title: t.unit, render: (_, area) => area.unit?.name ?? '—' },
              { title: t.label, width: 160, render: (_, area) => <code>{area.label}</code> },
            ]}
          />
          {sheet}
          <FormDialog<Entered>
            title={t.add}
            isOpen={isAdding}
            onClose={() => setAdding(false)}
            initial={{ risk: 'low', unitId: unit ?? undefined }}
            onSave={async (values, id) => add.mutateAsync({ input: { id, ...values } })}
          >
            <Form.Item name="name" label={t.name} rules={needed()}>
              <Input maxLength={100} />
            </Form.Item>
            <Form.Item name="code" label={t.code} rules={needed()} extra={t.codeHint}>
              <Input maxLength={40} />
            </Form.Item>
            <Form.Item name="unitId" label={t.unit} rules={needed()}>
              <UnitPick />
            </Form.Item>
            <Form.Item name="risk" label={t.risk} extra={t.riskHint}>
              <Radio.Group options={RISKS.map((risk) => ({ value: risk, label: <Tag tone={toneOf(risk)}>{riskLevels(risk)}</Tag> }))} />
            </Form.Item>
            <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
              <legend style={{ padding: 0, marginBottom: 8 }}>{t.position}</legend>
              <div className={css.tools}>
                <Form.Item name="latitude" label={t.latitude} style={{ marginBottom: 0 }}>
                  <InputNumber min={-90} max={90} step={0.0001} />
                </Form.Item>
                <Form.Item name="longitude" label={t.longitude} style={{ marginBottom: 0 }}>
                  <InputNumber min={-180} max={180} step={0.0001} />
                </Form.Item>
                <Form.Item name="radiusM" label={t.radius} style={{ marginBottom: 0 }}>
                  <InputNumber min={1} max={5000} precision={0} />
                </Form.Item>
              </div>
              <small className={css.off}>{t.positionHint}</small>
            </fieldset>
          </FormDialog>
        </>
      )}
    </Answered>
  );
}

function printed(area: Area): Printed {
  return { id: area.id, label: area.label, name: area.name, about: [area.code, area.unit?.name].filter(Boolean).join(' · '), risk: area.risk };
}
