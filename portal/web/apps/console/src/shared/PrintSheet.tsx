/** Something that goes to the printer alone, without the page around it: slips, labels. */
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import css from './print.module.css';

/** `const [sheet, print] = usePrint()`: put `sheet` anywhere, call `print(<Labels … />)`. */
export function usePrint(): [sheet: ReactNode, print: (content: ReactNode) => void] {
  const [content, setContent] = useState<ReactNode>(null);
  useEffect(() => {
    if (!content) return;
    const done = (): void => {
      document.body.classList.remove(css.isPrinting!);
      setContent(null);
    };
    document.body.classList.add(css.isPrinting!);
    addEventListener('afterprint', done, { once: true });
    // After what is to be printed has been drawn.
    const frame = requestAnimationFrame(() => requestAnimationFrame(() => window.print()));
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener('afterprint', done);
      document.body.classList.remove(css.isPrinting!);
    };
  }, [content]);
  const print = useCallback((next: ReactNode) => setContent(next), []);
  return [content && createPortal(<div className={css.sheet}>{content}</div>, document.body), print];
}
