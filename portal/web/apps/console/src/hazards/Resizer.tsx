/** A heading whose right edge can be drawn, by mouse or by arrow keys. */
import type { KeyboardEvent, PointerEvent, ThHTMLAttributes } from 'react';
import { words } from '@anhuan/i18n';
import css from './ledger.module.css';

const t = words({ width: ['调整列宽', 'Column width'] });
const STEP = 16;

interface ResizerProps extends ThHTMLAttributes<HTMLTableCellElement> {
  wide?: number;
  onWide?: (width: number) => void;
}

/** Takes the place of antd's heading cell. */
export function Resizer({ wide, onWide, children, ...rest }: ResizerProps) {
  if (!wide || !onWide) return <th {...rest}>{children}</th>;
  const draw = (event: PointerEvent<HTMLSpanElement>): void => {
    event.preventDefault();
    event.stopPropagation();
    const from = event.clientX;
    const edge = event.currentTarget;
    const cell = edge.parentElement!;
    edge.setPointerCapture(event.pointerId);
    const move = (next: globalThis.PointerEvent): void => {
      cell.style.setProperty('--drawn', `${next.clientX - from}px`);
    };
    const end = (next: globalThis.PointerEvent): void => {
      edge.removeEventListener('pointermove', move);
      cell.style.removeProperty('--drawn');
      onWide(Math.max(56, Math.round(wide + next.clientX - from)));
    };
    edge.addEventListener('pointermove', move);
    edge.addEventListener('pointerup', end, { once: true });
  };
  const key = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    onWide(Math.max(56, wide + (event.key === 'ArrowLeft' ? -STEP : STEP)));
  };
  return (
    <th {...rest}>
      {children}
      <span className={css.edge} role="separator" aria-orientation="vertical" aria-label={t.width} aria-valuenow={wide} aria-valuemin={56} aria-valuemax={800} tabIndex={0} onPointerDown={draw} onKeyDown={key} onClick={(event) => event.stopPropagation()} />
    </th>
  );
}
