/** My page: how the screen should be, how I am told, what this phone holds, the way out. */
import { speak, spoken, words, type Language } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { applyUpdate, onUpdate, updateReady, useOutbox } from '@anhuan/outbox';
import { Button, Card, Page, Row, Segment, Sheet, Switch, toast, wish, wished } from '@anhuan/ui';
import { act, fetchWho, said, signOut } from '@anhuan/wire';
import { ChangePassword } from '@anhuan/work/entry';
import { BellRing, Hand, KeyRound, LogOut, Snowflake, Sparkles } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { PortalLanguage } from './gql';
import css from './portal.module.css';
import { useSession } from './session';

const t = words({
  title: ['我的', 'Me'],
  account: [(account: string) => `账号 ${account}`, (account: string) => `Account ${account}`],
  language: ['语言', 'Language'],
  zh: ['中文', '中文'],
  en: ['English', 'English'],
  kept: ['消息的语言要联网后才能同时更改', 'Your notices change language once there is network'],
  scale: ['字号', 'Letters'],
  usual: ['标准', 'Usual'],
  large: ['大', 'Large'],
  huge: ['特大', 'Huge'],
  theme: ['显示', 'Screen'],
  auto: ['自动', 'Auto'],
  light: ['浅色', 'Light'],
  dark: ['深色', 'Dark'],
  sun: ['强光', 'Sun'],
  left: ['左手操作', 'Left hand'],
  leftMore: ['按钮放到左手拇指一侧', 'Buttons under the left thumb'],
  gloves: ['戴手套', 'Gloves'],
  glovesMore: ['按钮更大，更好点', 'Larger buttons'],
  wishes: ['消息设置', 'Notice settings'],
  password: ['修改密码', 'Change password'],
  changed: ['密码已修改，其他设备需重新登录', 'Changed. Other devices must sign in again'],
  update: ['有新版本，点此更新', 'A new version is ready. Touch to update'],
  busy: ['正在上传，完成后再更新', 'Something is being sent. Update when it is done'],
  leave: ['退出登录', 'Sign out'],
  sure: ['确定退出？', 'Sign out?'],
  waiting: [(n: number) => `还有 ${n} 条待上传。退出后仍保存在本机，您下次在这里登录时自动继续；别人看不到。`, (n: number) => `${n} still wait. They stay on this phone and go on when you sign in here again; nobody else can see them.`],
  reading: ['正在读取本机记录…', 'Reading what is on this phone…'],
  fine: ['没有待上传的内容。', 'Nothing waits to be sent.'],
  stay: ['先不退', 'Stay'],
});

export default function Mine() {
  useLanguage();
  const [, go] = useLocation();
  const { who } = useSession();
  const [sheet, setSheet] = useState<'password' | 'leave' | null>(null);
  const [hasUpdate, setUpdate] = useState(updateReady());
  useEffect(() => onUpdate(() => setUpdate(updateReady())), []);
  if (!who) return null;
  return (
    <Page title={t.title}>
      <section className={css.who}>
        <span className={css.face} aria-hidden="true">{who.person.name.slice(-2)}</span>
        <div>
          <h2>{who.person.name}</h2>
          <p>{[...who.person.posts.map((post) => post.name), t.account(who.person.account)].join(' · ')}</p>
        </div>
      </section>
      <Looks person={who.person.id} />
      <Card>
        <Row lead={<BellRing size={22} aria-hidden="true" />} title={t.wishes} onClick={() => go('/notice-wishes')} />
        <Row lead={<KeyRound size={22} aria-hidden="true" />} title={t.password} onClick={() => setSheet('password')} />
        {hasUpdate && <Row lead={<Sparkles size={22} aria-hidden="true" />} title={t.update} onClick={() => !applyUpdate() && toast(t.busy)} />}
      </Card>
      <Button kind="danger" onClick={() => setSheet('leave')}><LogOut size={20} aria-hidden="true" />{t.leave}</Button>
      {sheet === 'password' && (
        <Sheet title={t.password} onClose={() => setSheet(null)}>
          <ChangePassword
            onDone={() => {
              toast(t.changed);
              setSheet(null);
            }}
          />
        </Sheet>
      )}
      {sheet === 'leave' && <Leave onClose={() => setSheet(null)} />}
    </Page>
  );
}

function Looks({ person }: { person: string }) {
  const [now, setNow] = useState(wished());
  const change = (some: Parameters<typeof wish>[0]): void => setNow(wish(some));

  async function talk(next: Language): Promise<void> {
    speak(next);
    try {
      await act(PortalLanguage, { input: { personId: person, language: next } });
      await fetchWho();
    } catch {
      toast(t.kept);
    }
  }

  return (
    <Card>
      <div className={css.looks}>
        <span>{t.language}</span>
        <Segment label={t.language} value={spoken()} options={[{ value: 'zh', text: t.zh }, { value: 'en', text: t.en }]} onChange={(next) => void talk(next)} />
        <span>{t.scale}</span>
        <Segment label={t.scale} value={now.scale} options={[{ value: 'usual', text: t.usual }, { value: 'large', text: t.large }, { value: 'huge', text: t.huge }]} onChange={(scale) => change({ scale })} />
        <span>{t.theme}</span>
        <Segment label={t.theme} value={now.theme} options={[{ value: 'auto', text: t.auto }, { value: 'light', text: t.light }, { value: 'dark', text: t.dark }, { value: 'sun', text: t.sun }]} onChange={(theme) => change({ theme })} />
      </div>
      <Switch lead={<Hand size={22} aria-hidden="true" />} title={t.left} below={t.leftMore} isOn={now.isLeftHanded} onChange={(isLeftHanded) => change({ isLeftHanded })} />
      <Switch lead={<Snowflake size={22} aria-hidden="true" />} title={t.gloves} below={t.glovesMore} isOn={now.wearsGloves} onChange={(wearsGloves) => change({ wearsGloves })} />
    </Card>
  );
}

function Leave({ onClose }: { onClose: () => void }) {
  const [, go] = useLocation();
  const { waiting } = useOutbox();
  const [isBusy, setBusy] = useState(false);

  async function leave(): Promise<void> {
    setBusy(true);
    try {
      await signOut();
      // Whoever comes next begins at the beginning, not where somebody else stood.
      go('/', { replace: true });
    } catch (problem) {
      toast(said(problem));
      setBusy(false);
    }
  }

  return (
    <Sheet title={t.sure} onClose={onClose}>
      <p className={css.ask}>{waiting === undefined ? t.reading : waiting > 0 ? t.waiting(waiting) : t.fine}</p>
      <div className={css.two}>
        <Button kind="plain" onClick={onClose}>{t.stay}</Button>
        <Button kind="danger" disabled={isBusy} onClick={() => void leave()}>{t.leave}</Button>
      </div>
    </Sheet>
  );
}
