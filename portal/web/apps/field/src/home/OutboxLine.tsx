/** What of mine is still on this phone: three counts, and never a promise before the phone has been read. */
import { words } from '@anhuan/i18n';
import { useOutbox } from '@anhuan/outbox';
import { cx } from '@anhuan/ui';
import { CheckCheck, CircleAlert, CloudUpload } from 'lucide-react';
import { Link } from 'wouter';
import { useOnline } from '../online';
import { counts, isStranded } from '../reports/levels';
import css from './home.module.css';

const t = words({
  waiting: [(n: number) => `${n} 条待上传，已安全保存在本机`, (n: number) => `${n} waiting, safe on this phone`],
  soon: ['正在自动上传', 'uploading by itself'],
  offline: ['有网络后自动上传', 'goes up when there is network'],
  attention: [(n: number) => `${n} 条未被接受，点这里处理`, (n: number) => `${n} not accepted. Tap to see why`],
  refused: [(n: number) => `${n} 条已上报，但有照片未被接收，点这里处理`, (n: number) => `${n} reported, but a photo was not accepted. Tap to see why`],
  filing: [(n: number) => `${n} 条已上报，照片归档中`, (n: number) => `${n} reported, photos being filed`],
  durable: [(n: number) => `最近 ${n} 条已上报，照片已归档`, (n: number) => `Last ${n} reported, photos on file`],
});

export function OutboxLine() {
  const { entries, problem } = useOutbox();
  const believes = useOnline();
  if (!entries) return problem ? <div className={cx(css.line, css.attention)} role="alert"><CircleAlert size={20} aria-hidden="true" /> {problem.message}</div> : null;
  const isOnline = believes && !entries.some(isStranded);
  const { waiting, received, durable, attention, refused } = counts(entries);
  if (!entries.length) return null;
  return (
    <div role="status">
      {attention > 0 && <Link href="/reports" className={cx(css.line, css.attention)}><CircleAlert size={20} aria-hidden="true" /> {t.attention(attention)}</Link>}
      {refused > 0 && <Link href="/reports" className={cx(css.line, css.attention)}><CircleAlert size={20} aria-hidden="true" /> {t.refused(refused)}</Link>}
      {waiting > 0 && (
        <Link href="/reports" className={cx(css.line, css.waiting)}>
          <CloudUpload size={20} aria-hidden="true" />
          <span>{t.waiting(waiting)}<small>{isOnline ? t.soon : t.offline}</small></span>
        </Link>
      )}
      {!waiting && received > 0 && <Link href="/reports" className={cx(css.line, css.fine)}><CloudUpload size={20} aria-hidden="true" /> {t.filing(received)}</Link>}
      {!waiting && !received && durable > 0 && <Link href="/reports" className={cx(css.line, css.fine)}><CheckCheck size={20} aria-hidden="true" /> {t.durable(durable)}</Link>}
    </div>
  );
}
