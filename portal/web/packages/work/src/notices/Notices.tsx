/** What I was told: urgent and unread first, each leading to its case. */
import { words } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { since } from '@anhuan/i18n/time';
import { Button, Empty, IconButton, Loading, Page, Stale, Tag, Trouble, cx, toast } from '@anhuan/ui';
import { ask, said, useAsk } from '@anhuan/wire';
import { BellRing, CheckCheck, Settings2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { back } from '../back';
import { WorkNotices, type WorkNoticeFragment } from '../gql';
import { useChanges } from '../live';
import css from './notices.module.css';
import { ranked } from './order';
import { NONE, isReadHere, joined, markRead, unsaid, useSay, type Marks } from './read-here';

const t = words({
  title: ['消息', 'Notices'],
  wishes: ['消息设置', 'Notice settings'],
  all: ['全部标为已读', 'Mark all as read'],
  none: ['暂无消息', 'No notices'],
  noneMore: ['任务、提醒和处理结果会出现在这里。', 'Tasks, reminders and results will appear here.'],
  urgent: ['紧急', 'Urgent'],
  unread: ['未读', 'Unread'],
  more: ['加载更早的消息', 'Load earlier ones'],
});

/** The list. */
export default function Notices() {
  useLanguage();
  const [, go] = useLocation();
  const { data, at, problem, again } = useAsk(WorkNotices, { after: null }, 'notices');
  const [earlier, setEarlier] = useState<{ notices: WorkNoticeFragment[]; end: string | null; hasMore: boolean } | null>(null);
  const [here, setHere] = useState<Marks>(NONE);
  useEffect(() => void unsaid().then((kept) => setHere((now) => joined(kept, now))), []);
  useSay(again);
  useChanges(['notice'], () => void again());
  const first = data?.notices.edges.map(({ node }) => node);
  const all = first && unique([...first, ...(earlier?.notices ?? [])]).map((one) => (isReadHere(one.id, here) ? { ...one, readAt: one.readAt ?? one.createdAt } : one));
  const hasMore = earlier ? earlier.hasMore : data?.notices.pageInfo.hasNextPage;

  async function mark(some: Marks): Promise<void> {
    setHere((now) => joined(now, some));
    if (await markRead(some)) await again();
  }

  async function more(): Promise<void> {
    try {
      const page = await ask(WorkNotices, { after: earlier?.end ?? data?.notices.pageInfo.endCursor ?? null });
      setEarlier({ notices: [...(earlier?.notices ?? []), ...page.notices.edges.map(({ node }) => node)], end: page.notices.pageInfo.endCursor, hasMore: page.notices.pageInfo.hasNextPage });
    } catch (failed) {
      toast(said(failed));
    }
  }

  function open(notice: WorkNoticeFragment): void {
    if (!notice.readAt) void mark({ ids: [notice.id], upTo: null });
    if (notice.case) go(`/case/${notice.case.id}`);
  }

  const unread = all?.filter((one) => !one.readAt).length ?? 0;
  const newest = first?.[0];
  return (
    <Page title={t.title} onBack={() => back(go, '/')} side={<IconButton label={t.wishes} onClick={() => go('/notice-wishes')}><Settings2 size={22} /></IconButton>}>
      {all && <Stale problem={problem} at={at} />}
      {!all && (problem ? <Trouble problem={problem} onAgain={() => void again()} /> : <Loading lines={8} />)}
      {all?.length === 0 && <Empty title={t.none}>{t.noneMore}</Empty>}
      {unread > 0 && newest && <Button kind="soft" onClick={() => void mark({ ids: [], upTo: newest.id })}><CheckCheck size={20} aria-hidden="true" />{t.all}</Button>}
      <ul className={css.list}>
        {ranked(all ?? []).map((notice) => (
          <li key={notice.id}>
            <button type="button" className={cx(css.notice, !notice.readAt && css.unread, notice.isUrgent && !notice.readAt && css.urgent)} onClick={() => open(notice)}>
              <span className={css.head}>
                {notice.isUrgent && <BellRing size={18} aria-hidden="true" />}
                <b>{notice.title}</b>
                {!notice.readAt && <i className={css.dot}><span className="unseen">{t.unread}</span></i>}
              </span>
              <span className={css.body}>{notice.body}</span>
              <span className={css.foot}>
                {notice.isUrgent && <Tag tone="major">{t.urgent}</Tag>}
                <span>{since(notice.createdAt)}</span>
                {notice.case && <span>{notice.case.number}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {hasMore && <Button kind="plain" onClick={() => void more()}>{t.more}</Button>}
    </Page>
  );
}

function unique(notices: readonly WorkNoticeFragment[]): WorkNoticeFragment[] {
  return [...new Map(notices.map((notice) => [notice.id, notice])).values()];
}
