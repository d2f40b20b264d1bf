/** The four ways that one tap must reach. */
import { words } from '@anhuan/i18n';
import { Badge } from '@anhuan/ui';
import { useUnread } from '@anhuan/work';
import { BellRing, BookOpenCheck, FileClock, ScanLine } from 'lucide-react';
import { Link } from 'wouter';
import css from './home.module.css';

const t = words({
  tiles: ['快捷入口', 'Shortcuts'],
  scan: ['扫码查看', 'Scan a label'],
  reports: ['我的上报', 'My reports'],
  notices: ['通知消息', 'Notices'],
  guide: ['使用指南', 'How to'],
  unread: ['条未读', 'unread'],
});

export function Tiles() {
  const unread = useUnread();
  const tile = (to: string, text: string, Picture: typeof ScanLine, count?: number) => (
    <Link href={to} className={css.tile}>
      <span className={css.tilePicture}>
        <Picture size={26} strokeWidth={1.8} aria-hidden="true" />
        <Badge count={count} label={t.unread} />
      </span>
      {text}
    </Link>
  );
  return (
    <nav className={css.tiles} aria-label={t.tiles}>
      {tile('/scan', t.scan, ScanLine)}
      {tile('/reports', t.reports, FileClock)}
      {tile('/notices', t.notices, BellRing, unread)}
      {tile('/guide', t.guide, BookOpenCheck)}
    </nav>
  );
}
