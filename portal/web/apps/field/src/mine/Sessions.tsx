/** Where I am signed in, and the way to end all of it at once when a phone is lost. */
import { words } from '@anhuan/i18n';
import { since } from '@anhuan/i18n/time';
import { Button, Loading, Row, Sheet, Tag, toast, Trouble } from '@anhuan/ui';
import { said, signOut, useAsk } from '@anhuan/wire';
import { useLocation } from 'wouter';
import { FieldSessions } from '../gql';
import css from './mine.module.css';

const t = words({
  here: ['本机', 'This one'],
  used: [(when: string) => `最近使用 ${when}`, (when: string) => `last used ${when}`],
  stays: ['保持登录', 'stays signed in'],
  wecom: ['企业微信', 'WeCom'],
  dingtalk: ['钉钉', 'DingTalk'],
  wechat: ['微信', 'WeChat'],
  unknown: ['未知设备', 'Unknown device'],
  all: ['全部退出（含本机）', 'Sign out everywhere, here too'],
});

export function Sessions({ title, onClose }: { title: string; onClose: () => void }) {
  const [, go] = useLocation();
  const { data, problem, again } = useAsk(FieldSessions, {});
  return (
    <Sheet title={title} onClose={onClose}>
      {!data && (problem ? <Trouble problem={problem} onAgain={() => void again()} /> : <Loading />)}
      {data?.mySessions.map((session) => (
        <Row key={session.id} title={device(session.client)} below={[session.address, t.used(since(session.usedAt)), session.stays && t.stays].filter(Boolean).join(' · ')} tail={session.isThis && <Tag tone="brand">{t.here}</Tag>} />
      ))}
      {data && (
        <div className={css.pair}>
          <Button kind="danger" onClick={() => void signOut(true).then(() => go('/', { replace: true }), (found: unknown) => toast(said(found)))}>{t.all}</Button>
        </div>
      )}
    </Sheet>
  );
}

/** A User-Agent as people call it. */
export function device(client: string | null): string {
  if (!client) return t.unknown;
  const system = /iPhone|iPad/.exec(client)?.[0] ?? /Android/.exec(client)?.[0] ?? /Windows|Macintosh|Linux/.exec(client)?.[0];
  const app = /wxwork/i.test(client) ? t.wecom : /dingtalk/i.test(client) ? t.dingtalk : /MicroMessenger/i.test(client) ? t.wechat : /Edg|Firefox|Chrome|Safari/.exec(client)?.[0]?.replace('Edg', 'Edge');
  return [system, app].filter(Boolean).join(' · ') || client.slice(0, 40);
}
