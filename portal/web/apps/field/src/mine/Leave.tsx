/** Sign out; what waits stays on the phone for when the same person comes back, and that is said first. */
import { words } from '@anhuan/i18n';
import { useOutbox } from '@anhuan/outbox';
import { Button, Sheet, toast } from '@anhuan/ui';
import { said, signOut } from '@anhuan/wire';
import { LogOut } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import css from './mine.module.css';

const t = words({
  leave: ['退出登录', 'Sign out'],
  sure: ['确定退出？', 'Sign out?'],
  waiting: [(n: number) => `还有 ${n} 条待上传。退出后它们仍保存在本机，你下次在这台手机登录时自动继续；别人看不到。`, (n: number) => `${n} still wait. They stay on this phone and go on when you sign in here again; nobody else can see them.`],
  fine: ['没有待上传的内容。', 'Nothing waits to be sent.'],
  reading: ['正在读取本机记录…', 'Reading what is on this phone…'],
  stay: ['先不退', 'Stay'],
});

export function Leave() {
  const [, go] = useLocation();
  const { waiting } = useOutbox();
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);

  async function leave(): Promise<void> {
    setBusy(true);
    try {
      await signOut();
      // Whoever comes next begins at the beginning, not where somebody else stood.
      go('/', { replace: true });
    } catch (problem) {
      toast(said(problem));
      setBusy(false);
    }
  }

  return (
    <>
      <Button kind="danger" onClick={() => setAsking(true)}><LogOut size={20} aria-hidden="true" /> {t.leave}</Button>
      {isAsking && (
        <Sheet title={t.sure} onClose={() => setAsking(false)}>
          <p className={css.ask}>{waiting === undefined ? t.reading : waiting > 0 ? t.waiting(waiting) : t.fine}</p>
          <div className={css.pair}>
            <Button kind="plain" onClick={() => setAsking(false)}>{t.stay}</Button>
            <Button kind="danger" disabled={isBusy} onClick={() => void leave()}>{t.leave}</Button>
          </div>
        </Sheet>
      )}
    </>
  );
}
