/** Signing in: company, account, password. What was used here last is there already. */
import { words } from '@anhuan/i18n';
import { Button, TextField } from '@anhuan/ui';
import { WireError, said, signIn, type Who } from '@anhuan/wire';
import { useState, type FormEvent } from 'react';
import css from './entry.module.css';
import { keepLast, lastHere, type Last } from './last';
import { Secret } from './Secret';

const t = words({
  company: ['企业代码', 'Company code'],
  companyHint: ['用手机号或邮箱登录时可不填', 'Not needed with a phone number or e-mail'],
  name: ['账号 / 手机号 / 邮箱', 'Account, phone or e-mail'],
  password: ['密码', 'Password'],
  go: ['登录', 'Sign in'],
  going: ['正在登录…', 'Signing in…'],
  activate: ['首次登录？用激活码设置密码', 'First time? Set a password with your activation code'],
  stay: ['在本机保持登录', 'Stay signed in on this device'],
  stayHint: ['多人共用的手机请不要勾选', 'Not on a phone that several people use'],
  forgotten: ['忘记密码请联系本单位安全员或管理员，领取新的激活码。', 'Forgot your password? Ask your safety officer or administrator for a new activation code.'],
  needName: ['请填写账号、手机号或邮箱', 'Enter your account, phone or e-mail'],
  needPassword: ['请填写密码', 'Enter your password'],
});

export interface SignInProps {
  given: Last;
  /** Only this person: the fields of company and account cannot be changed. */
  isFixed: boolean;
  onDone: (who: Who, mustChange: boolean, password: string) => void;
  onActivate: () => void;
}

/** The form. */
export function SignIn({ given, isFixed, onDone, onActivate }: SignInProps) {
  const [company, setCompany] = useState(given.company);
  const [name, setName] = useState(given.name);
  const [password, setPassword] = useState('');
  const [stay, setStay] = useState(lastHere().stay);
  const [problem, setProblem] = useState<unknown>(null);
  const [missing, setMissing] = useState(false);
  const [isBusy, setBusy] = useState(false);

  async function go(event: FormEvent): Promise<void> {
    event.preventDefault();
    setMissing(!name.trim() || !password);
    if (!name.trim() || !password || isBusy) return;
    setBusy(true);
    setProblem(null);
    try {
      const begun = await signIn({ company: company.trim() || null, name: name.trim(), password, stay });
      keepLast({ company: begun.who.company.code, name: name.trim(), stay });
      onDone(begun.who, begun.mustChangePassword, password);
    } catch (found) {
      setProblem(found);
    } finally {
      setBusy(false);
    }
  }

  const wrongCompany = problem instanceof WireError ? problem.problems.find((one) => one.path === 'company')?.message : undefined;
  return (
    <form className={css.form} onSubmit={(event) => void go(event)} noValidate>
      <TextField label={t.company} value={company} onChange={(event) => setCompany(event.target.value)} readOnly={isFixed} hint={isFixed ? undefined : t.companyHint} wrong={wrongCompany} autoComplete="organization" autoCapitalize="none" autoCorrect="off" spellCheck={false} />
      <TextField label={t.name} value={name} onChange={(event) => setName(event.target.value)} readOnly={isFixed} wrong={missing && !name.trim() ? t.needName : null} autoComplete="username" autoCapitalize="none" autoCorrect="off" spellCheck={false} required />
      <Secret label={t.password} value={password} onChange={setPassword} wrong={missing && !password ? t.needPassword : null} />
      <label className={css.stay}>
        <input type="checkbox" checked={stay} onChange={(event) => setStay(event.target.checked)} />
        <span>
          {t.stay}
          <small>{t.stayHint}</small>
        </span>
      </label>
      {problem !== null && !wrongCompany && <p className={css.wrong} role="alert">{said(problem)}</p>}
      <Button type="submit" disabled={isBusy}>{isBusy ? t.going : t.go}</Button>
      {!isFixed && <Button kind="plain" onClick={onActivate}>{t.activate}</Button>}
      <p className={css.small}>{t.forgotten}</p>
    </form>
  );
}
