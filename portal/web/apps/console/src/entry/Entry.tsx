/** Where the console begins for who is not signed in: the product on the left, the form on the right. */
import { useState } from 'react';
import { Button } from 'antd';
import { speak, spoken, words } from '@anhuan/i18n';
import { useTitle } from '../shared/Page';
import { ActivateForm } from './ActivateForm';
import css from './entry.module.css';
import { Picture } from './Picture';
import { SignInForm } from './SignInForm';

const t = words({
  product: ['安环 · 管理台', 'Anhuan Console'],
  title: ['登录', 'Sign in'],
  lead: ['每一条隐患，都有人负责到底', 'Every hazard has somebody who sees it through'],
  more: ['上报、定级、派发、整改、验收、验证，全程留痕、到期必达、逾期自动升级。', 'Report, grade, assign, rectify, review, verify: recorded throughout, on time, and escalated by itself when late.'],
  activated: ['账号已激活，请登录。', 'Your account is active. Please sign in.'],
});

/** Sign in, or activate an account first. */
export default function Entry() {
  const [isNew, setNew] = useState(false);
  const [hint, setHint] = useState<string | null>(null);
  useTitle(t.title);
  return (
    <div className={css.entry}>
      <div className={css.picture}>
        <header>
          <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="" />
          {t.product}
        </header>
        <Picture />
        <div className={css.words}>
          <h1>{t.lead}</h1>
          <p>{t.more}</p>
        </div>
      </div>
      <main className={css.side}>
        <Button className={css.language} type="text" onClick={() => speak(spoken() === 'zh' ? 'en' : 'zh')}>
          {spoken() === 'zh' ? 'English' : '中文'}
        </Button>
        <div className={css.form}>
          <div className={css.small}>
            <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="" />
            {t.product}
          </div>
          {isNew ? (
            <ActivateForm
              onBack={() => setNew(false)}
              onDone={() => {
                setNew(false);
                setHint(t.activated);
              }}
            />
          ) : (
            <SignInForm hint={hint} onNew={() => setNew(true)} />
          )}
        </div>
      </main>
    </div>
  );
}
