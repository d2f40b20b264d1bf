/** Somebody else has changed the role that is being changed: who, what, and the choice between their state and one's own change on top of it. */
import { Alert, Button, Space } from 'antd';
import { words } from '@anhuan/i18n';
import { moment } from '@anhuan/i18n/time';
import { ConsoleRecord } from '../gql';
import { useAnswer } from '../shared/query';
import { may, useWho } from '../shared/rights';
import type { Permission } from './matrix';
import type { Role } from './Roles';
import { Some } from './Some';

const t = words({
  title: ['您调整期间，此角色已被修改', 'This role was changed while you were changing it'],
  by: [(who: string, at: string) => `${who} 于 ${at} 修改了此角色`, (who: string, at: string) => `${who} changed this role at ${at}`],
  more: ['您的改动尚未保存。请先看对方改了什么，再决定。', 'Yours is not saved. See what they changed, then decide.'],
  given: ['对方新增', 'They gave'],
  taken: ['对方取消', 'They took'],
  rebase: ['保留对方的修改，再加上我的', 'Keep theirs and add mine'],
  drop: ['放弃我的改动', 'Drop mine'],
});

interface OvertakenProps {
  role: Role;
  given: readonly Permission[];
  taken: readonly Permission[];
  onRebase: () => void;
  onDrop: () => void;
}

/** The name is in the record, for those who may read it. */
export function Overtaken({ role, given, taken, onRebase, onDrop }: OvertakenProps) {
  const mayRead = may(useWho(), ['record.read']);
  const { data } = useAnswer(ConsoleRecord, { filter: { subject: role.id, act: 'role.changed' }, first: 1 }, ['policy', 'record'], { isWanted: mayRead });
  const last = data?.record.edges[0]?.node;
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      style={{ marginBottom: 12 }}
      title={last?.actor ? t.by(last.actor.name, moment(last.at)) : t.title}
      description={
        <>
          <p>{t.more}</p>
          <Some title={t.given} of={given} />
          <Some title={t.taken} of={taken} />
          <Space wrap style={{ marginTop: 8 }}>
            <Button type="primary" onClick={onRebase}>{t.rebase}</Button>
            <Button onClick={onDrop}>{t.drop}</Button>
          </Space>
        </>
      }
    />
  );
}
