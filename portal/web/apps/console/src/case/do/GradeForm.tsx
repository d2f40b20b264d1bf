/** How grave it is; and whether the law calls it major. */
import { Alert, Checkbox, Form, Input, Radio, Select } from 'antd';
import { words } from '@anhuan/i18n';
import { DoGrade, DoInstruments, type Grade } from '../../gql';
import { gradeName } from '../../shared/parts';
import { useAnswer } from '../../shared/query';
import { asHazard } from '../shape';
import css from './do.module.css';
import type { Doer } from './DoDrawer';
import { DoForm } from './DoForm';

const t = words({
  grade: ['隐患等级', 'Grade'],
  A: ['可能造成人员死亡或重大损失；立即停工，总经理和安全总监共同审批', 'People may die or the loss is great; work stops at once, general manager and safety director sign'],
  B: ['可能造成人员重伤；先落实临时管控，部门负责人审批', 'People may be badly hurt; interim control first, the department head approves'],
  C: ['危害较小，可当场或限期整改', 'Little harm; put right at once or in time'],
  stop: ['定为 A 级后将立即自动下达停工令。', 'Grade A stops the work at once.'],
  reason: ['说明', 'Note'],
  why: ['降级原因（必填）', 'Why it is lowered'],
  need: ['请选择等级', 'Choose a grade'],
  needWhy: ['降低等级或取消法定标记须说明原因', 'A lower grade, or taking the mark away, needs a reason'],
  law: ['属于法定重大事故隐患', 'It is a major hazard by law'],
  instrument: ['判定标准', 'Criterion'],
  clause: ['条款号', 'Clause'],
  needInstrument: ['请选择判定标准', 'Choose a criterion'],
  needClause: ['请填写条款号', 'Name the clause'],
  secondary: ['（条文待核对）', ' (wording to be checked)'],
});
const grades: readonly Grade[] = ['A', 'B', 'C'];

interface Values {
  grade: Grade;
  reason?: string;
  isLaw?: boolean;
  statutory?: { instrument?: string; clause?: string };
}

/** Raised at will, lowered only with a reason. */
export function GradeForm({ one, onClose }: Doer) {
  const hazard = asHazard(one);
  const [form] = Form.useForm<Values>();
  const { data } = useAnswer(DoInstruments, {}, []);
  const grade = Form.useWatch('grade', form);
  const isLaw = Form.useWatch('isLaw', form);
  const isMarked = Boolean(hazard?.isStatutoryMajor);
  const isLower = Boolean(one.grade && grade && grade > one.grade);
  const needsWhy = isLower || (isMarked && isLaw === false);
  return (
    <DoForm
      one={one}
      doing="grade"
      document={DoGrade}
      onClose={onClose}
      form={form}
      initial={{ grade: (one.grade as Grade | null) ?? undefined, isLaw: isMarked }}
      input={(values: Values, id) => ({
        id,
        hazardId: one.id,
        grade: values.grade,
        reason: values.reason?.trim() || null,
        statutory: values.isLaw && values.statutory?.instrument ? { instrument: values.statutory.instrument, clause: values.statutory.clause!.trim() } : null,
        isStatutory: isMarked && !values.isLaw ? false : null,
      })}
    >
      <Form.Item name="grade" label={t.grade} rules={[{ required: true, message: t.need }]}>
        <Radio.Group className={css.grades}>
          {grades.map((value) => (
            <Radio key={value} value={value}>
              <b>{gradeName(value)}</b>
              <small>{t[value as 'A']}</small>
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
      {grade === 'A' && one.grade !== 'A' && <Alert className={css.problem} type="warning" showIcon title={t.stop} />}
      <Form.Item name="reason" label={needsWhy ? t.why : t.reason} rules={[{ required: needsWhy, whitespace: needsWhy, message: t.needWhy }]}>
        <Input.TextArea rows={3} maxLength={1000} showCount />
      </Form.Item>
      <Form.Item name="isLaw" valuePropName="checked">
        <Checkbox>{t.law}</Checkbox>
      </Form.Item>
      {isLaw && (
        <>
          <Form.Item name={['statutory', 'instrument']} label={t.instrument} rules={[{ required: !isMarked, message: t.needInstrument }]}>
            <Select options={data?.instruments.map((one) => ({ value: one.code, label: one.title + (one.seen === 'secondary' ? t.secondary : ''), disabled: !one.holdsToday })) ?? []} />
          </Form.Item>
          <Form.Item noStyle shouldUpdate>
            {({ getFieldValue }) => (
              <Form.Item name={['statutory', 'clause']} label={t.clause} rules={[{ required: Boolean(getFieldValue(['statutory', 'instrument'])), whitespace: true, message: t.needClause }]}>
                <Input maxLength={100} />
              </Form.Item>
            )}
          </Form.Item>
        </>
      )}
    </DoForm>
  );
}
