/** A new password in place of the present one; other sessions end with it. */
import { words } from '@anhuan/i18n';
import { Button } from '@anhuan/ui';
import { WireError, act, said } from '@anhuan/wire';
import { SetPassword } from '@anhuan/wire/gql';
import { useState, type FormEvent } from 'react';
import css from './entry.module.css';
import { Secret } from './Secret';
import { strength } from './strength';

const t = words({
  present: ['当前密码', 'Present password'],
  wanted: ['新密码', 'New password'],
  again: ['再次输入新密码', 'New password again'],
  differs: ['两次输入不一致', 'The two differ'],
  missing: ['请填写此项', 'Please fill this in'],
  go: ['保存新密码', 'Save new password'],
  going: ['正在保存…', 'Saving…'],
});

/** The form; `present` is given where the person has just typed it. */
export function ChangePassword({ present: given, onDone }: { present?: string; onDone: () => void }) {
  const [present, setPresent] = useState(given ?? '');
  const [wanted, setWanted] = useState('');
  const [again, setAgain] = useState('');
  const [problem, setProblem] = useState<unknown>(null);
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const { isLong, isMixed } = strength(wanted);

  async function go(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (!present || !isLong || !isMixed || wanted !== again || isBusy) return;
    setBusy(true);
    setProblem(null);
    try {
      await act(SetPassword, { input: { present, wanted } });
      onDone();
    } catch (found) {
      setProblem(found);
    } finally {
      setBusy(false);
    }
  }

  const at = (path: string): string | null =>
    (problem instanceof WireError && problem.problems.find((one) => one.path === path)?.message) || null;
  const placed = at('present') ?? at('wanted') ?? at('password');
  return (
    <form className={css.form} onSubmit={(event) => void go(event)} noValidate>
      {given === undefined && <Secret label={t.present} value={present} onChange={setPresent} wrong={at('present') ?? (isTried && !present ? t.missing : null)} />}
      <Secret label={t.wanted} value={wanted} onChange={setWanted} isNew wrong={at('wanted') ?? at('password') ?? (isTried && !wanted ? t.missing : null)} />
      <Secret label={t.again} value={again} onChange={setAgain} wrong={isTried && wanted !== again ? t.differs : null} />
      {problem !== null && !placed && <p className={css.wrong} role="alert">{said(problem)}</p>}
      <Button type="submit" disabled={isBusy}>{isBusy ? t.going : t.go}</Button>
    </form>
  );
}
