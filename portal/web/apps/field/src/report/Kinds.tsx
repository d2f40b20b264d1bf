/** The grid of kinds: one tap, no typing. */
import { words } from '@anhuan/i18n';
import { cx } from '@anhuan/ui';
import { useState } from 'react';
import { inOrder, nameOf, pictureOf } from './kinds';
import css from './report.module.css';

const t = words({
  title: ['隐患类型', 'Kind of hazard'],
  pick: ['点一下图标', 'tap one'],
});

export function Kinds({ value, isMissing, wrong, onChange }: { value: string | null; isMissing: boolean; wrong?: string | undefined; onChange: (kind: string) => void }) {
  // The order of this visit: a tile must not move away from under a thumb.
  const [kinds] = useState(() => inOrder());
  return (
    <section className={css.box} aria-label={t.title}>
      <h2 className={css.boxHead}>
        {t.title} {!value && <small className={cx(isMissing && css.missing)}>{t.pick}</small>}
      </h2>
      {wrong && <p className={css.wrong} role="alert">{wrong}</p>}
      <div className={css.kinds} role="group" aria-label={t.title}>
        {kinds.map((kind) => {
          const Picture = pictureOf(kind);
          return (
            <button key={kind} type="button" className={css.kind} aria-pressed={kind === value} onClick={() => onChange(kind)}>
              <Picture size={26} strokeWidth={1.8} aria-hidden="true" />
              <span>{nameOf(kind)}</span>
            </button>
          );
        })}
      </div>
    </section>
  );
}
