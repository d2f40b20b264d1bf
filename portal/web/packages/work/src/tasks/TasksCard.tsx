/** The most urgent tasks on the first screen, with the way to all of them. */
import { words } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { Card, Loading, Trouble } from '@anhuan/ui';
import { CircleCheckBig } from 'lucide-react';
import { useLocation } from 'wouter';
import { Line } from './Line';
import css from './tasks.module.css';
import { useTasks, type Tasks } from './use-tasks';

const t = words({
  title: ['我的待办', 'My tasks'],
  all: [(n: number) => `全部 ${n} 项`, (n: number) => `All ${n}`],
  none: ['暂无待办，平安无事', 'Nothing waits for you'],
});

/** At most `most` tasks, asked for by itself. */
export function TasksCard({ most }: { most?: number }) {
  return <TasksShown most={most} known={useTasks()} />;
}

/** The same of what a screen has asked for already, for one that draws nothing below before it is known. */
export function TasksShown({ most = 5, known }: { most?: number | undefined; known: Tasks }) {
  useLanguage();
  const [, go] = useLocation();
  const { tasks, problem, waiting, again } = known;
  if (!tasks) return problem ? <Trouble problem={problem} onAgain={() => void again()} /> : <Loading lines={5} />;
  return (
    <Card
      title={<>{t.title} {tasks.length > 0 && <span className={css.count}>{tasks.length}</span>}</>}
      side={tasks.length > most && <button type="button" className={css.more} onClick={() => go('/tasks')}>{t.all(tasks.length)}</button>}
    >
      {tasks.length === 0 && (
        <p className={css.none}>
          <CircleCheckBig size={20} aria-hidden="true" /> {t.none}
        </p>
      )}
      {tasks.slice(0, most).map((task) => (
        <Line key={task.id} task={task} isWaiting={Boolean(task.case && waiting.has(task.case.id))} onOpen={(id) => go(`/case/${id}`)} />
      ))}
    </Card>
  );
}
