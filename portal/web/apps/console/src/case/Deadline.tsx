/** When it has to be done, and by which rule: a deadline whose reason one can read is accepted. */
import { words } from '@anhuan/i18n';
import { due, moment, span } from '@anhuan/i18n/time';
import { clockWords } from '@anhuan/work/case/clock';
import { useNow } from '../shared/now';
import { Panel } from '../shared/Page';
import css from './case.module.css';
import { mineOf, type Case } from './shape';

const t = words({
  title: ['期限', 'Deadline'],
  none: ['当前没有期限', 'No deadline now'],
  rule: [(rule: string) => `依据：${rule}`, (rule: string) => `By: ${rule}`],
  waits: [(step: string, who: string) => `${step}：等待 ${who}`, (step: string, who: string) => `${step}: ${who}`],
  you: ['您', 'you'],
  closed: [(long: string) => `从上报到闭环用时 ${long}`, (long: string) => `${long} from report to closing`],
  cancelled: [(at: string) => `已于 ${at} 撤销`, (at: string) => `called off ${at}`],
  nobody: ['（暂无可办理人）', '(nobody)'],
});

/** For a closed case how long it took. */
export function Deadline({ one }: { one: Case }) {
  const now = useNow();
  if (one.status !== 'OPEN' && one.closedAt)
    return (
      <Panel title={t.title}>
        <div>{one.status === 'CLOSED' ? t.closed(span(Date.parse(one.closedAt) - Date.parse(one.openedAt))) : t.cancelled(moment(one.closedAt))}</div>
        <div className={css.quiet}>{moment(one.closedAt)}</div>
      </Panel>
    );
  const open = one.tasks.filter((task) => task.status === 'OPEN');
  const mine = new Set(mineOf(one).map(({ id }) => id));
  const first = open.find((task) => task.dueAt === one.dueAt && task.dueRule) ?? null;
  const said = one.dueAt ? due(one.dueAt, now) : null;
  return (
    <Panel title={t.title}>
      {said && one.dueAt ? (
        <>
          <div className={css.clock} data-state={said.isLate ? 'late' : said.isSoon ? 'soon' : undefined}>{said.text}</div>
          <div className={css.quiet}>{moment(one.dueAt)}</div>
          {one.dueRule && <div>{t.rule(clockWords(one.dueRule, first?.dueRule?.isProvisional))}</div>}
        </>
      ) : (
        <div className={css.quiet}>{t.none}</div>
      )}
      {open.length > 0 && (
        <ul className={css.waits}>
          {open.map((task) => {
            const people = task.seats.filter((seat) => seat.status === 'OPEN').flatMap((seat) => seat.candidates.map(({ name }) => name));
            return <li key={task.id}>{t.waits(task.stepName, mine.has(task.id) ? t.you : [...new Set(people)].slice(0, 4).join('、') || t.nobody)}</li>;
          })}
        </ul>
      )}
    </Panel>
  );
}
