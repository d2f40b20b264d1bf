/** At the right of the top: notices, language, light or dark, and one's own account. */
import { Suspense, lazy, useState } from 'react';
import { BellOutlined, DesktopOutlined, MoonOutlined, SunOutlined } from '@ant-design/icons';
import { App, Badge, Dropdown } from 'antd';
import { speak, spoken, words } from '@anhuan/i18n';
import { said, signOut, type Who } from '@anhuan/wire';
import { ShellSpeak, ShellUnread } from '../gql';
import { client, useAct, useAnswer } from '../shared/query';
import { useThemeWish } from './look';
import { useHref } from '../shared/unit';
import { useNavigate } from 'react-router';
import { screens } from '../routes';
import css from './frame.module.css';

const Notices = lazy(() => import('./Notices'));
const MobileApp = lazy(() => import('./MobileApp'));
const Password = lazy(() => import('../entry/Password'));

const t = words({
  notices: [(unread: number) => (unread ? `通知，${unread} 条未读` : '通知'), (unread: number) => (unread ? `Notices, ${unread} unread` : 'Notices')],
  language: ['Switch to English', '切换为中文'],
  theme: ['外观', 'Appearance'],
  light: ['浅色', 'Light'],
  dark: ['深色', 'Dark'],
  auto: ['跟随系统', 'As the system'],
  account: ['我的账号', 'My account'],
  app: ['手机应用', 'Phone app'],
  password: ['修改密码', 'Change password'],
  settings: ['设置', 'Settings'],
  out: ['退出登录', 'Sign out'],
});
const MINUTE = 60_000;

/** The four of them. */
export default function Tools({ who }: { who: Who }) {
  const [shown, show] = useState<'notices' | 'app' | 'password' | null>(null);
  const [theme, wishTheme] = useThemeWish();
  const { message } = App.useApp();
  const go = useNavigate();
  const href = useHref();
  const unread = useAnswer(ShellUnread, {}, ['notice'], { every: MINUTE }).data?.unreadNotices ?? 0;
  const keepLanguage = useAct(ShellSpeak);

  const speakOther = async (): Promise<void> => {
    const language = spoken() === 'zh' ? 'en' : 'zh';
    speak(language);
    try {
      // Kept with the person, so that notices and the phone speak it too.
      await keepLanguage.mutateAsync({ input: { personId: who.person.id, language } });
      await client.invalidateQueries();
    } catch (problem) {
      message.warning(said(problem));
    }
  };
  const leave = async (): Promise<void> => {
    try {
      await signOut();
    } catch (problem) {
      message.error(said(problem));
    }
  };
  const post = who.person.posts.find((one) => one.isPrimary) ?? who.person.posts[0];
  const Theme = theme === 'dark' ? MoonOutlined : theme === 'auto' ? DesktopOutlined : SunOutlined;
  return (
    <>
      <button type="button" className={css.tool} aria-label={t.notices(unread)} onClick={() => show('notices')}>
        <Badge count={unread} size="small" overflowCount={99}>
          <BellOutlined style={{ fontSize: 18, color: 'var(--ink)' }} />
        </Badge>
      </button>
      <button type="button" className={`${css.tool} ${css.roomy}`} lang={spoken() === 'zh' ? 'en' : 'zh-CN'} aria-label={`${spoken() === 'zh' ? 'EN' : '中'}: ${t.language}`} title={t.language} onClick={() => void speakOther()}>
        {spoken() === 'zh' ? 'EN' : '中'}
      </button>
      <Dropdown
        trigger={['click']}
        menu={{
          selectable: true,
          selectedKeys: [theme],
          items: (['light', 'dark', 'auto'] as const).map((key) => ({ key, label: t[key] })),
          onClick: ({ key }) => wishTheme(key as 'light' | 'dark' | 'auto'),
        }}
      >
        <button type="button" className={`${css.tool} ${css.roomy}`} aria-label={t.theme} title={t.theme}>
          <Theme />
        </button>
      </Dropdown>
      <Dropdown
        trigger={['click']}
        placement="bottomRight"
        menu={{
          items: [
            { key: 'who', type: 'group', label: <div style={{ lineHeight: 1.6 }}><b style={{ color: 'var(--ink)' }}>{who.person.name}</b> · {who.person.account}<br />{[who.person.unit?.name, post?.name].filter(Boolean).join(' · ')}<br />{who.company.name}</div> },
            { type: 'divider' },
            { key: 'app', label: t.app },
            ...(screens.some(({ path }) => path === 'settings') ? [{ key: 'settings', label: t.settings }] : []),
            { key: 'password', label: t.password },
            { key: 'language', label: t.language },
            { key: 'theme', label: t.theme, children: (['light', 'dark', 'auto'] as const).map((wanted) => ({ key: wanted, label: t[wanted] })) },
            { type: 'divider' },
            { key: 'out', label: t.out },
          ],
          onClick: ({ key }) => {
            if (key === 'out') void leave();
            else if (key === 'language') void speakOther();
            else if (key === 'light' || key === 'dark' || key === 'auto') wishTheme(key);
            else if (key === 'settings') void go(href('/settings'));
            else if (key === 'app' || key === 'password') show(key);
          },
        }}
      >
        <button type="button" className={`${css.tool} ${css.me}`} title={t.account}>
          <i aria-hidden="true">{who.person.name.slice(0, 1)}</i>
          <span className={css.name}>{who.person.name}</span>
        </button>
      </Dropdown>
      <Suspense fallback={null}>
        {shown === 'notices' && <Notices unread={unread} onClose={() => show(null)} />}
        {shown === 'app' && <MobileApp onClose={() => show(null)} />}
        {shown === 'password' && <Password onClose={() => show(null)} />}
      </Suspense>
    </>
  );
}
