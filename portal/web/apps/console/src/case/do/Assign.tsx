/** Who puts it right: a unit, one of its people, or an outside firm. */
import { Button, Form, Input, Segmented, Select } from 'antd';
import { words } from '@anhuan/i18n';
import { DoAssign, DoParties, DoRoute } from '../../gql';
import { PersonPick } from '../../shared/PersonPick';
import { useAnswer } from '../../shared/query';
import { useWho } from '../../shared/rights';
import { UnitPick } from '../../shared/UnitPick';
import { asHazard } from '../shape';
import css from './do.module.css';
import type { Doer } from './DoDrawer';
import { DoForm } from './DoForm';

const t = words({
  to: ['派发给', 'To'],
  inside: ['本单位人员', 'Our own'],
  outside: ['外部单位', 'An outside firm'],
  unit: ['责任单位', 'Responsible unit'],
  person: ['责任人（可不选，由单位负责人安排）', 'Person (optional: the unit’s head decides)'],
  party: ['相关方', 'Outside firm'],
  note: ['要求说明', 'Note'],
  need: ['请选择', 'Choose one'],
  proposed: [(unit: string) => `建议派给：${unit}`, (unit: string) => `Proposed: ${unit}`],
  function: ['按隐患类别对应的职能', 'by the function for this kind'],
  place: ['按发生地点', 'by the place'],
  take: ['采用', 'Take it'],
});

interface Values {
  where: 'inside' | 'outside';
  unitId?: string;
  personId?: string;
  partyId?: string;
  note?: string;
}

/** Begins with what the system proposes, or with who has it now. */
export function Assign({ one, onClose }: Doer) {
  const [form] = Form.useForm<Values>();
  const hazard = asHazard(one);
  const hasParties = Boolean(useWho()?.modules.some(({ module, terms }) => module.code === 'parties' && terms));
  const where = Form.useWatch('where', form) ?? 'inside';
  const unitId = Form.useWatch('unitId', form);
  const route = useAnswer(DoRoute, { hazard: one.id }, []).data?.proposedUnit;
  const parties = useAnswer(DoParties, {}, ['parties'], { isWanted: hasParties }).data?.parties ?? [];
  return (
    <DoForm
      one={one}
      doing="assign"
      document={DoAssign}
      onClose={onClose}
      form={form}
      initial={{ where: 'inside', unitId: hazard?.responsibleUnit?.id }}
      input={(values: Values, id) => ({
        id,
        hazardId: one.id,
        unitId: (values.where === 'inside' && values.unitId) || null,
        personId: (values.where === 'inside' && values.personId) || null,
        partyId: (values.where === 'outside' && values.partyId) || null,
        note: values.note?.trim() || null,
      })}
    >
      {route && (
        <div className={css.route}>
          <div>
            {t.proposed(route.unit.path.join(' / '))}
            <small>{route.reason === 'function' ? t.function : t.place} · {route.percent}%</small>
          </div>
          <Button size="small" disabled={unitId === route.unit.id} onClick={() => form.setFieldsValue({ where: 'inside', unitId: route.unit.id, personId: undefined })}>{t.take}</Button>
        </div>
      )}
      <Form.Item name="where" label={t.to} hidden={!parties.length}>
        <Segmented options={[{ value: 'inside', label: t.inside }, { value: 'outside', label: t.outside }]} />
      </Form.Item>
      {where === 'inside' ? (
        <>
          <Form.Item name="unitId" label={t.unit} rules={[{ required: true, message: t.need }]}>
            <UnitPick label={t.unit} onChange={() => form.setFieldValue('personId', undefined)} />
          </Form.Item>
          <Form.Item name="personId" label={t.person}>
            <PersonPick unit={unitId} label={t.person} />
          </Form.Item>
        </>
      ) : (
        <Form.Item name="partyId" label={t.party} rules={[{ required: true, message: t.need }]}>
          <Select showSearch={{ optionFilterProp: 'label' }} options={parties.map((party) => ({ value: party.id, label: party.name }))} />
        </Form.Item>
      )}
      <Form.Item name="note" label={t.note}>
        <Input.TextArea rows={3} maxLength={1000} showCount />
      </Form.Item>
    </DoForm>
  );
}
