/** Before and after in one frame, with an edge to draw across. */
import { useState } from 'react';
import { words } from '@anhuan/i18n';
import { moment } from '@anhuan/i18n/time';
import { steady } from '../shared/Photo';
import css from './compare.module.css';
import { purposeName } from './purposes';
import type { Piece } from './shape';

const t = words({ edge: ['拖动分界线对比整改前后', 'Draw the edge to compare'] });

function caption(piece: Piece): string {
  return `${purposeName(piece.purpose ?? 'other')} · ${moment(piece.takenAt ?? piece.createdAt)}`;
}

/** Both pictures fill the frame; the edge is a slider, so keys move it too. */
export function Compare({ before, after }: { before: Piece; after: Piece }) {
  const [at, setAt] = useState(50);
  return (
    <div className={css.frame}>
      <img src={steady(`${after.id}/view`, after.viewUrl!)} alt={caption(after)} />
      <img src={steady(`${before.id}/view`, before.viewUrl!)} alt={caption(before)} style={{ clipPath: `inset(0 ${100 - at}% 0 0)` }} />
      <span className={css.edge} style={{ left: `${at}%` }} aria-hidden="true" />
      <input type="range" min={0} max={100} value={at} aria-label={t.edge} onChange={({ target }) => setAt(Number(target.value))} />
      <span className={css.left}>{caption(before)}</span>
      <span className={css.right}>{caption(after)}</span>
    </div>
  );
}
