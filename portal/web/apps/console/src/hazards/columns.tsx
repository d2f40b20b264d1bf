/** The columns of the list: what each is called, shows, and how wide it begins. Codes are those of the Excel file. */
import { SyncOutlined } from '@ant-design/icons';
import { named, words } from '@anhuan/i18n';
import { moment } from '@anhuan/i18n/time';
import { clockWords } from '@anhuan/work/case/clock';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { HazardRowFragment } from '../gql';
import { Due, Grade, PersonName, Tag } from '../shared/parts';
import css from './ledger.module.css';

export type Row = HazardRowFragment;

const t = words({
  number: ['编号', 'Number'],
  title: ['隐患', 'Hazard'],
  grade: ['等级', 'Grade'],
  stage: ['当前环节', 'Stage'],
  status: ['状态', 'Status'],
  type: ['类别', 'Kind'],
  unit: ['发生单位', 'Unit'],
  area: ['区域', 'Area'],
  asset: ['设备', 'Machine'],
  place: ['位置说明', 'Place'],
  reporter: ['上报人', 'Reported by'],
  openedAt: ['上报时间', 'Reported'],
  gradedBy: ['定级人', 'Graded by'],
  gradedAt: ['定级时间', 'Graded'],
  responsibleUnit: ['责任单位', 'Responsible unit'],
  responsible: ['责任人', 'Responsible'],
  dueAt: ['期限', 'Due'],
  dueRule: ['期限依据', 'Rule of the limit'],
  closedAt: ['结束时间', 'Ended'],
  rounds: ['退回次数', 'Sent back'],
  level: ['升级', 'Raised'],
  recurrences: ['复发', 'Recurrences'],
  OPEN: ['未闭环', 'Open'],
  CLOSED: ['已闭环', 'Closed'],
  CANCELLED: ['已撤销', 'Called off'],
  law: ['法定重大', 'Statutory'],
});

export interface Column {
  code: Exclude<keyof typeof t, 'OPEN' | 'CLOSED' | 'CANCELLED' | 'law'>;
  width: number;
  show: (row: Row, href: (path: string) => string) => ReactNode;
}

const at = (value: string | null | undefined): ReactNode => (value ? <span className={css.number}>{moment(value)}</span> : null);
const times = (value: number): ReactNode => (value > 0 ? <span className={css.number}>{value}</span> : null);

export const columns: readonly Column[] = [
  { code: 'number', width: 128, show: (row, href) => <Link className={css.number} to={href(`/case/${row.id}`)} onClick={(event) => event.stopPropagation()}>{row.number}</Link> },
  {
    code: 'title',
    width: 280,
    show: (row) => (
      <span className={css.title} title={row.title}>
        {row.isStatutoryMajor && <Tag tone="major">{t.law}</Tag>}
        {row.recurrenceCount > 0 && <SyncOutlined className={css.mark} aria-label={t.recurrences} />}
        <span>{row.title}</span>
      </span>
    ),
  },
  { code: 'grade', width: 108, show: (row) => <Grade of={row.grade} /> },
  { code: 'stage', width: 104, show: (row) => row.stageName },
  { code: 'dueAt', width: 150, show: (row) => <Due at={row.dueAt} isOver={row.status !== 'OPEN'} /> },
  { code: 'responsible', width: 116, show: (row) => <PersonName of={row.responsible} /> },
  { code: 'responsibleUnit', width: 140, show: (row) => row.responsibleUnit?.name },
  { code: 'unit', width: 140, show: (row) => row.unit?.name },
  { code: 'area', width: 128, show: (row) => row.area?.name },
  { code: 'type', width: 112, show: (row) => named(row.type) },
  { code: 'reporter', width: 112, show: (row) => <PersonName of={row.reporter} /> },
  { code: 'openedAt', width: 140, show: (row) => at(row.openedAt) },
  { code: 'status', width: 84, show: (row) => <Tag tone={row.status === 'OPEN' ? 'brand' : row.status === 'CLOSED' ? 'good' : 'plain'}>{t[row.status]}</Tag> },
  { code: 'asset', width: 128, show: (row) => row.asset?.name },
  { code: 'place', width: 160, show: (row) => row.placeNote },
  { code: 'gradedBy', width: 112, show: (row) => <PersonName of={row.gradedBy} /> },
  { code: 'gradedAt', width: 140, show: (row) => at(row.gradedAt) },
  { code: 'dueRule', width: 180, show: (row) => (row.dueRule ? clockWords(row.dueRule) : null) },
  { code: 'closedAt', width: 140, show: (row) => at(row.closedAt) },
  { code: 'rounds', width: 84, show: (row) => times(row.round - 1) },
  { code: 'level', width: 72, show: (row) => times(row.level) },
  { code: 'recurrences', width: 84, show: (row) => times(row.recurrenceCount) },
];

/** Shown until somebody chooses. */
export const usual: readonly string[] = ['number', 'title', 'grade', 'stage', 'dueAt', 'responsible', 'responsibleUnit', 'unit', 'type', 'reporter', 'openedAt'];

/** A column's heading. */
export function columnName(code: Column['code']): string {
  return t[code];
}
