/** What one was told, newest first, beside whatever is on the screen. */
import { App, Button, Drawer } from 'antd';
import { useNavigate } from 'react-router';
import { words } from '@anhuan/i18n';
import { since } from '@anhuan/i18n/time';
import { said } from '@anhuan/wire';
import { ShellMarkRead, ShellNotices } from '../gql';
import { Tag } from '../shared/parts';
import { useAct, useAnswer } from '../shared/query';
import { Empty, Loading, Trouble } from '../shared/states';
import { useHref } from '../shared/unit';
import { screens } from '../routes';
import css from './notices.module.css';

const t = words({
  title: ['通知', 'Notices'],
  all: ['全部已读', 'Mark all as read'],
  more: ['查看全部通知', 'All notices'],
  urgent: ['紧急', 'Urgent'],
  unread: ['未读', 'Unread'],
  none: ['暂无通知', 'No notices'],
  noneMore: ['派发给您的任务、到期提醒和升级都会出现在这里。', 'Tasks for you, reminders and escalations will appear here.'],
});

/** A drawer; a notice leads to its case and counts as read from then on. */
export default function Notices({ unread, onClose }: { unread: number; onClose: () => void }) {
  const answer = useAnswer(ShellNotices, {}, ['notice']);
  const mark = useAct(ShellMarkRead, ['notice']);
  const { message } = App.useApp();
  const go = useNavigate();
  const href = useHref();
  const rows = answer.data?.notices.edges.map(({ node }) => node);
  const read = async (input: { id?: string; upTo?: string }): Promise<void> => {
    try {
      await mark.mutateAsync({ input });
    } catch (problem) {
      message.error(said(problem));
    }
  };
  const open = (notice: NonNullable<typeof rows>[number]): void => {
    if (!notice.readAt) void read({ id: notice.id });
    if (notice.case) {
      onClose();
      void go(href(`/case/${notice.case.id}`));
    }
  };
  return (
    <Drawer
      open
      title={t.title}
      size={420}
      onClose={onClose}
      extra={unread > 0 && rows?.[0] && <Button type="link" size="small" loading={mark.isPending} onClick={() => void read({ upTo: rows[0]!.id })}>{t.all}</Button>}
      footer={screens.some(({ path }) => path === 'notices') && <Button type="link" block onClick={() => (onClose(), void go(href('/notices')))}>{t.more}</Button>}
      styles={{ body: { padding: 0 } }}
    >
      {answer.error && !rows ? <Trouble problem={answer.error} onAgain={answer.refetch} isSmall /> : null}
      {answer.isLoading && <div style={{ padding: 24 }}><Loading rows={8} /></div>}
      {rows?.length === 0 && <Empty title={t.none}>{t.noneMore}</Empty>}
      <ul className={css.list}>
        {rows?.map((notice) => (
          <li key={notice.id}>
            <button type="button" className={notice.readAt ? css.notice : `${css.notice} ${css.isNew}`} onClick={() => open(notice)}>
              <b>
                {!notice.readAt && <span className="unseen">{t.unread}</span>}
                {notice.isUrgent && <Tag tone="major">{t.urgent}</Tag>} {notice.title}
              </b>
              <span>{notice.body}</span>
              <small>{since(notice.createdAt)}</small>
            </button>
          </li>
        ))}
      </ul>
    </Drawer>
  );
}
