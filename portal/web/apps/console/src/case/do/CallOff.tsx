/** End a report that is no hazard, or the same as another that is open. */
import { useEffect, useState } from 'react';
import { Form, Input, Radio, Select } from 'antd';
import { words } from '@anhuan/i18n';
import { DoCallOff, DoFindCases } from '../../gql';
import { useAnswer } from '../../shared/query';
import { withRest } from '../../shared/rest';
import { asHazard } from '../shape';
import type { Doer } from './DoDrawer';
import { DoForm } from './DoForm';

const t = words({
  why: ['撤销类型', 'Why'],
  none: ['不是隐患', 'It is no hazard'],
  same: ['与另一条重复', 'It is the same as another'],
  other: ['保留哪一条', 'Which one stays'],
  hint: ['输入编号或描述查找', 'Find it by number or words'],
  need: ['请填写此项', 'Please fill this in'],
  reason: ['撤销原因', 'Reason'],
});
const TYPING = 250;

interface Values {
  why: 'none' | 'same';
  duplicateOf?: string;
  reason: string;
}

/** The reason stays; of a duplicate the other case takes the people over. */
export function CallOff({ one, onClose }: Doer) {
  const [form] = Form.useForm<Values>();
  const why = Form.useWatch('why', form);
  const [typed, setTyped] = useState('');
  const [text, setText] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), TYPING);
    return () => clearTimeout(timer);
  }, [typed]);
  const { data } = useAnswer(DoFindCases, { text }, ['case'], { isWanted: text.length > 1, keeps: true });
  const alike = (asHazard(one)?.similar ?? []).flatMap((other) => (other.number ? [{ value: other.caseId, label: `${other.number} ${other.title}` }] : []));
  const found = data?.hazards.edges.map(({ node }) => ({ value: node.id, label: `${node.number} ${node.title}` })) ?? [];
  const options = [...new Map([...(text ? found : alike), ...alike].map((option) => [option.value, option])).values()].filter((option) => option.value !== one.id);
  return (
    <DoForm
      one={one}
      doing="callOff"
      document={DoCallOff}
      onClose={onClose}
      form={form}
      isDanger
      initial={{ why: 'none' }}
      input={(values: Values, id) => ({ id, hazardId: one.id, reason: values.reason.trim(), duplicateOf: (values.why === 'same' && values.duplicateOf) || null })}
    >
      <Form.Item name="why" label={t.why}>
        <Radio.Group options={[{ value: 'none', label: t.none }, { value: 'same', label: t.same }]} />
      </Form.Item>
      {why === 'same' && (
        <Form.Item name="duplicateOf" label={t.other} rules={[{ required: true, message: t.need }]}>
          <Select showSearch={{ filterOption: false, onSearch: setTyped }} placeholder={t.hint} options={options} popupRender={withRest(Boolean(text && data?.hazards.pageInfo.hasNextPage))} />
        </Form.Item>
      )}
      <Form.Item name="reason" label={t.reason} rules={[{ required: true, whitespace: true, message: t.need }]}>
        <Input.TextArea rows={4} maxLength={1000} showCount />
      </Form.Item>
    </DoForm>
  );
}
