/** The line that says a session has ended while the app goes on: nothing is lost, sending waits. */
import { words } from '@anhuan/i18n';
import { useOutbox } from '@anhuan/outbox';
import { KeyRound } from 'lucide-react';
import css from './app.module.css';

const t = words({
  ended: ['登录已过期', 'Your session has ended'],
  waiting: [(n: number) => `，${n} 条待上传，重新登录后自动继续`, (n: number) => `. ${n} waiting; they go on after you sign in`],
  signIn: ['重新登录', 'Sign in'],
});

export function Ended({ onSignIn }: { onSignIn: () => void }) {
  const { waiting } = useOutbox();
  return (
    <div className={css.ended} role="status">
      <KeyRound size={20} aria-hidden="true" />
      <span>{t.ended}{Boolean(waiting) && t.waiting(waiting!)}</span>
      <button type="button" onClick={onSignIn}>{t.signIn}</button>
    </div>
  );
}
