/** The five tabs; scanning, the one that needs no reading, is raised in the middle. */
import { words } from '@anhuan/i18n';
import { Badge, cx } from '@anhuan/ui';
import { useTasks } from '@anhuan/work';
import { ClipboardCheck, FileClock, House, ScanLine, UserRound } from 'lucide-react';
import { Link, useLocation } from 'wouter';
import css from './app.module.css';

const t = words({
  tabs: ['主导航', 'Main navigation'],
  home: ['首页', 'Home'],
  tasks: ['任务', 'Tasks'],
  scan: ['扫码', 'Scan'],
  reports: ['上报', 'Reports'],
  mine: ['我的', 'Me'],
  waiting: ['项待办', 'waiting'],
});

/** Where the bar is shown. */
export const TABS = ['/', '/tasks', '/reports', '/mine'];

/** At the foot of the screens that are tabs. */
export function TabBar() {
  const [at] = useLocation();
  const { tasks } = useTasks();
  const tab = (to: string, text: string, Picture: typeof House, count?: number) => (
    <Link key={to} href={to} className={cx(css.tab, at === to && css.here)} aria-current={at === to ? 'page' : undefined}>
      <span className={css.tabPicture}>
        <Picture size={24} strokeWidth={at === to ? 2.2 : 1.8} aria-hidden="true" />
        <Badge count={count} label={t.waiting} />
      </span>
      {text}
    </Link>
  );
  return (
    <nav className={css.tabs} aria-label={t.tabs}>
      <div className={css.tabsIn}>
        {tab('/', t.home, House)}
        {tab('/tasks', t.tasks, ClipboardCheck, tasks?.length)}
        <Link href="/scan" className={cx(css.tab, css.raised)}>
          <span className={css.disc}><ScanLine size={28} aria-hidden="true" /></span>
          {t.scan}
        </Link>
        {tab('/reports', t.reports, FileClock)}
        {tab('/mine', t.mine, UserRound)}
      </div>
    </nav>
  );
}
