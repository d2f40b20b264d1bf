/** The way back up, where a screen stands under another. */
import { Link, useLocation } from 'react-router';
import { spoken, words } from '@anhuan/i18n';
import { screens } from '../routes';
import { useHref } from '../shared/unit';
import css from './frame.module.css';
import { fits } from './Menu';

const t = words({ where: ['当前位置', 'You are here'] });

/** Nothing on the screens of the menu itself. */
export function Crumbs() {
  const { pathname } = useLocation();
  const href = useHref();
  const here = screens.find(({ path }) => fits(path, pathname.slice(1)));
  const above = here?.under !== undefined ? screens.find(({ path }) => path === here.under) : undefined;
  if (!here || !above) return null;
  const index = spoken() === 'zh' ? 0 : 1;
  return (
    <nav className={css.crumbs} aria-label={t.where}>
      <Link to={href(`/${above.path}`)}>{above.title[index]}</Link>
      <span aria-hidden="true">/</span>
      <span aria-current="page">{here.title[index]}</span>
    </nav>
  );
}
