/** One picture under two fingers: pinch or double-tap to come closer, drag to look around. */
import { useEffect, useRef } from 'react';
import css from './photos.module.css';

const CLOSEST = 5;
const STEP = 2.5;

/** `onZoom` tells whether the picture is larger than its frame, so that a swipe then moves the picture, not the row. */
export function Zoom({ src, label, onZoom }: { src: string; label: string; onZoom: (isClose: boolean) => void }) {
  const image = useRef<HTMLImageElement>(null);
  const tell = useRef(onZoom);
  useEffect(() => {
    tell.current = onZoom;
  });
  useEffect(() => (image.current ? watch(image.current, (isClose) => tell.current(isClose)) : undefined), []);
  return <img ref={image} className={css.large} src={src} alt={label} draggable={false} />;
}

interface Point {
  x: number;
  y: number;
}

/** Touches rather than pointers: a browser that may scroll takes pointers away in mid-pinch. */
function watch(image: HTMLImageElement, tell: (isClose: boolean) => void): () => void {
  let scale = 1;
  let x = 0;
  let y = 0;
  let start: { span: number; scale: number; at: Point; x: number; y: number } | null = null;
  let tapped = 0;

  const apply = (): void => {
    const limitX = (image.clientWidth * (scale - 1)) / 2;
    const limitY = (image.clientHeight * (scale - 1)) / 2;
    x = Math.max(-limitX, Math.min(limitX, x));
    y = Math.max(-limitY, Math.min(limitY, y));
    image.style.transform = scale === 1 ? '' : `translate(${x}px, ${y}px) scale(${scale})`;
    tell(scale > 1);
  };
  const toggle = (): void => {
    scale = scale > 1 ? 1 : STEP;
    x = 0;
    y = 0;
    apply();
  };
  const begin = (event: TouchEvent): void => {
    start = { span: span(event.touches), scale, at: middle(event.touches), x, y };
    if (event.touches.length > 1) return;
    if (event.timeStamp - tapped < 300) {
      toggle();
      tapped = 0;
    } else tapped = event.timeStamp;
  };
  const move = (event: TouchEvent): void => {
    if (!start || (event.touches.length < 2 && scale === 1)) return;
    event.preventDefault();
    const at = middle(event.touches);
    if (event.touches.length > 1 && start.span) scale = Math.max(1, Math.min(CLOSEST, (start.scale * span(event.touches)) / start.span));
    x = start.x + at.x - start.at.x;
    y = start.y + at.y - start.at.y;
    apply();
  };
  const end = (event: TouchEvent): void => {
    start = event.touches.length ? { span: span(event.touches), scale, at: middle(event.touches), x, y } : null;
  };
  image.addEventListener('touchstart', begin, { passive: true });
  image.addEventListener('touchmove', move, { passive: false });
  image.addEventListener('touchend', end);
  image.addEventListener('dblclick', toggle);
  return () => {
    image.removeEventListener('touchstart', begin);
    image.removeEventListener('touchmove', move);
    image.removeEventListener('touchend', end);
    image.removeEventListener('dblclick', toggle);
    tell(false);
  };
}

function middle(touches: TouchList): Point {
  const first = touches[0];
  const other = touches[1] ?? first;
  return first && other ? { x: (first.clientX + other.clientX) / 2, y: (first.clientY + other.clientY) / 2 } : { x: 0, y: 0 };
}

function span(touches: TouchList): number {
  const [first, other] = [touches[0], touches[1]];
  return first && other ? Math.hypot(first.clientX - other.clientX, first.clientY - other.clientY) : 0;
}
