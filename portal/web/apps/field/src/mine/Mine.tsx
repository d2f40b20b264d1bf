/** 我的: who I am, how the screen should be, what this phone holds, and the way out. */
import { words } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { Card, Page, Row } from '@anhuan/ui';
import { BellRing, BookOpenCheck, KeyRound, MonitorSmartphone, Monitor } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useWho } from '../session';
import { Device } from './Device';
import { Looks } from './Looks';
import css from './mine.module.css';
import { Leave } from './Leave';
import { Password } from './Password';
import { Sessions } from './Sessions';

const t = words({
  title: ['我的', 'Me'],
  account: [(account: string) => `账号 ${account}`, (account: string) => `Account ${account}`],
  wishes: ['通知方式', 'How I am told'],
  wishesMore: ['渠道顺序、免打扰时段', 'Channels and quiet hours'],
  guide: ['使用指南', 'How to'],
  guideMore: ['没有网络也能看', 'Works without network'],
  password: ['修改密码', 'Change password'],
  sessions: ['登录设备', 'Signed-in devices'],
  desktop: ['电脑版', 'Desktop version'],
  desktopMore: ['看板、台账与统计', 'Boards, ledgers and figures'],
});

export default function Mine() {
  useLanguage();
  const [, go] = useLocation();
  const who = useWho();
  const [sheet, setSheet] = useState<'password' | 'sessions' | null>(null);
  const { person, company } = who;
  return (
    <Page title={t.title}>
      <section className={css.who}>
        <span className={css.face} aria-hidden="true">{person.name.slice(-2)}</span>
        <div>
          <h2>{person.name}</h2>
          <p>{(person.unit?.path ?? [company.name]).join(' / ')}</p>
          <p>{[...person.posts.map((post) => post.name), t.account(person.account)].join(' · ')}</p>
        </div>
      </section>
      <Looks />
      <Card>
        <Row lead={<BellRing size={22} aria-hidden="true" />} title={t.wishes} below={t.wishesMore} onClick={() => go('/notice-wishes')} />
        <Row lead={<BookOpenCheck size={22} aria-hidden="true" />} title={t.guide} below={t.guideMore} onClick={() => go('/guide')} />
      </Card>
      <Device />
      <Card>
        <Row lead={<KeyRound size={22} aria-hidden="true" />} title={t.password} onClick={() => setSheet('password')} />
        <Row lead={<MonitorSmartphone size={22} aria-hidden="true" />} title={t.sessions} onClick={() => setSheet('sessions')} />
        <Row lead={<Monitor size={22} aria-hidden="true" />} title={t.desktop} below={t.desktopMore} onClick={() => location.assign('/console/')} />
      </Card>
      <Leave />
      {sheet === 'password' && <Password title={t.password} onClose={() => setSheet(null)} />}
      {sheet === 'sessions' && <Sessions title={t.sessions} onClose={() => setSheet(null)} />}
    </Page>
  );
}
