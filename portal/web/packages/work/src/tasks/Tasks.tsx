/** Everything that waits for me, most urgent first, also from memory when there is no network. */
import { words } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { rightNow } from '@anhuan/i18n/time';
import { Card, Empty, IconButton, Loading, Page, Stale, State, Trouble, cx } from '@anhuan/ui';
import { CircleCheckBig, RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { Line } from './Line';
import css from './tasks.module.css';
import { FILTERS, keeps, type TaskFilter } from './urgency';
import { useTasks } from './use-tasks';

const t = words({
  title: ['我的待办', 'My tasks'],
  filter: ['筛选待办', 'Filter tasks'],
  all: ['全部', 'All'],
  rectify: ['整改', 'To fix'],
  check: ['验收', 'To check'],
  grade: ['定级派发', 'To grade'],
  late: ['已超期', 'Overdue'],
  none: ['暂无待办', 'Nothing waits for you'],
  noneMore: ['新的整改、验收任务会出现在这里。', 'New work and checks will appear here.'],
  noneKept: ['没有符合条件的待办', 'No task fits this filter'],
  again: ['刷新', 'Refresh'],
});

/** The whole list with its filters. */
export default function Tasks() {
  useLanguage();
  const [, go] = useLocation();
  const { tasks, at, problem, isLoading, waiting, again } = useTasks();
  const [filter, setFilter] = useState<TaskFilter>('all');
  const [now, setNow] = useState(rightNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(rightNow()), 30_000);
    return () => clearInterval(timer);
  }, []);
  const shown = tasks?.filter((task) => keeps(filter, task, now));
  return (
    <Page
      title={t.title}
      side={<IconButton label={t.again} disabled={isLoading} onClick={() => void again()}><RefreshCw size={20} /></IconButton>}
    >
      {tasks && tasks.length > 0 && (
        <div className={css.filters} role="group" aria-label={t.filter}>
          {FILTERS.map((one) => {
            const count = tasks.filter((task) => keeps(one, task, now)).length;
            return (
              <button key={one} type="button" className={cx(css.chip, one === 'late' && count > 0 && css.chipLate)} aria-pressed={one === filter} onClick={() => setFilter(one)}>
                {t[one]} <span>{count}</span>
              </button>
            );
          })}
        </div>
      )}
      {tasks && <Stale problem={problem} at={at} />}
      {!tasks && (problem ? <Trouble problem={problem} onAgain={() => void again()} /> : <Loading lines={8} />)}
      {tasks?.length === 0 && (
        <State picture={<CircleCheckBig size={44} strokeWidth={1.4} aria-hidden="true" />} title={t.none}>{t.noneMore}</State>
      )}
      {tasks && tasks.length > 0 && shown?.length === 0 && <Empty title={t.noneKept} />}
      {shown && shown.length > 0 && (
        <Card>
          {shown.map((task) => (
            <Line key={task.id} task={task} isWaiting={Boolean(task.case && waiting.has(task.case.id))} onOpen={(id) => go(`/case/${id}`)} />
          ))}
        </Card>
      )}
    </Page>
  );
}
