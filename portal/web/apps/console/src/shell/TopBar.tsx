/** The tools above every screen; the heavy ones come after the first picture. */
import { Suspense, lazy, useState } from 'react';
import { MenuOutlined, SearchOutlined } from '@ant-design/icons';
import { words } from '@anhuan/i18n';
import type { Who } from '@anhuan/wire';
import css from './frame.module.css';
import { afterFirst } from './hurry';

const UnitSwitch = lazy(async () => (await afterFirst(), import('./UnitSwitch')));
const SearchBox = lazy(async () => (await afterFirst(), import('./SearchBox')));
const Tools = lazy(async () => (await afterFirst(), import('./Tools')));

const t = words({ menu: ['打开菜单', 'Open the menu'], search: ['搜索隐患', 'Search hazards'] });

/** Unit, search, notices, language, theme, account. */
export function TopBar({ who, isOpen, onMenu }: { who: Who; isOpen: boolean; onMenu: () => void }) {
  const [isSearching, setSearching] = useState(false);
  return (
    <header className={css.top}>
      <button type="button" className={`${css.tool} ${css.opener}`} aria-label={t.menu} aria-expanded={isOpen} onClick={onMenu}>
        <MenuOutlined />
      </button>
      <div className={css.unit} hidden={isSearching}>
        <Suspense fallback={<div className={css.coming} />}>
          <UnitSwitch company={who.company.name} />
        </Suspense>
      </div>
      <div className={isSearching ? `${css.search} ${css.isWanted}` : css.search}>
        <Suspense fallback={<div className={css.coming} />}>
          <SearchBox isWanted={isSearching} onDone={() => setSearching(false)} />
        </Suspense>
      </div>
      <div className={css.space} />
      <button type="button" className={`${css.tool} ${css.opener}`} aria-label={t.search} aria-pressed={isSearching} onClick={() => setSearching(!isSearching)}>
        <SearchOutlined />
      </button>
      <Suspense fallback={<div className={css.toolsComing} />}>
        <Tools who={who} />
      </Suspense>
    </header>
  );
}
