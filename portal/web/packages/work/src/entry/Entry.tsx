/** The door of an app: sign in, activate an account, or replace a password that may not stay. */
import { words, speak, spoken } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { Toasts, toast } from '@anhuan/ui';
import type { Who } from '@anhuan/wire';
import { Languages, ShieldCheck } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { Activate } from './Activate';
import { ChangePassword } from './ChangePassword';
import css from './entry.module.css';
import { lastHere, type Last } from './last';
import { SignIn } from './SignIn';

const t = words({
  lead: ['看见隐患，人人都能随手报', 'See a hazard, report it on the spot'],
  signIn: ['登录', 'Sign in'],
  activate: ['激活账号', 'Activate your account'],
  change: ['请设置新密码', 'Choose a new password'],
  changeLead: ['为了账号安全，继续使用前需要更换密码。', 'For your account’s safety, replace the password before you go on.'],
  activated: ['账号已激活，请登录', 'Activated. Please sign in'],
  language: ['English', '中文'],
  languageLabel: ['English（切换为英文）', '中文 (switch to Chinese)'],
});

export interface EntryProps {
  /** The name of the app. */
  title: string;
  /** A line beneath it; what the field app is for, if nothing else is said. */
  lead?: string;
  onDone: (who: Who) => void;
  /** Whose session has ended: the same person is asked again. */
  known?: Last;
  /** What else should be said here, such as what still waits on this device. */
  children?: ReactNode;
}

type Step = { name: 'sign-in'; last: Last } | { name: 'activate' } | { name: 'change'; who: Who; password: string };

/** The whole screen; to be kept until `onDone`, since a session may begin before its password has been replaced. */
export function Entry({ title, lead, onDone, known, children }: EntryProps) {
  useLanguage();
  const [step, setStep] = useState<Step>({ name: 'sign-in', last: known ?? lastHere() });
  useEffect(() => {
    document.title = title;
  }, [title]);
  const heading = step.name === 'sign-in' ? t.signIn : step.name === 'activate' ? t.activate : t.change;
  return (
    <div className={css.entry}>
      <header className={css.hero}>
        <button type="button" className={css.language} aria-label={t.languageLabel} onClick={() => speak(spoken() === 'zh' ? 'en' : 'zh')}>
          <Languages size={18} aria-hidden="true" /> {t.language}
        </button>
        <ShieldCheck className={css.mark} size={52} strokeWidth={1.6} aria-hidden="true" />
        <h1>{title}</h1>
        <p>{lead ?? t.lead}</p>
      </header>
      <main className={css.box}>
        <h2>{heading}</h2>
        {children}
        {step.name === 'sign-in' && (
          <SignIn
            given={step.last}
            isFixed={Boolean(known)}
            onActivate={() => setStep({ name: 'activate' })}
            onDone={(who, mustChange, password) => (mustChange ? setStep({ name: 'change', who, password }) : onDone(who))}
          />
        )}
        {step.name === 'activate' && (
          <Activate
            given={lastHere()}
            onBack={() => setStep({ name: 'sign-in', last: lastHere() })}
            onDone={(last) => {
              toast(t.activated);
              setStep({ name: 'sign-in', last });
            }}
          />
        )}
        {step.name === 'change' && (
          <>
            <p className={css.lead}>{t.changeLead}</p>
            <ChangePassword present={step.password} onDone={() => onDone(step.who)} />
          </>
        )}
      </main>
      <Toasts />
    </div>
  );
}
