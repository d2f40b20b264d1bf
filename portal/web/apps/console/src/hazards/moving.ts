/** Cards that come, go or change places glide there, so that the eye can follow; not for who asked for stillness. */
import { useLayoutEffect, useRef, type RefObject } from 'react';

const STILL = '(prefers-reduced-motion: reduce)';
const TIME = 260;

/** For a list whose items carry `data-id`; `ids` is their order now. */
export function useMoving(ids: readonly string[]): RefObject<HTMLUListElement | null> {
  const list = useRef<HTMLUListElement>(null);
  const places = useRef(new Map<string, number>());
  const order = ids.join();
  useLayoutEffect(() => {
    const isFirst = places.current.size === 0;
    const now = new Map<string, number>();
    for (const item of list.current?.children ?? []) {
      const { id } = (item as HTMLElement).dataset;
      if (id) now.set(id, (item as HTMLElement).offsetTop);
    }
    if (!isFirst && order && !matchMedia(STILL).matches)
      for (const item of list.current?.children ?? []) {
        const id = (item as HTMLElement).dataset.id ?? '';
        const before = places.current.get(id);
        const by = before === undefined ? null : before - now.get(id)!;
        if (by === null) item.animate([{ opacity: 0, transform: 'scale(0.96)' }, { opacity: 1, transform: 'none' }], { duration: TIME, easing: 'ease-out' });
        else if (by) item.animate([{ transform: `translateY(${by}px)` }, { transform: 'none' }], { duration: TIME, easing: 'ease-in-out' });
      }
    places.current = now;
  }, [order]);
  return list;
}
