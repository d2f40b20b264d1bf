/** The first screen of somebody from an outside firm: their work is in the portal; what they see here they can still report. */
import { words } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { Button, State } from '@anhuan/ui';
import { Handshake } from 'lucide-react';
import { useEffect } from 'react';
import { useLocation } from 'wouter';
import css from './app.module.css';
import { useWho } from './session';

const t = words({
  title: ['安环', 'Anhuan'],
  outside: [(name: string) => `${name}，您是相关方人员`, (name: string) => `${name}, you are with an outside firm`],
  more: ['贵单位的任务、整改和消息都在相关方端。', 'The tasks, open work and notices of your firm are in the partners’ app.'],
  portal: ['打开相关方端', 'Open the partners’ app'],
  report: ['上报隐患', 'Report a hazard'],
});

export default function Outside() {
  useLanguage();
  const { person, can } = useWho();
  const [, go] = useLocation();
  useEffect(() => {
    document.title = t.title;
  }, []);
  return (
    <main className={css.outside}>
      <State
        picture={<Handshake size={48} strokeWidth={1.4} aria-hidden="true" />}
        title={t.outside(person.name)}
        action={
          <>
            <Button onClick={() => location.assign('/portal/')}>{t.portal}</Button>
            {can.includes('hazard.report') && <Button kind="plain" onClick={() => go('/report')}>{t.report}</Button>}
          </>
        }
      >
        {t.more}
      </State>
    </main>
  );
}
