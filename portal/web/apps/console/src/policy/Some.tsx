/** A few permissions in words, under a heading. */
import { words } from '@anhuan/i18n';
import { key, type Permission } from './matrix';
import css from './policy.module.css';
import { acts as actName, conditions } from './words';

const t = words({ line: [(act: string, condition: string) => `${act}（${condition}）`, (act: string, condition: string) => `${act} (${condition})`] });

/** Nothing where there are none. */
export function Some({ title, of }: { title: string; of: readonly Permission[] }) {
  if (!of.length) return null;
  return (
    <>
      <b>{title}</b>
      <ul className={css.changes}>
        {of.map(({ act, condition }) => (
          <li key={key(act, condition)}>{t.line(actName(act), conditions(condition))}</li>
        ))}
      </ul>
    </>
  );
}
