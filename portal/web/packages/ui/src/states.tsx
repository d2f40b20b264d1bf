/** What a screen shows when it has nothing of its own to show: loading, empty, offline, refused, not subscribed, broken. */
import { words } from '@anhuan/i18n';
import { near } from '@anhuan/i18n/time';
import { said, type WireError } from '@anhuan/wire';
import { CircleAlert, CloudOff, Inbox, Lock, PackagePlus, RefreshCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, cx, type Tone } from './parts';
import css from './ui.module.css';

const t = words({
  loading: ['正在加载…', 'Loading…'],
  again: ['重试', 'Try again'],
  offline: ['没有网络', 'No network'],
  offlineMore: ['这里的内容还没有保存在本机，联网后即可查看。', 'This is not stored on this device yet. It will be here when you are online.'],
  asOf: [(at: string) => `，显示的是 ${at} 的内容`, (at: string) => `. As of ${at}`],
  denied: ['没有权限', 'No permission'],
  deniedMore: ['如需查看，请联系本单位安全员或管理员。', 'If you need to see this, ask your safety officer or administrator.'],
  gone: ['找不到内容', 'Not found'],
  goneMore: ['它可能已被移走，或者不在你的查看范围内。', 'It may have been moved, or it is outside what you can see.'],
  module: ['未开通此模块', 'Module not subscribed'],
  moduleMore: ['本企业尚未开通此功能，管理员可在控制台免费试用 30 天。', 'Your company has not subscribed to this. An administrator can try it free for 30 days in the console.'],
  newer: ['应用有新版本', 'There is a newer version'],
  newerMore: ['刷新后如仍看到旧版，请回首页点“有新版本”更新。已保存的内容不会丢失。', 'If the old one is still there after a reload, tap the new version on the first screen. Nothing that was saved is lost.'],
  reload: ['刷新', 'Reload'],
  broken: ['出错了', 'Something went wrong'],
});

/** A picture, a heading, a sentence, and what to do. */
export function State({ picture, title, children, action }: { picture: ReactNode; title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={css.state} role="status">
      {picture}
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}

/** The shape of what is coming, so that nothing jumps when it comes. */
export function Loading({ lines = 4 }: { lines?: number }) {
  return (
    <div className={css.card} role="status" aria-label={t.loading}>
      {Array.from({ length: lines }, (_, index) => (
        <div key={index} className={css.bone} />
      ))}
    </div>
  );
}

/** Nothing here, and why. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <State picture={<Inbox size={44} strokeWidth={1.4} aria-hidden="true" />} title={title} action={action}>
      {children}
    </State>
  );
}

/** Why there is no answer, and what to do. */
export function Trouble({ problem, onAgain }: { problem: WireError; onAgain?: () => void }) {
  const again = onAgain && <Button kind="soft" onClick={onAgain}>{t.again}</Button>;
  if (problem.trouble === 'network' || problem.trouble === 'busy')
    return <State picture={<CloudOff size={44} strokeWidth={1.4} aria-hidden="true" />} title={t.offline} action={again}>{problem.trouble === 'network' ? t.offlineMore : said(problem)}</State>;
  if (problem.code === 'FORBIDDEN') return <State picture={<Lock size={44} strokeWidth={1.4} aria-hidden="true" />} title={t.denied}>{t.deniedMore}</State>;
  if (problem.code === 'NOT_FOUND') return <State picture={<Inbox size={44} strokeWidth={1.4} aria-hidden="true" />} title={t.gone}>{t.goneMore}</State>;
  if (problem.code === 'MODULE_NOT_SUBSCRIBED') return <State picture={<PackagePlus size={44} strokeWidth={1.4} aria-hidden="true" />} title={t.module}>{said(problem) || t.moduleMore}</State>;
  if (problem.trouble === 'outdated')
    return <State picture={<RefreshCw size={44} strokeWidth={1.4} aria-hidden="true" />} title={t.newer} action={<Button kind="soft" onClick={() => location.reload()}>{t.reload}</Button>}>{t.newerMore}</State>;
  return <State picture={<CircleAlert size={44} strokeWidth={1.4} aria-hidden="true" />} title={t.broken} action={again}>{said(problem)}</State>;
}

/** Above what is remembered: why it is not fresh, and as of when it is. */
export function Stale({ problem, at }: { problem: WireError | undefined; at: number | undefined }) {
  if (!problem || !at) return null;
  return (
    <Notice tone="warn" picture={<CloudOff size={18} aria-hidden="true" />}>
      {problem.trouble === 'network' ? t.offline : said(problem)}{t.asOf(near(at))}
    </Notice>
  );
}

/** A line that tells something, on a ground of its colour. */
export function Notice({ tone = 'brand', picture, children }: { tone?: Tone; picture?: ReactNode; children: ReactNode }) {
  return (
    <div className={cx(css.notice, tone !== 'quiet' && css[tone])}>
      {picture}
      <div>{children}</div>
    </div>
  );
}
