/** What reached nobody outside the app and was not read in it, so that somebody goes and tells them. */
import { Table } from 'antd';
import { Link } from 'react-router';
import { words } from '@anhuan/i18n';
import { moment } from '@anhuan/i18n/time';
import { ConsoleUndelivered, type ConsoleUndeliveredQuery } from '../gql';
import { Answered } from '../shared/Answered';
import { PersonName, Tag } from '../shared/parts';
import { useAnswer } from '../shared/query';
import { State } from '../shared/states';
import { useHref } from '../shared/unit';
import { Attempts } from './Attempts';

const t = words({
  who: ['接收人', 'Person'],
  unit: ['单位', 'Unit'],
  what: ['通知', 'Notice'],
  case: ['事项', 'Case'],
  when: ['放弃时间', 'Given up'],
  urgent: ['紧急', 'Urgent'],
  tries: ['发送过程', 'Tries'],
  none: ['没有未送达的通知', 'Everything got through'],
  noneMore: ['所有外发通知都已送达，或本人已在应用内看过。', 'Every notice was delivered, or read in the app.'],
});

type Row = ConsoleUndeliveredQuery['undeliveredNotices'][number];

/** A table; a row opens to its tries. */
export function Undelivered() {
  const answer = useAnswer(ConsoleUndelivered, {}, ['notice']);
  const href = useHref();
  return (
    <Answered of={answer} shape="table">
      {({ undeliveredNotices }) =>
        undeliveredNotices.length ? (
          <Table<Row>
            rowKey="id"
            size="small"
            pagination={false}
            scroll={{ x: 720 }}
            dataSource={undeliveredNotices}
            expandable={{ expandedRowRender: (notice) => <Attempts of={notice.attempts} />, columnTitle: <span className="unseen">{t.tries}</span> }}
            columns={[
              { title: t.who, width: 150, render: (_, notice) => <PersonName of={notice.person} /> },
              { title: t.unit, width: 160, render: (_, notice) => notice.person?.unit?.name ?? '—' },
              {
                title: t.what,
                render: (_, notice) => (
                  <>
                    {notice.title} {notice.isUrgent && <Tag tone="major">{t.urgent}</Tag>}
                  </>
                ),
              },
              { title: t.case, width: 150, render: (_, notice) => (notice.case ? <Link to={href(`/case/${notice.case.id}`)}>{notice.case.number}</Link> : '—') },
              { title: t.when, width: 160, render: (_, notice) => (notice.undeliveredAt ? moment(notice.undeliveredAt) : '—') },
            ]}
          />
        ) : (
          <State picture="done" title={t.none}>
            {t.noneMore}
          </State>
        )
      }
    </Answered>
  );
}
