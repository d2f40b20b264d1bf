/** Whether the page is dark now: by the person's wish, else by what the system says. */
import { useSyncExternalStore } from 'react';
import { wish, wished, type Theme } from '@anhuan/ui/wishes';

const listeners = new Set<() => void>();
const system = matchMedia('(prefers-color-scheme: dark)');

function follow(tell: () => void): () => void {
  listeners.add(tell);
  system.addEventListener('change', tell);
  return () => {
    listeners.delete(tell);
    system.removeEventListener('change', tell);
  };
}

/** True while the page is dark. */
export function useDark(): boolean {
  return useSyncExternalStore(follow, () => (wished().theme === 'auto' ? system.matches : wished().theme === 'dark'));
}

/** What the person wishes, and how to wish for something else. */
export function useThemeWish(): [Theme, (theme: Theme) => void] {
  const now = useSyncExternalStore(follow, () => wished().theme);
  return [
    now,
    (theme) => {
      wish({ theme });
      for (const tell of listeners) tell();
    },
  ];
}
