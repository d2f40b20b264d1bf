/** How a notice was carried outside the app, try by try. */
import { words } from '@anhuan/i18n';
import { moment } from '@anhuan/i18n/time';
import type { ConsoleAttemptFragment } from '../gql';
import { Tag } from '../shared/parts';
import css from './notices.module.css';
import { attemptTone, attemptWord } from './words';

const t = words({
  none: ['还没有发送记录', 'Not tried yet'],
  no: [(n: number) => `第 ${n} 次`, (n: number) => `try ${n}`],
});

/** Addresses are masked by the server. */
export function Attempts({ of }: { of: readonly ConsoleAttemptFragment[] }) {
  if (!of.length) return <p className={css.quiet}>{t.none}</p>;
  return (
    <ul className={css.attempts}>
      {of.map((one) => (
        <li key={`${one.channel}/${one.no}`}>
          <Tag tone={attemptTone(one.state)}>{attemptWord(one.state)}</Tag>
          <span>
            {one.channel} · {t.no(one.no)}
          </span>
          {one.address && <span>{one.address}</span>}
          <small>{moment(one.startedAt)}</small>
          {one.detail && <small>{one.detail}</small>}
        </li>
      ))}
    </ul>
  );
}
