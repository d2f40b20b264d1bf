/** What stands where an answer is not: it is coming, there is nothing, something is in the way. */
import { Suspense, lazy, type ReactNode } from 'react';
import { Button } from 'antd';
import { words } from '@anhuan/i18n';
import { said, signOut, WireError } from '@anhuan/wire';
import css from './shared.module.css';

// Seldom needed, so it is not in the first load.
const NotSubscribed = lazy(() => import('./NotSubscribed'));

const t = words({
  loading: ['正在加载…', 'Loading…'],
  again: ['重试', 'Try again'],
  reload: ['刷新页面', 'Reload'],
  network: ['连不上服务器', 'The server cannot be reached'],
  networkMore: ['请检查网络，恢复后会自动重试。', 'Check the network; it is tried again by itself.'],
  denied: ['没有查看权限', 'You may not see this'],
  deniedMore: ['您的岗位没有这项权限。如工作需要，请联系本单位系统管理员开通。', 'None of your roles allows it. If your work needs it, ask your administrator.'],
  gone: ['找不到，或您无权查看', 'Not found, or not yours to see'],
  goneMore: ['内容可能已被移走，或不在您的管理范围内。', 'It may have moved, or lies outside your scope.'],
  other: ['本设备已登录另一个账号', 'Somebody else has signed in on this device'],
  otherMore: ['请重新登录后继续。', 'Sign in again to go on.'],
  signIn: ['重新登录', 'Sign in again'],
  broken: ['出了点问题', 'Something went wrong'],
});

/** What is coming has this shape, so that nothing jumps when it comes. */
export function Loading({ shape = 'lines', rows = 6 }: { shape?: 'lines' | 'table' | 'cards' | 'page'; rows?: number }) {
  return (
    <div role="status" aria-label={t.loading} className={shape === 'page' ? css.page : undefined}>
      {(shape === 'cards' || shape === 'page') && (
        <div className={css.columns} style={{ marginBottom: 16 }}>
          {Array.from({ length: shape === 'page' ? 4 : rows }, (_, index) => (
            <div key={index} className={css.boneBlock} />
          ))}
        </div>
      )}
      {shape !== 'cards' && <div className={css.bones}>{Array.from({ length: shape === 'table' ? rows * 2 : rows }, (_, index) => (<div key={index} className={css.bone} style={{ width: `${100 - ((index * 17) % 45)}%` }} />))}</div>}
    </div>
  );
}

interface StateProps {
  picture: 'empty' | 'cloud' | 'lock' | 'gone' | 'broken' | 'module' | 'done';
  title: string;
  children?: ReactNode;
  acts?: ReactNode;
  isSmall?: boolean;
}

/** A picture, a heading, a sentence, and what to do. */
export function State({ picture, title, children, acts, isSmall }: StateProps) {
  return (
    <div className={isSmall ? `${css.state} ${css.isSmall}` : css.state} role="status">
      <Drawing of={picture} />
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {acts && <div className={css.acts}>{acts}</div>}
    </div>
  );
}

/** There is nothing, and why. */
export function Empty({ title, children, acts, isSmall }: Omit<StateProps, 'picture'>) {
  return (
    <State picture="empty" title={title} acts={acts} isSmall={isSmall}>
      {children}
    </State>
  );
}

/** Whoever asks has none of the rights for this. */
export function Denied() {
  return (
    <State picture="lock" title={t.denied}>
      {t.deniedMore}
    </State>
  );
}

/** Why there is no answer, and what to do. */
export function Trouble({ problem, onAgain, isSmall }: { problem: unknown; onAgain?: () => unknown; isSmall?: boolean }) {
  const again = onAgain && (
    <Button type="primary" onClick={() => void onAgain()}>
      {t.again}
    </Button>
  );
  if (!(problem instanceof WireError)) return <State picture="broken" title={t.broken} acts={again} isSmall={isSmall}>{said(problem)}</State>;
  if (problem.trouble === 'network') return <State picture="cloud" title={t.network} acts={again} isSmall={isSmall}>{t.networkMore}</State>;
  if (problem.trouble === 'outdated') return <State picture="broken" title={said(problem)} acts={<Button type="primary" onClick={() => location.reload()}>{t.reload}</Button>} isSmall={isSmall} />;
  if (problem.trouble === 'other-person') {
    // Reloading does not help where a sign-in was cut off halfway: the cookies are one person's, the page is still another's.
    const anew = <Button type="primary" onClick={() => void signOut().catch(() => undefined)}>{t.signIn}</Button>;
    return <State picture="lock" title={t.other} acts={anew} isSmall={isSmall}>{t.otherMore}</State>;
  }
  if (problem.code === 'FORBIDDEN') return <Denied />;
  if (problem.code === 'NOT_FOUND') return <State picture="gone" title={t.gone} isSmall={isSmall}>{t.goneMore}</State>;
  if (problem.code === 'MODULE_NOT_SUBSCRIBED') return <Suspense fallback={null}><NotSubscribed problem={problem} /></Suspense>;
  return <State picture="broken" title={t.broken} acts={again} isSmall={isSmall}>{said(problem)}</State>;
}

/** Line drawings in the colours of the theme. */
function Drawing({ of }: { of: StateProps['picture'] }) {
  return (
    <svg width="112" height="84" viewBox="0 0 112 84" aria-hidden="true">
      <ellipse cx="56" cy="72" rx="44" ry="8" className={css.wash} />
      {of === 'empty' && (
        <>
          <path className={css.line} d="M24 40 34 18h44l10 22v26H24z" />
          <path className={css.accent} d="M24 40h18l5 9h18l5-9h18" />
        </>
      )}
      {of === 'cloud' && (
        <>
          <path className={css.line} d="M34 58a14 14 0 0 1 2-28 20 20 0 0 1 38-2 15 15 0 0 1 4 30z" />
          <path className={css.accent} d="m48 40 16 16m0-16L48 56" />
        </>
      )}
      {of === 'lock' && (
        <>
          <path className={css.line} d="M34 36h44v32H34z" />
          <path className={css.accent} d="M44 36v-9a12 12 0 0 1 24 0v9M56 48v8" />
        </>
      )}
      {of === 'gone' && (
        <>
          <path className={css.line} d="M30 14h34l14 14v40H30z" />
          <path className={css.accent} d="M64 14v14h14M44 46h24M44 56h14" strokeDasharray="4 5" />
        </>
      )}
      {of === 'broken' && (
        <>
          <path className={css.line} d="M56 14 90 68H22z" />
          <path className={css.accent} d="M56 34v16m0 8v.5" />
        </>
      )}
      {of === 'module' && (
        <>
          <path className={css.line} d="M28 26 56 12l28 14v30L56 70 28 56zM28 26l28 14 28-14M56 40v30" />
          <path className={css.accent} d="M84 58v16m-8-8h16" />
        </>
      )}
      {of === 'done' && (
        <>
          <circle className={css.line} cx="56" cy="42" r="26" />
          <path className={css.accent} d="m44 42 8 9 17-18" />
        </>
      )}
    </svg>
  );
}
