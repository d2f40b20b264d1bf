/** The record of a case, in words; at first what matters, then all of it. */
import { words } from '@anhuan/i18n';
import { moment } from '@anhuan/i18n/time';
import { Card } from '@anhuan/ui';
import { ask, whoIsHere } from '@anhuan/wire';
import { useState } from 'react';
import { WorkTimelineAfter } from '../gql';
import { isQuiet, told } from '../record/words';
import css from './case.module.css';
import { namesIn, type Case } from './shape';
import { useRest } from './use-rest';

const t = words({
  title: ['操作记录', 'Record'],
  system: ['系统', 'System'],
  hidden: ['其他人员', 'Somebody'],
  company: ['企业方人员', 'The company'],
  next: ['加载后面的记录', 'Load what follows'],
  loading: ['正在加载…', 'Loading…'],
  failed: ['没有取到，请联网后重试', 'That did not arrive. Try again when there is network'],
  all: ['显示全部记录', 'Show the whole record'],
  less: ['只看重要记录', 'Only what matters'],
});

/** The card, newest first. */
export function History({ one }: { one: Case }) {
  const [isAll, setAll] = useState(false);
  const names = namesIn(one);
  const steps = new Map(one.tasks.map((task) => [task.step, task.stepName]));
  const around = {
    person: (id: unknown) => (typeof id === 'string' ? names.get(id) : undefined),
    step: (code: unknown) => steps.get(String(code)) ?? String(code ?? ''),
  };
  const { nodes: all, more: next, isLoading, hasFailed } = useRest(one.timeline, async (after) => (await ask(WorkTimelineAfter, { id: one.id, after })).case?.timeline);
  if (!all.length) return null;
  const unseen = whoIsHere()?.person.partyId ? t.company : t.hidden;
  const shown = all.filter((entry) => isAll || !isQuiet(entry.act)).reverse();
  return (
    <Card title={t.title}>
      {hasFailed && <p className={css.quiet} role="status">{t.failed}</p>}
      {next && <button type="button" className={css.link} disabled={isLoading} onClick={next}>{isLoading ? t.loading : t.next}</button>}
      <ol className={css.history}>
        {shown.map((entry) => {
          const { text, more } = told(entry, around);
          return (
            <li key={entry.id}>
              <time dateTime={entry.at}>{moment(entry.at)}</time>
              <p><b>{entry.actor?.name ?? (entry.actorKind === 'person' ? unseen : t.system)}</b> {text}</p>
              {more && <p className={css.said}>{more}</p>}
            </li>
          );
        })}
      </ol>
      {all.some((entry) => isQuiet(entry.act)) && <button type="button" className={css.link} onClick={() => setAll(!isAll)}>{isAll ? t.less : t.all}</button>}
    </Card>
  );
}
