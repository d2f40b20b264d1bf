/** Keys for who works without the mouse; not while something is typed or a dialog is open. */
import { useEffect, useRef } from 'react';

/** On a drawer that stands beside the screen without covering it, so that the screen's keys go on working. */
export const BESIDE = 'is-beside';

function isCovered(): boolean {
  return [...document.querySelectorAll('[role=dialog][aria-modal=true]')].some((dialog) => dialog.getClientRects().length > 0 && !dialog.closest(`.${BESIDE}`));
}

/** What each key does, by `event.key`. */
export function useKeys(keys: Record<string, () => void>, isOn = true): void {
  const now = useRef(keys);
  useEffect(() => {
    now.current = keys;
  });
  useEffect(() => {
    if (!isOn) return;
    const press = (event: KeyboardEvent): void => {
      const at = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) ) return;
      if (isCovered()) return;
      if (event.key === 'Enter' && /^(A|BUTTON)$/.test(at.tagName)) return;
      const act = now.current[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [isOn]);
}
