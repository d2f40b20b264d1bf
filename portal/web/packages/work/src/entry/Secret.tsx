/** A password, hidden until its owner wants to see it. */
import { words } from '@anhuan/i18n';
import { IconButton, cx } from '@anhuan/ui';
import { Check, Circle, Eye, EyeOff } from 'lucide-react';
import { useId, useState } from 'react';
import css from './entry.module.css';
import { LEAST, strength } from './strength';

const t = words({
  show: ['显示密码', 'Show password'],
  hide: ['隐藏密码', 'Hide password'],
  long: [`至少 ${LEAST} 个字符`, `At least ${LEAST} characters`],
  mixed: ['大写、小写、数字、符号至少三种', 'Three of: capitals, small letters, digits, other signs'],
  met: ['已满足', 'met'],
});

export interface SecretProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  isNew?: boolean;
  wrong?: string | null;
}

/** The field; for a new password with what is still missing beneath. */
export function Secret({ label, value, onChange, isNew, wrong }: SecretProps) {
  const id = useId();
  const [isShown, setShown] = useState(false);
  const now = strength(value);
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      <div className={cx(css.secret, Boolean(wrong) && css.secretWrong)}>
        <input
          id={id}
          type={isShown ? 'text' : 'password'}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          autoComplete={isNew ? 'new-password' : 'current-password'}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          aria-invalid={Boolean(wrong)}
          aria-describedby={wrong || isNew ? `${id}-said` : undefined}
          required
        />
        <IconButton label={isShown ? t.hide : t.show} aria-pressed={isShown} onClick={() => setShown(!isShown)}>
          {isShown ? <EyeOff size={20} /> : <Eye size={20} />}
        </IconButton>
      </div>
      <div id={`${id}-said`}>
        {wrong && <p className={css.wrong} role="alert">{wrong}</p>}
        {isNew && (
          <ul className={css.rules}>
            <Rule text={t.long} isMet={now.isLong} />
            <Rule text={t.mixed} isMet={now.isMixed} />
          </ul>
        )}
      </div>
    </div>
  );
}

function Rule({ text, isMet }: { text: string; isMet: boolean }) {
  return (
    <li className={cx(isMet && css.met)}>
      {isMet ? <Check size={16} aria-hidden="true" /> : <Circle size={16} aria-hidden="true" />}
      <span>{text}</span>
      {isMet && <span className="unseen">{t.met}</span>}
    </li>
  );
}
