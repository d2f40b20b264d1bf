/** The frame of a screen: a bar with the way back, the content, and the one button that matters under the thumb. */
import { words } from '@anhuan/i18n';
import { ChevronLeft } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import css from './ui.module.css';

const t = words({ back: ['返回', 'Back'] });

export interface PageProps {
  title: string;
  /** Where back leads; without it there is no way back, as on the tabs. */
  onBack?: () => void;
  side?: ReactNode;
  foot?: ReactNode;
  children: ReactNode;
}

/** A whole screen with its own title. */
export function Page({ title, onBack, side, foot, children }: PageProps) {
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <div className={css.page}>
      <header className={css.bar}>
        <div className={css.side}>
          {onBack && (
            <button type="button" className={css.icon} onClick={onBack} aria-label={t.back}>
              <ChevronLeft size={26} />
            </button>
          )}
        </div>
        <h1>{title}</h1>
        <div className={css.side}>{side}</div>
      </header>
      <main className={css.body}>{children}</main>
      {foot && (
        <footer className={css.foot}>
          <div className={css.footIn}>{foot}</div>
        </footer>
      )}
    </div>
  );
}
