/** Signing in: with what waits on this device said in numbers, and nothing of anybody else shown. */
import { words } from '@anhuan/i18n';
import { useOutbox, waitingOfOthers } from '@anhuan/outbox';
import { Button, Notice } from '@anhuan/ui';
import { sessionEnded, whoIsHere } from '@anhuan/wire';
import { Entry } from '@anhuan/work/entry';
import { CloudUpload } from 'lucide-react';
import { useEffect, useState } from 'react';
import css from './app.module.css';

const t = words({
  title: ['安环', 'Anhuan'],
  mine: [(n: number) => `你有 ${n} 条待上传，登录后自动继续。`, (n: number) => `${n} of yours wait; they go on once you are in.`],
  others: [(n: number) => `本机还有 ${n} 条记录待上传，由本人登录后自动继续，别人看不到内容。`, (n: number) => `${n} entries wait on this device. They go on when the person who made them signs in; nobody else can see them.`],
  later: ['先不登录，继续查看', 'Not now, just look'],
});

export default function Door({ onDone, onBack }: { onDone: () => void; onBack: (() => void) | undefined }) {
  const known = sessionEnded() ? whoIsHere() : null;
  const { waiting } = useOutbox();
  const [others, setOthers] = useState(0);
  useEffect(() => {
    waitingOfOthers().then(setOthers, () => undefined);
  }, []);
  return (
    <Entry title={t.title} onDone={onDone} known={known ? { company: known.company.code, name: known.person.account } : undefined}>
      <div className={css.doorSaid}>
        {known && Boolean(waiting) && <Notice tone="warn" picture={<CloudUpload size={20} aria-hidden="true" />}>{t.mine(waiting!)}</Notice>}
        {others > 0 && <Notice tone="brand" picture={<CloudUpload size={20} aria-hidden="true" />}>{t.others(others)}</Notice>}
        {onBack && <Button kind="plain" onClick={onBack}>{t.later}</Button>}
      </div>
    </Entry>
  );
}
