/** The field app: the door while nobody is signed in, afterwards its screens. */
import { useLanguage } from '@anhuan/i18n/react';
import { Toasts } from '@anhuan/ui';
import { later } from '@anhuan/work';
import { workRoutes } from '@anhuan/work/routes';
import { useEffect, useState, type ReactNode } from 'react';
import { Route, Router, Switch, useLocation } from 'wouter';
import css from './app.module.css';
import { Ended } from './Ended';
import { Home } from './home/Home';
import { useSession } from './session';
import { TabBar, TABS } from './TabBar';

const Door = later(() => import('./Door'));
const Report = later(() => import('./report/Report'));
const Again = later(() => import('./report/Again'));
const Saved = later(() => import('./report/Saved'));
const Scan = later(() => import('./scan/Scan'));
const Place = later(() => import('./place/Place'));
const Reports = later(() => import('./reports/Reports'));
const Mine = later(() => import('./mine/Mine'));
const Guide = later(() => import('./guide/Guide'));
const Outside = later(() => import('./Outside'));
const Nowhere = later(() => import('./Nowhere'));
const work = workRoutes.map(({ path, load }) => ({ path, Screen: later(load) }));

/** The whole app. */
export function App() {
  useLanguage();
  const { who, hasEnded } = useSession();
  // A session may begin before its password has been replaced: the door itself says when one may come in.
  const [isAtDoor, setAtDoor] = useState(!who);
  if (!who && !isAtDoor) setAtDoor(true);
  if (!who || isAtDoor) return <Door onDone={() => setAtDoor(false)} onBack={who && hasEnded ? () => setAtDoor(false) : undefined} />;
  return (
    <Router base="/app">
      <Inside key={who.person.id} isOutside={Boolean(who.person.partyId)} banner={hasEnded && <Ended onSignIn={() => setAtDoor(true)} />} />
      <Toasts />
    </Router>
  );
}

function Inside({ isOutside, banner }: { isOutside: boolean; banner: ReactNode }) {
  const [at] = useLocation();
  useEffect(() => whenIdle(), []);
  useEffect(() => {
    if (at) scrollTo(0, 0);
  }, [at]);
  const hasTabs = TABS.includes(at);
  return (
    <>
      {banner}
      <div className={hasTabs ? css.tabbed : undefined}>
        <Switch>
          <Route path="/">{isOutside ? <Outside /> : <Home />}</Route>
          <Route path="/report"><Report /></Route>
          <Route path="/report/again/:id">{({ id }) => <Again key={id} id={id} />}</Route>
          <Route path="/report/saved/:id">{({ id }) => <Saved key={id} id={id} />}</Route>
          <Route path="/scan"><Scan /></Route>
          <Route path="/q/:label">{({ label }) => <Place key={label} label={label} />}</Route>
          <Route path="/reports"><Reports /></Route>
          <Route path="/mine"><Mine /></Route>
          <Route path="/guide"><Guide /></Route>
          {work.map(({ path, Screen }) => (
            <Route key={path} path={path}><Screen /></Route>
          ))}
          <Route><Nowhere /></Route>
        </Switch>
      </div>
      {hasTabs && <TabBar />}
    </>
  );
}

/** What the next tap will want is fetched while the phone has nothing to do. */
function whenIdle(): () => void {
  const timer = setTimeout(() => {
    for (const screen of [Report, Saved, Scan]) void screen.ready().catch(() => undefined);
    void import('./place/places').then(({ refreshPlaces }) => refreshPlaces(), () => undefined);
  }, 1_200);
  return () => clearTimeout(timer);
}
