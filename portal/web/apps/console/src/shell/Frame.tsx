/** The frame around every screen: menu on the left, tools above, the screen itself, and what has to be said about all of it. */
import { Suspense, lazy, useEffect, useState, type ComponentType } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { words } from '@anhuan/i18n';
import { fetchWho, type Who } from '@anhuan/wire';
import { screens, type Screen } from '../routes';
import { hasModule, may } from '../shared/rights';
import { Denied, Empty, Loading } from '../shared/states';
import { Boundary } from './Boundary';
import { Crumbs } from './Crumbs';
import css from './frame.module.css';
import { useLive, useOnline } from './live';
import { Menu } from './Menu';
import { TopBar } from './TopBar';
import { useEnded } from './ended';

const NotSubscribed = lazy(() => import('../shared/NotSubscribed'));
const Ended = lazy(() => import('../entry/Ended'));

const t = words({
  offline: ['网络已断开，显示的是断开前的内容，恢复后自动更新。', 'You are offline. What you see is from before; it updates by itself once you are back.'],
  skip: ['跳到正文', 'Skip to content'],
  nowhere: ['没有这个页面', 'There is no such page'],
  nowhereMore: ['地址可能有误，或页面已移走。', 'The address may be wrong, or the page has moved.'],
});

const KEPT = 'anhuan.console.menu';
const loaded: Record<string, ComponentType> = {};

function screenOf({ path, load }: Screen): ComponentType {
  return (loaded[path] ??= lazy(load));
}

/** The console of one person. */
export function Frame({ who }: { who: Who }) {
  const [isNarrow, setNarrow] = useState(() => localStorage.getItem(KEPT) === 'narrow');
  const [isOpen, setOpen] = useState(false);
  const { pathname } = useLocation();
  const isOnline = useOnline();
  const hasEnded = useEnded();
  useLive(hasEnded);
  useEffect(() => {
    // Rights and posts change while nobody looks; without an answer the ones known stay in force here, and the server decides anyway.
    void fetchWho().catch(() => undefined);
  }, []);

  const narrow = (is: boolean): void => {
    setNarrow(is);
    localStorage.setItem(KEPT, is ? 'narrow' : 'wide');
  };
  const shown = screens.filter((screen) => may(who, screen.needs));
  const first = shown.find((screen) => screen.icon);
  return (
    <div className={isNarrow ? `${css.frame} ${css.isNarrow}` : css.frame}>
      <a className={css.skip} href="#main">{t.skip}</a>
      <Menu screens={shown} isNarrow={isNarrow} isOpen={isOpen} onNarrow={narrow} onClose={() => setOpen(false)} />
      <TopBar who={who} isOpen={isOpen} onMenu={() => setOpen(true)} />
      {/* Another address begins at its top, and without what broke the one before. */}
      <main key={pathname} id="main" className={css.main} tabIndex={-1}>
        {!isOnline && <div className={css.banner} role="status">{t.offline}</div>}
        <Crumbs />
        <Boundary>
          <Suspense fallback={<Loading shape="page" />}>
            <Routes>
              {screens.map((screen) => {
                const Shown = screenOf(screen);
                const element = !may(who, screen.needs) ? <Denied /> : !hasModule(who, screen.module) ? <NotSubscribed module={screen.module} /> : <Shown />;
                return <Route key={screen.path} path={`/${screen.path}`} element={element} />;
              })}
              {first && screens.every((screen) => screen.path !== '') && <Route path="/" element={<Navigate to={`/${first.path}`} replace />} />}
              <Route path="*" element={<Empty title={t.nowhere}>{t.nowhereMore}</Empty>} />
            </Routes>
          </Suspense>
        </Boundary>
      </main>
      {hasEnded && (
        <Suspense fallback={null}>
          <Ended who={who} />
        </Suspense>
      )}
    </div>
  );
}
