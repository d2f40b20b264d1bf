/** One of a few, as a card that can be hit with a gloved thumb. */
import type { ReactNode } from 'react';
import css from './do.module.css';

/** Within a radiogroup. */
export function Choice({ title, below, lead, isChosen, onChoose }: { title: string; below?: string; lead?: ReactNode; isChosen: boolean; onChoose: () => void }) {
  return (
    <button type="button" role="radio" className={css.choice} aria-checked={isChosen} aria-label={below ? `${title}，${below}` : title} onClick={onChoose}>
      {lead}
      <span>
        <b>{title}</b>
        {below && <small>{below}</small>}
      </span>
    </button>
  );
}
