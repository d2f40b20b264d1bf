/** Call people into the joint group; they see the case from then on. */
import { Form } from 'antd';
import { words } from '@anhuan/i18n';
import { DoInvite } from '../../gql';
import { PersonPick } from '../../shared/PersonPick';
import css from './do.module.css';
import type { Doer } from './DoDrawer';
import { DoForm } from './DoForm';

const t = words({
  people: ['邀请谁', 'Whom'],
  need: ['请选择人员', 'Choose somebody'],
  hint: ['被邀请的人会收到通知，并从此可以查看和讨论这条隐患。', 'They are told, and may see and discuss this hazard from now on.'],
});

interface Values {
  people: string[];
}

/** Several at once. */
export function Invite({ one, onClose }: Doer) {
  return (
    <DoForm one={one} doing="invite" document={DoInvite} onClose={onClose} input={(values: Values, id) => ({ id, caseId: one.id, people: values.people })}>
      <p className={css.hint}>{t.hint}</p>
      <Form.Item name="people" label={t.people} rules={[{ required: true, message: t.need }]}>
        <PersonPick mode="multiple" label={t.people} />
      </Form.Item>
    </DoForm>
  );
}
