/** What every screen stands in: a heading with what it covers, what can be done, and panels. */
import { useEffect, type ReactNode } from 'react';
import { words } from '@anhuan/i18n';
import css from './shared.module.css';

const t = words({ product: ['安环', 'Anhuan'] });

interface PageProps {
  title: string;
  /** 口径: what is covered, and as of when. */
  about?: ReactNode;
  acts?: ReactNode;
  children: ReactNode;
}

/** One screen. */
export function Page({ title, about, acts, children }: PageProps) {
  useTitle(title);
  return (
    <div className={css.page}>
      <header className={css.head}>
        <div className={css.headMain}>
          <h1>{title}</h1>
          {about && <p>{about}</p>}
        </div>
        {acts && <div className={css.headActs}>{acts}</div>}
      </header>
      {children}
    </div>
  );
}

/** A part of a screen with a heading of its own. */
export function Panel({ title, small, acts, children, className }: { title?: ReactNode; small?: ReactNode; acts?: ReactNode; children: ReactNode; className?: string }) {
  return (
    <section className={className ? `${css.panel} ${className}` : css.panel}>
      {(title || acts) && (
        <div className={css.panelHead}>
          <h2>
            {title}
            {small !== undefined && <small>{small}</small>}
          </h2>
          {acts}
        </div>
      )}
      {children}
    </section>
  );
}

/** What the browser's tab is called. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · ${t.product}`;
  }, [title]);
}
