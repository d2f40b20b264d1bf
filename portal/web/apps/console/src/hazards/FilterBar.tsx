/** The row of conditions above board and list: set several, then ask; the quick ones ask at once. */
import { Suspense, lazy, useState } from 'react';
import { DownOutlined, SearchOutlined, UpOutlined } from '@ant-design/icons';
import { Button, Input, Segmented, Select, Tag as Chip } from 'antd';
import { named, words } from '@anhuan/i18n';
import type { Grade } from '../gql';
import { gradeName } from '../shared/parts';
import { stageName, useChoices, useStages } from './choices';
import css from './filter.module.css';
import { countOf, type Filter, type Standing } from './filter';

const DayRange = lazy(() => import('./DayRange'));

const t = words({
  region: ['筛选条件', 'Filters'],
  text: ['编号、标题或描述', 'Number, title or words'],
  grade: ['等级', 'Grade'],
  stage: ['环节', 'Stage'],
  type: ['类别', 'Kind'],
  area: ['区域', 'Area'],
  ask: ['查询', 'Search'],
  reset: ['重置', 'Reset'],
  more: ['展开', 'More'],
  less: ['收起', 'Less'],
  overdue: ['只看超期', 'Overdue'],
  mine: ['与我有关', 'I have a part in'],
  days: [(n: number) => `近 ${n} 天上报`, (n: number) => `Last ${n} days`],
  status: ['状态', 'Status'],
  OPEN: ['未闭环', 'Open'],
  CLOSED: ['已闭环', 'Closed'],
  CANCELLED: ['已撤销', 'Called off'],
  ALL: ['全部', 'All'],
});
const grades: readonly Grade[] = ['A', 'B', 'C'];
const standings: readonly Standing[] = ['OPEN', 'CLOSED', 'CANCELLED', 'ALL'];

interface BarProps {
  filter: Filter;
  onFilter: (filter: Filter) => void;
  /** The board has columns for stages and shows open ones only. */
  isBoard?: boolean;
}

/** Holds what is being set until it is asked for. */
export function FilterBar({ filter, onFilter, isBoard }: BarProps) {
  const [kept, keep] = useState({ of: filter, draft: filter });
  // What was being set is dropped when the filter itself changes, as by a saved view.
  const draft = kept.of === filter ? kept.draft : filter;
  const [isWide, setWide] = useState(() => Boolean(filter.area || filter.from || filter.until || (!isBoard && (filter.stage || filter.type))));
  const { stages } = useStages();
  const { types, areas } = useChoices();
  const set = (change: Partial<Filter>): void => keep({ of: filter, draft: { ...draft, ...change } });
  const now = (change: Partial<Filter>): void => onFilter({ ...draft, ...change });
  const count = countOf(filter);
  const kind = (
    <Select<string> className={css.pick} allowClear showSearch={{ optionFilterProp: 'label' }} placeholder={t.type} aria-label={t.type} value={draft.type} onChange={(type) => now({ type })} options={types.map((type) => ({ value: type.code, label: named(type) }))} />
  );
  return (
    <form
      className={css.bar}
      role="search"
      aria-label={t.region}
      onSubmit={(event) => {
        event.preventDefault();
        onFilter(draft);
      }}
    >
      {!isBoard && (
        <Segmented<Standing> className={css.standing} aria-label={t.status} value={filter.status} onChange={(status) => now({ status })} options={standings.map((value) => ({ value, label: t[value] }))} />
      )}
      <Input className={css.text} allowClear maxLength={200} prefix={<SearchOutlined />} placeholder={t.text} aria-label={t.text} value={draft.text ?? ''} onChange={({ target }) => set({ text: target.value || undefined })} />
      <Select<Grade[]> className={css.pick} mode="multiple" maxTagCount="responsive" allowClear placeholder={t.grade} aria-label={t.grade} value={draft.grades ?? []} onChange={(chosen) => now({ grades: chosen.length ? chosen : undefined })} options={grades.map((value) => ({ value, label: gradeName(value) }))} />
      {isBoard && kind}
      {isWide && (
        <>
          {!isBoard && kind}
          {!isBoard && (
            <Select<string> className={css.pick} allowClear placeholder={t.stage} aria-label={t.stage} value={draft.stage} onChange={(stage) => now({ stage })} options={stages.map((stage) => ({ value: stage.code, label: stageName(stage) }))} />
          )}
          <Select<string> className={css.pick} allowClear showSearch={{ optionFilterProp: 'label' }} placeholder={t.area} aria-label={t.area} value={draft.area} onChange={(area) => now({ area })} options={areas.map((area) => ({ value: area.id, label: area.name }))} />
          <Suspense fallback={null}>
            <DayRange of={draft} onChange={set} />
          </Suspense>
        </>
      )}
      <span className={css.chips}>
        <Chip.CheckableTag className={css.chip} checked={Boolean(filter.overdue)} onChange={(is) => now({ overdue: is || undefined })}>{t.overdue}</Chip.CheckableTag>
        <Chip.CheckableTag className={css.chip} checked={Boolean(filter.mine)} onChange={(is) => now({ mine: is || undefined })}>{t.mine}</Chip.CheckableTag>
        {filter.lastDays ? <Chip closable onClose={() => now({ lastDays: undefined })}>{t.days(filter.lastDays)}</Chip> : null}
      </span>
      <span className={css.acts}>
        <Button type="primary" htmlType="submit">{t.ask}</Button>
        <Button disabled={!count && filter.status === 'OPEN'} onClick={() => onFilter({ status: 'OPEN', order: filter.order, unit: filter.unit })}>{t.reset}</Button>
        <Button type="link" onClick={() => setWide(!isWide)} aria-expanded={isWide}>
          {isWide ? t.less : t.more} {isWide ? <UpOutlined /> : <DownOutlined />}
        </Button>
      </span>
    </form>
  );
}
