/** Things to switch on and off, how far something has come, and how many wait. */
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './parts';
import css from './choices.module.css';

/** A line with a switch at its end; the whole line switches. */
export function Switch({ title, below, lead, isOn, onChange }: { title: ReactNode; below?: ReactNode; lead?: ReactNode; isOn: boolean; onChange: (isOn: boolean) => void }) {
  return (
    <button type="button" role="switch" aria-checked={isOn} className={css.line} onClick={() => onChange(!isOn)}>
      {lead && <span className={css.lead}>{lead}</span>}
      <span className={css.main}>
        <b>{title}</b>
        {below && <small>{below}</small>}
      </span>
      <span className={css.track} aria-hidden="true"><i /></span>
    </button>
  );
}

/** How far something has come: stages with a name each; those before `now` are done, `now` is where it stands. */
export function Stages({ names, now, label }: { names: readonly string[]; now: number; label: string }) {
  return (
    <ol className={css.stages} aria-label={label}>
      {names.map((name, index) => (
        <li key={name} className={cx(index < now && css.past, index === now && css.now)} aria-current={index === now ? 'step' : undefined}>
          <i aria-hidden="true">{index < now && <Check size={10} strokeWidth={4} />}</i>
          <span>{name}</span>
        </li>
      ))}
    </ol>
  );
}

/** A number on a corner; nothing where there is none. */
export function Badge({ count, label }: { count: number | undefined; label: string }) {
  if (!count) return null;
  return (
    <span className={css.badge}>
      {count > 99 ? '99+' : count}
      <span className="unseen">{label}</span>
    </span>
  );
}
