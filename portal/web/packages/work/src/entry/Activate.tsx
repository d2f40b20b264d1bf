/** A first password, with the code that an administrator handed over. */
import { words } from '@anhuan/i18n';
import { Button, TextField } from '@anhuan/ui';
import { WireError, act, said } from '@anhuan/wire';
import { Activate as ActivateDocument } from '@anhuan/wire/gql';
import { useState, type FormEvent } from 'react';
import css from './entry.module.css';
import { keepLast, type Last } from './last';
import { Secret } from './Secret';
import { strength } from './strength';

const t = words({
  lead: ['激活码由管理员发放，只能使用一次。', 'Your administrator gives you the code. It works once.'],
  company: ['企业代码', 'Company code'],
  name: ['账号', 'Account'],
  code: ['激活码', 'Activation code'],
  password: ['设置新密码', 'New password'],
  go: ['激活账号', 'Activate'],
  going: ['正在激活…', 'Activating…'],
  back: ['返回登录', 'Back to sign-in'],
  missing: ['请填写此项', 'Please fill this in'],
});

/** The form; once it is done the person signs in with what they chose. */
export function Activate({ given, onDone, onBack }: { given: Last; onDone: (last: Last) => void; onBack: () => void }) {
  const [company, setCompany] = useState(given.company);
  const [name, setName] = useState(given.name);
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<unknown>(null);
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const { isLong, isMixed } = strength(password);

  async function go(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (!company.trim() || !name.trim() || !code.trim() || !isLong || !isMixed || isBusy) return;
    setBusy(true);
    setProblem(null);
    const last = { company: company.trim(), name: name.trim() };
    try {
      await act(ActivateDocument, { input: { ...last, code: code.trim(), password } }, { once: true });
      keepLast(last);
      onDone(last);
    } catch (found) {
      setProblem(found);
    } finally {
      setBusy(false);
    }
  }

  const wrong = (value: string): string | null => (isTried && !value.trim() ? t.missing : null);
  const refused = problem instanceof WireError ? problem.problems.find((one) => one.path === 'password')?.message : undefined;
  return (
    <form className={css.form} onSubmit={(event) => void go(event)} noValidate>
      <p className={css.lead}>{t.lead}</p>
      <TextField label={t.company} value={company} onChange={(event) => setCompany(event.target.value)} wrong={wrong(company)} autoCapitalize="none" autoCorrect="off" spellCheck={false} required />
      <TextField label={t.name} value={name} onChange={(event) => setName(event.target.value)} wrong={wrong(name)} autoComplete="username" autoCapitalize="none" autoCorrect="off" spellCheck={false} required />
      <TextField label={t.code} value={code} onChange={(event) => setCode(event.target.value)} wrong={wrong(code)} autoComplete="one-time-code" autoCapitalize="characters" autoCorrect="off" spellCheck={false} required />
      <Secret label={t.password} value={password} onChange={setPassword} isNew wrong={refused ?? wrong(password)} />
      {problem !== null && !refused && <p className={css.wrong} role="alert">{said(problem)}</p>}
      <Button type="submit" disabled={isBusy}>{isBusy ? t.going : t.go}</Button>
      <Button kind="plain" onClick={onBack}>{t.back}</Button>
    </form>
  );
}
