/** A password that somebody else gave, or that is too old, is replaced before anything else. */
import { Button } from 'antd';
import { words } from '@anhuan/i18n';
import { signOut } from '@anhuan/wire';
import { useTitle } from '../shared/Page';
import { setMustChange } from '../shell/duty';
import css from './entry.module.css';
import { PasswordForm } from './PasswordForm';

const t = words({
  title: ['请先修改密码', 'Choose a new password first'],
  lead: ['您的密码由他人设置或已到期，修改后才能继续。', 'Yours was set by somebody else or has expired. Change it to go on.'],
  out: ['退出登录', 'Sign out'],
});

/** The whole page, until it is done. */
export default function NewPassword() {
  useTitle(t.title);
  return (
    <main className={css.side} style={{ minHeight: '100vh', background: 'var(--card)' }}>
      <div className={css.form}>
        <h2>{t.title}</h2>
        <p>{t.lead}</p>
        <PasswordForm size="large" onDone={() => setMustChange(false)} />
        <div className={css.under}>
          <Button type="link" style={{ padding: 0 }} onClick={() => void signOut().then(() => setMustChange(false), () => undefined)}>
            {t.out}
          </Button>
        </div>
      </div>
    </main>
  );
}
