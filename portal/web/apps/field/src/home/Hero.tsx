/** Whose app this is, and whether it can be trusted without network. */
import { words } from '@anhuan/i18n';
import { Badge, cx } from '@anhuan/ui';
import { useTasks, useUnread } from '@anhuan/work';
import { Bell, CloudCheck, CloudOff, TriangleAlert, Wifi } from 'lucide-react';
import { Link } from 'wouter';
import { useOnline, useReady } from '../online';
import { useWho } from '../session';
import css from './home.module.css';

const t = words({
  morning: ['早上好', 'Good morning'],
  noon: ['中午好', 'Good day'],
  afternoon: ['下午好', 'Good afternoon'],
  evening: ['晚上好', 'Good evening'],
  night: ['夜班辛苦了', 'Thanks for the night shift'],
  notices: ['通知', 'Notices'],
  unread: ['条未读', 'unread'],
  ready: ['离线可用', 'Works offline'],
  offline: ['无网络，可照常上报', 'No network, report as usual'],
  stranded: ['无网络', 'No network'],
  needs: ['需联网打开', 'Needs network'],
  broken: ['本机无法保存', 'Cannot store here'],
  looking: ['检查中', 'Checking'],
});

function greeting(hour: number): string {
  if (hour < 5) return t.night;
  if (hour < 11) return t.morning;
  if (hour < 14) return t.noon;
  if (hour < 18) return t.afternoon;
  return hour < 23 ? t.evening : t.night;
}

export function Hero() {
  const who = useWho();
  const unread = useUnread();
  const unit = who.person.unit?.name;
  return (
    <header className={css.hero}>
      <div className={css.heroIn}>
        <div className={css.heroTop}>
          <Pill />
          <Link href="/notices" className={css.bell}>
            <span className="unseen">{t.notices}</span>
            <Bell size={24} aria-hidden="true" />
            <Badge count={unread} label={t.unread} />
          </Link>
        </div>
        <h1><small>{greeting(new Date().getHours())}</small>{who.person.name}</h1>
        <p>{[who.company.name, unit].filter(Boolean).join(' · ')}</p>
      </div>
    </header>
  );
}

function Pill() {
  // A browser believes in a network that reaches nobody; what was just asked and not answered is the better witness.
  const { problem } = useTasks();
  const isOnline = useOnline() && problem?.trouble !== 'network';
  const ready = useReady();
  const [text, Picture, isBad] =
    ready === 'no-storage' ? [t.broken, TriangleAlert, true] as const
    : !isOnline ? [ready === 'ready' ? t.offline : t.stranded, CloudOff, ready !== 'ready'] as const
    : ready === 'ready' ? [t.ready, CloudCheck, false] as const
    : ready === 'needs-network' ? [t.needs, Wifi, false] as const
    : [t.looking, Wifi, false] as const;
  return (
    <span className={cx(css.pill, isBad && css.bad)} role="status">
      <Picture size={18} aria-hidden="true" /> {text}
    </span>
  );
}
