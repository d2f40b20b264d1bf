/** The small parts that every screen is made of. */
import { due } from '@anhuan/i18n/time';
import { levels } from '@anhuan/tokens';
import { ChevronRight } from 'lucide-react';
import { useEffect, useState, type ButtonHTMLAttributes, type ReactNode } from 'react';
import css from './ui.module.css';

/** Class names that are there. */
export function cx(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}

export type ButtonKind = 'primary' | 'plain' | 'soft' | 'danger';

/** A button as wide as its place. */
export function Button({ kind = 'primary', className, ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { kind?: ButtonKind }) {
  return <button type="button" {...rest} className={cx(css.button, css[kind], className)} />;
}

/** A round button with nothing but a picture; `label` is what it is called. */
export function IconButton({ label, className, ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { label: string }) {
  return <button type="button" aria-label={label} title={label} {...rest} className={cx(css.icon, className)} />;
}

/** A white card, with a heading where one is given. */
export function Card({ title, side, children, className }: { title?: ReactNode; side?: ReactNode; children: ReactNode; className?: string }) {
  return (
    <section className={cx(css.card, className)}>
      {title && (
        <div className={css.cardHead}>
          <h2>{title}</h2>
          {side}
        </div>
      )}
      {children}
    </section>
  );
}

export interface RowProps {
  title: ReactNode;
  below?: ReactNode;
  lead?: ReactNode;
  tail?: ReactNode;
  onClick?: () => void;
}

/** A line of a list; one that leads somewhere is a button. */
export function Row({ title, below, lead, tail, onClick }: RowProps) {
  const content = (
    <>
      {lead && <span className={css.rowLead}>{lead}</span>}
      <span className={css.rowMain}>
        <b>{title}</b>
        {below && <small>{below}</small>}
      </span>
      <span className={css.rowTail}>
        {tail}
        {onClick && <ChevronRight size={18} aria-hidden="true" />}
      </span>
    </>
  );
  return onClick ? (
    <button type="button" className={css.row} onClick={onClick}>
      {content}
    </button>
  ) : (
    <div className={css.row}>{content}</div>
  );
}

export type Tone = 'major' | 'larger' | 'general' | 'low' | 'good' | 'warn' | 'brand' | 'quiet';

/** A word on a ground of its colour; colour is never the only sign. */
export function Tag({ tone = 'quiet', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={cx(css.tag, tone !== 'quiet' && css[tone])}>{children}</span>;
}

/** The tone of a grade (A, B, C) or of a risk level. */
export function toneOf(level: string | null | undefined): Tone {
  return (levels as Record<string, Tone>)[level ?? ''] ?? 'quiet';
}

/** A deadline that counts down by itself. */
export function Due({ at }: { at: string }) {
  const [, beat] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => beat((count) => count + 1), 30_000);
    return () => clearInterval(timer);
  }, []);
  // Not kept between the beats: an answer that comes meanwhile may have told that this device's clock is wrong.
  const { text, isLate, isSoon } = due(at);
  return (
    <time dateTime={at} className={cx(isLate && css.late, isSoon && css.soon)}>
      {text}
    </time>
  );
}

/** One of a few, side by side. */
export function Segment<Value extends string>({ label, options, value, onChange }: {
  label: string;
  options: readonly { value: Value; text: string }[];
  value: Value | null;
  onChange: (value: Value) => void;
}) {
  return (
    <div className={css.segment} role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <button key={option.value} type="button" role="radio" aria-checked={option.value === value} onClick={() => onChange(option.value)}>
          {option.text}
        </button>
      ))}
    </div>
  );
}
