/** What must not be overlooked: work stands still here, or pictures that decisions rest on have not arrived. */
import { Alert, Button } from 'antd';
import { words } from '@anhuan/i18n';
import { moment, since } from '@anhuan/i18n/time';
import { useWho } from '../shared/rights';
import css from './case.module.css';
import { doingName, doingsOf } from './doings';
import { useDoing } from './do/use-doing';
import { standing, type Case } from './shape';

const t = words({
  stopped: [(where: string) => `停工令生效中${where && `：${where}`}`, (where: string) => `Work is stopped${where && `: ${where}`}`],
  grade: ['A 级重大隐患，系统自动下达', 'by the rules, for grade A'],
  ladder: ['长时间超期，系统自动下达', 'by the rules, long overdue'],
  by: [(who: string) => `${who} 下达`, (who: string) => `by ${who}`],
  missing: [(n: number) => `有 ${n} 张照片还在上传途中，作出决定前请留意。`, (n: number) => `${n} photos are still on their way; mind that before you decide.`],
});

/** Nothing where nothing is wrong. */
export function Alarms({ one }: { one: Case }) {
  const [, start] = useDoing(one.id);
  const me = useWho()?.person.id ?? null;
  const orders = standing(one);
  const mayLift = doingsOf(one, me).more.includes('resume');
  return (
    <>
      {orders.map((order) => (
        <Alert
          key={order.id}
          className={css.alarm}
          type="error"
          showIcon
          title={t.stopped(order.unit?.name ?? '')}
          description={`${order.reason}（${order.cause === 'grade' || order.cause === 'ladder' ? t[order.cause] : t.by(order.issuedBy?.name ?? '')} · ${moment(order.issuedAt)} · ${since(order.issuedAt)}）`}
          action={mayLift && order.issuedBy?.id !== me && <Button danger onClick={() => start('resume')}>{doingName('resume')}</Button>}
        />
      ))}
      {one.missingEvidence.length > 0 && <Alert className={css.alarm} type="warning" showIcon title={t.missing(one.missingEvidence.length)} />}
    </>
  );
}
