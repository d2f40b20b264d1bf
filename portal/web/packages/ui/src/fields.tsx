/** What people type into: a label above, what is wrong below. */
import { words } from '@anhuan/i18n';
import { useId, type InputHTMLAttributes, type ReactNode, type TextareaHTMLAttributes } from 'react';
import css from './ui.module.css';

const t = words({ optional: ['可不填', 'optional'] });

interface Around {
  label: string;
  hint?: ReactNode;
  wrong?: string | null;
  isOptional?: boolean;
}

function useAround({ hint, wrong }: Around): { id: string; described: string | undefined } {
  const id = useId();
  return { id, described: hint || wrong ? `${id}-said` : undefined };
}

function Frame({ around, id, children }: { around: Around; id: string; children: ReactNode }) {
  return (
    <div className={css.field}>
      <label className={css.label} htmlFor={id}>
        {around.label}
        {around.isOptional && <i>{t.optional}</i>}
      </label>
      {children}
      {(around.wrong || around.hint) && (
        <span id={`${id}-said`} className={around.wrong ? css.wrong : css.hint} role={around.wrong ? 'alert' : undefined}>
          {around.wrong || around.hint}
        </span>
      )}
    </div>
  );
}

/** One line. */
export function TextField({ label, hint, wrong, isOptional, ...rest }: Around & InputHTMLAttributes<HTMLInputElement>) {
  const around = { label, hint, wrong, isOptional };
  const { id, described } = useAround(around);
  return (
    <Frame around={around} id={id}>
      <input {...rest} id={id} className={css.input} aria-invalid={Boolean(wrong)} aria-describedby={described} />
    </Frame>
  );
}

/** Several lines; `corner` is a button that stands in their lower right. */
export function TextArea({ label, hint, wrong, isOptional, corner, ...rest }: Around & TextareaHTMLAttributes<HTMLTextAreaElement> & { corner?: ReactNode }) {
  const around = { label, hint, wrong, isOptional };
  const { id, described } = useAround(around);
  const lines = <textarea {...rest} id={id} className={css.input} aria-invalid={Boolean(wrong)} aria-describedby={described} />;
  return (
    <Frame around={around} id={id}>
      {corner ? <div className={css.cornered}>{lines}<div className={css.corner}>{corner}</div></div> : lines}
    </Frame>
  );
}
