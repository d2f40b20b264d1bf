/** The hazards that are late the longest. */
import { Table } from 'antd';
import { Link } from 'react-router';
import { words } from '@anhuan/i18n';
import { Panel } from '../shared/Page';
import { Due, Grade, PersonName } from '../shared/parts';
import { State } from '../shared/states';
import { useHref } from '../shared/unit';
import type { Figures } from './OverviewPage';
import css from './overview.module.css';

const t = words({
  title: ['超期最久', 'Longest overdue'],
  all: ['查看全部超期', 'All that is overdue'],
  number: ['编号', 'Number'],
  what: ['隐患', 'Hazard'],
  grade: ['等级', 'Grade'],
  unit: ['发生单位', 'Unit'],
  responsible: ['责任单位／责任人', 'Responsible'],
  stage: ['当前环节', 'Stage'],
  due: ['期限', 'Due'],
  none: ['没有超期的隐患', 'Nothing is overdue'],
  noneMore: ['当前范围内的隐患都在期限之内。', 'Everything here is within its time.'],
});

/** At most ten. */
export function LongestOverdue({ of: figures }: { of: Figures }) {
  const href = useHref();
  return (
    <Panel title={t.title} acts={figures.standing.overdue > 0 && <Link to={href('/hazards?overdue=1')}>{t.all}</Link>}>
      {figures.longestOverdue.length ? (
        <Table
          rowKey="id"
          size="small"
          pagination={false}
          scroll={{ x: 900 }}
          dataSource={figures.longestOverdue}
          columns={[
            { title: t.number, width: 140, render: (_, one) => <Link to={href(`/case/${one.id}`)}>{one.number}</Link> },
            { title: t.what, dataIndex: 'title', ellipsis: true },
            { title: t.grade, width: 110, render: (_, one) => <Grade of={one.grade} /> },
            { title: t.unit, width: 130, render: (_, one) => one.unit?.name ?? '—' },
            { title: t.responsible, width: 200, render: (_, one) => (one.responsible ? <PersonName of={one.responsible} /> : (one.responsibleUnit?.name ?? '—')) },
            { title: t.stage, dataIndex: 'stageName', width: 120 },
            { title: t.due, width: 140, className: css.late, render: (_, one) => <Due at={one.dueAt} /> },
          ]}
        />
      ) : (
        <State picture="done" isSmall title={t.none}>
          {t.noneMore}
        </State>
      )}
    </Panel>
  );
}
