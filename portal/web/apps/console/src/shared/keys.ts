/** Keys for who works without the mouse; not while something is typed or a dialog is open. */
import { useEffect, useRef } from 'react';

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
      if (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) || document.querySelector('[role=dialog][aria-modal=true]')) return;
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
