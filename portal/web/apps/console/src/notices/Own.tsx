/** One's own notices, newest first. */
import { useState } from 'react';
import { App, Button, Segmented } from 'antd';
import { CheckOutlined } from '@ant-design/icons';
import { useNavigate } from 'react-router';
import { words } from '@anhuan/i18n';
import { since } from '@anhuan/i18n/time';
import { said } from '@anhuan/wire';
import { ConsoleMarkRead, ConsoleNotices, type ConsoleNoticeFragment } from '../gql';
import { Answered } from '../shared/Answered';
import { Pager, usePages } from '../shared/Pager';
import { Tag } from '../shared/parts';
import { useAct, useAnswer } from '../shared/query';
import { Empty, State } from '../shared/states';
import { useHref } from '../shared/unit';
import css from './notices.module.css';
import { reaches } from './words';

const t = words({
  which: ['显示', 'Show'],
  all: ['全部', 'All'],
  unread: ['未读', 'Unread'],
  readAll: ['本页及更早的全部标为已读', 'Mark these and older ones as read'],
  read: ['标为已读', 'Mark as read'],
  open: ['去处理', 'Open'],
  urgent: ['紧急', 'Urgent'],
  isNew: ['未读', 'unread'],
  none: ['还没有通知', 'No notices yet'],
  noneMore: ['派给您的任务、到期提醒和升级都会出现在这里。', 'Tasks for you, reminders and escalations will appear here.'],
  done: ['都看过了', 'All read'],
});

const SIZE = 20;

/** A list with what can be done. */
export function Own() {
  const [unread, setUnread] = useState(false);
  const pages = usePages(String(unread));
  const answer = useAnswer(ConsoleNotices, { unread, first: SIZE, after: pages.after }, ['notice'], { keeps: true });
  const mark = useAct(ConsoleMarkRead, ['notice']);
  const { message } = App.useApp();
  const go = useNavigate();
  const href = useHref();
  const read = async (input: { id?: string; upTo?: string }): Promise<void> => {
    try {
      await mark.mutateAsync({ input });
    } catch (problem) {
      message.error(said(problem));
    }
  };
  const open = (notice: ConsoleNoticeFragment): void => {
    if (!notice.readAt) void read({ id: notice.id });
    if (notice.case) void go(href(`/case/${notice.case.id}`));
  };
  return (
    <>
      <div className={css.tools}>
        <Segmented
          aria-label={t.which}
          value={unread ? 'unread' : 'all'}
          onChange={(next) => setUnread(next === 'unread')}
          options={[
            { value: 'all', label: t.all },
            { value: 'unread', label: t.unread },
          ]}
        />
        <span style={{ flex: 1 }} />
        <Button
          icon={<CheckOutlined />}
          loading={mark.isPending}
          disabled={!answer.data?.notices.edges.some(({ node }) => !node.readAt)}
          onClick={() => void read({ upTo: answer.data!.notices.edges[0]!.node.id })}
        >
          {t.readAll}
        </Button>
      </div>
      <Answered of={answer} rows={8}>
        {({ notices }) =>
          notices.edges.length ? (
            <>
              <ul className={css.list}>
                {notices.edges.map(({ node }) => (
                  <li key={node.id} className={node.readAt ? css.isRead : undefined}>
                    <span className={node.readAt ? css.dot : `${css.dot} ${css.isNew}`} role={node.readAt ? undefined : 'img'} aria-label={node.readAt ? undefined : t.isNew} />
                    <div>
                      <div className={css.title}>
                        {node.title} {node.isUrgent && <Tag tone="major">{t.urgent}</Tag>}
                      </div>
                      <p className={css.body}>{node.body}</p>
                      <div className={css.row}>
                        {node.case && (
                          <Button type="link" size="small" style={{ padding: 0 }} onClick={() => open(node)}>
                            {t.open} {node.case.number}
                          </Button>
                        )}
                        {!node.readAt && (
                          <Button type="text" size="small" onClick={() => void read({ id: node.id })}>
                            {t.read}
                          </Button>
                        )}
                      </div>
                    </div>
                    <div className={css.meta}>
                      <span>{since(node.createdAt)}</span>
                      <span>{reaches(node.reach)}</span>
                    </div>
                  </li>
                ))}
              </ul>
              <Pager pages={pages} size={SIZE} here={notices.edges.length} total={notices.totalCount} info={notices.pageInfo} />
            </>
          ) : unread ? (
            <State picture="done" title={t.done} />
          ) : (
            <Empty title={t.none}>{t.noneMore}</Empty>
          )
        }
      </Answered>
    </>
  );
}
