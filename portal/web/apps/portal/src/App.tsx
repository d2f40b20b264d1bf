/** The portal for people of outside firms: the door, then what waits for them and their firm. */
import { words } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { Badge, Button, Notice, State, Toasts, cx } from '@anhuan/ui';
import { signOut, whoIsHere, type Who } from '@anhuan/wire';
import { later, useTasks, useUnread, workRoutes } from '@anhuan/work';
import { Bell, ClipboardCheck, House, KeyRound, UserRound, Users } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Link, Redirect, Route, Router, Switch, useLocation } from 'wouter';
import css from './portal.module.css';
import { useSession } from './session';
import { Home } from './Home';

const t = words({
  title: ['安环 · 相关方', 'Anhuan for partners'],
  lead: ['承包商 · 供应商 · 维保单位', 'Contractors, suppliers, maintenance'],
  staff: [(name: string) => `${name}，您是本企业员工`, (name: string) => `${name}, you work for the company itself`],
  staffMore: ['这里供承包商、供应商和维保单位使用。您的任务和上报都在员工端。', 'This is for contractors, suppliers and maintenance firms. Your tasks and reports are in the staff app.'],
  toApp: ['打开员工端', 'Open the staff app'],
  leave: ['换个账号登录', 'Sign in as somebody else'],
  ended: ['登录已过期，重新登录后自动继续上传', 'Your session has ended. Sign in again and uploading goes on'],
  signIn: ['登录', 'Sign in'],
  tabs: ['主导航', 'Main navigation'],
  home: ['首页', 'Home'],
  tasks: ['任务', 'Tasks'],
  notices: ['消息', 'Notices'],
  mine: ['我的', 'Me'],
  waiting: ['项待办', 'waiting'],
  unread: ['条未读', 'unread'],
});

const Entry = later(async () => ({ default: (await import('@anhuan/work/entry')).Entry }));
const Mine = later(() => import('./Mine'));
const work = workRoutes.map(({ path, load, isTab }) => ({ path, Screen: later(load), isTab }));
const TABS = ['/', '/tasks', '/notices', '/mine'];

/** The whole app. */
export function App() {
  useLanguage();
  const { who, hasEnded } = useSession();
  const [isIn, setIn] = useState(() => Boolean(whoIsHere()));
  const [isAtDoor, setAtDoor] = useState(false);
  if (!who && isIn) setIn(false);
  if (!who || !isIn || isAtDoor)
    return (
      <Entry
        title={t.title}
        lead={t.lead}
        known={hasEnded && who ? { company: who.company.code, name: who.person.account } : undefined}
        onDone={() => {
          setIn(true);
          setAtDoor(false);
        }}
      />
    );
  if (!who.person.partyId) return <Staff who={who} />;
  return (
    <Router base="/portal">
      {hasEnded && (
        <div className={css.ended} role="alert">
          <Notice tone="warn" picture={<KeyRound size={18} aria-hidden="true" />}>{t.ended}</Notice>
          <Button onClick={() => setAtDoor(true)}>{t.signIn}</Button>
        </div>
      )}
      <Inside key={who.person.id} />
      <Toasts />
    </Router>
  );
}

function Inside() {
  const [at] = useLocation();
  useEffect(() => {
    if (at) scrollTo(0, 0);
  }, [at]);
  const hasTabs = TABS.includes(at);
  return (
    <>
      <div className={hasTabs ? css.tabbed : undefined}>
        <Switch>
          <Route path="/"><Home /></Route>
          <Route path="/mine"><Mine /></Route>
          {work.map(({ path, Screen }) => (
            <Route key={path} path={path}><Screen /></Route>
          ))}
          <Route><Redirect to="/" replace /></Route>
        </Switch>
      </div>
      {hasTabs && <Tabs />}
    </>
  );
}

function Tabs() {
  const [at] = useLocation();
  const { tasks } = useTasks();
  const unread = useUnread();
  const tab = (to: string, text: string, Picture: typeof House, count?: number, of?: string) => (
    <Link key={to} href={to} className={cx(css.tab, at === to && css.here)} aria-current={at === to ? 'page' : undefined}>
      <span className={css.picture}>
        <Picture size={24} strokeWidth={at === to ? 2.2 : 1.8} aria-hidden="true" />
        {of && <Badge count={count} label={of} />}
      </span>
      {text}
    </Link>
  );
  return (
    <nav className={css.tabs} aria-label={t.tabs}>
      <div className={css.tabsIn}>
        {tab('/', t.home, House)}
        {tab('/tasks', t.tasks, ClipboardCheck, tasks?.length, t.waiting)}
        {tab('/notices', t.notices, Bell, unread, t.unread)}
        {tab('/mine', t.mine, UserRound)}
      </div>
    </nav>
  );
}

/** Somebody of the company itself has come to the wrong door. */
function Staff({ who }: { who: Who }) {
  useEffect(() => {
    document.title = t.title;
  }, []);
  return (
    <main className={css.staff}>
      <State
        picture={<Users size={48} strokeWidth={1.4} aria-hidden="true" />}
        title={t.staff(who.person.name)}
        action={
          <>
            <Button onClick={() => location.assign('/app/')}>{t.toApp}</Button>
            <Button kind="plain" onClick={() => void signOut().catch(() => undefined)}>{t.leave}</Button>
          </>
        }
      >
        {t.staffMore}
      </State>
    </main>
  );
}
