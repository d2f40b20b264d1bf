/** The menu on the left; a drawer where the screen is narrow. */
import { useEffect, useRef } from 'react';
import { MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons';
import { Link, useLocation } from 'react-router';
import { spoken, words } from '@anhuan/i18n';
import type { Group, Screen } from '../routes';
import { useHref } from '../shared/unit';
import css from './frame.module.css';

const t = words({
  product: ['安环 · 管理台', 'Anhuan Console'],
  menu: ['主菜单', 'Main menu'],
  fold: ['收起菜单', 'Fold the menu'],
  unfold: ['展开菜单', 'Unfold the menu'],
  close: ['关闭菜单', 'Close the menu'],
  work: ['安全工作', 'Safety'],
  company: ['组织与权限', 'Organisation'],
  rules: ['流程配置', 'Processes'],
  system: ['系统', 'System'],
});
const groups: readonly Group[] = ['work', 'company', 'rules', 'system'];

interface MenuProps {
  screens: readonly Screen[];
  isNarrow: boolean;
  isOpen: boolean;
  onNarrow: (is: boolean) => void;
  onClose: () => void;
}

/** The screens that this person may open, by group. */
export function Menu({ screens, isNarrow, isOpen, onNarrow, onClose }: MenuProps) {
  const { pathname } = useLocation();
  const href = useHref();
  const list = useRef<HTMLElement>(null);
  const here = lit(pathname, screens);
  useEffect(() => {
    if (!isOpen) return;
    list.current?.querySelector('a')?.focus();
    const leave = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') onClose();
    };
    addEventListener('keydown', leave);
    return () => removeEventListener('keydown', leave);
  }, [isOpen, onClose]);
  return (
    <>
      {isOpen && <button type="button" className={css.veil} aria-label={t.close} onClick={onClose} />}
      <div className={isOpen ? `${css.menu} ${css.isOpen}` : css.menu}>
        <Link to={href('/')} className={css.brand} aria-label={t.product} onClick={onClose}>
          <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="" />
          <span>{t.product}</span>
        </Link>
        <nav ref={list} className={css.list} aria-label={t.menu}>
          {groups.map((group) => {
            const own = screens.filter((screen) => screen.group === group && screen.icon);
            if (!own.length) return null;
            return (
              <div key={group}>
                <div className={css.group} id={`menu-${group}`}>{t[group]}</div>
                <ul aria-labelledby={`menu-${group}`}>
                  {own.map(({ path, title, icon: Icon }) => {
                    const name = title[spoken() === 'zh' ? 0 : 1];
                    return (
                      <li key={path}>
                        <Link
                          to={href(`/${path}`)}
                          className={path === here ? `${css.item} ${css.isHere}` : css.item}
                          aria-current={path === here ? 'page' : undefined}
                          aria-label={name}
                          title={isNarrow ? name : undefined}
                          onClick={onClose}
                        >
                          {Icon && <Icon />}
                          <span>{name}</span>
                        </Link>
                      </li>
                    );
                  })}
                </ul>
              </div>
            );
          })}
        </nav>
        <button type="button" className={css.fold} onClick={() => onNarrow(!isNarrow)} aria-label={isNarrow ? t.unfold : t.fold}>
          {isNarrow ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
          <span>{t.fold}</span>
        </button>
      </div>
    </>
  );
}

/** The menu entry that the address belongs to. */
export function lit(pathname: string, screens: readonly Screen[]): string | undefined {
  const at = pathname.replace(/^\//, '');
  const found = screens.find(({ path }) => fits(path, at));
  return found?.under ?? found?.path;
}

/** Whether an address is one of a path with `:names` in it. */
export function fits(path: string, at: string): boolean {
  const wanted = path.split('/');
  const given = at.replace(/\/$/, '').split('/');
  return wanted.length === given.length && wanted.every((part, index) => part.startsWith(':') || part === given[index]);
}
