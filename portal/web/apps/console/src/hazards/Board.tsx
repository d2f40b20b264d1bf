/** The board: every open hazard in the column of its stage, most urgent on top. */
import { Suspense, lazy, useMemo } from 'react';
import { useNavigate } from 'react-router';
import { UnorderedListOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { words } from '@anhuan/i18n';
import { moment } from '@anhuan/i18n/time';
import { useDoing } from '../case/do/use-doing';
import { useNow } from '../shared/now';
import { Page } from '../shared/Page';
import { Empty, Loading, Trouble } from '../shared/states';
import { useUnits } from '../shared/units';
import type { HazardOrder } from '../gql';
import { BoardColumn } from './BoardColumn';
import css from './board.module.css';
import { stageName, useStages } from './choices';
import { afterFirst } from '../shell/hurry';
import { columnsOf, write, type Filter } from './filter';
import filterCss from './filter.module.css';
import { useFilter } from './use-filter';

const DoDrawer = lazy(() => import('../case/do/DoDrawer'));
// Its fields cost more to draw than the cards that people came for.
const FilterBar = lazy(async () => {
  await afterFirst();
  return { default: (await import('./FilterBar')).FilterBar };
});

const t = words({
  title: ['隐患看板', 'Hazard board'],
  scope: [(where: string, at: string) => `范围：${where} · ${at}`, (where: string, at: string) => `Scope: ${where} · ${at}`],
  all: ['您有权查看的全部单位', 'every unit that you may see'],
  list: ['列表', 'List'],
  due: ['按期限', 'By deadline'],
  opened: ['按上报时间', 'Newest first'],
  order: ['排序', 'Order'],
  closed: ['已闭环', 'Closed'],
  none: ['没有生效的隐患流程', 'No hazard loop is in force'],
  noneMore: ['请在“流程与表单”中查看流程配置。', 'See the loops for how it is set up.'],
  board: ['看板', 'Board'],
});

/** Decisions need forms, so cards are not dragged: their menu offers what may be done. */
export default function Board() {
  const [filter, change, replace] = useFilter();
  const { stages, answer } = useStages();
  const { units } = useUnits();
  const go = useNavigate();
  // Here and not in the card: somebody else may move the card to another column while a form is being filled in.
  const [doing, start, close] = useDoing();
  const where = filter.unit ? (units.find((unit) => unit.id === filter.unit)?.name ?? '…') : t.all;
  const open = useMemo((): Filter => ({ ...filter, status: 'OPEN', stage: undefined }), [filter]);
  const columns = useMemo(() => columnsOf(open, stages.map(({ code }) => code)), [open, stages]);
  return (
    <Page
      title={t.title}
      about={t.scope(where, moment(useNow()))}
      acts={
        <>
          <Segmented<HazardOrder> aria-label={t.order} value={filter.order} onChange={(order) => change({ order })} options={[{ value: 'DUE', label: t.due }, { value: 'OPENED', label: t.opened }]} />
          <Button icon={<UnorderedListOutlined />} onClick={() => void go(`/hazards?${write(filter).toString()}`)}>{t.list}</Button>
        </>
      }
    >
      <Suspense fallback={<div className={`${filterCss.bar} ${filterCss.isComing}`} />}>
        <FilterBar isBoard filter={open} onFilter={(next) => replace({ ...next, status: 'OPEN' })} />
      </Suspense>
      {answer.isLoading && <Loading shape="cards" rows={5} />}
      {answer.error && !answer.data && <Trouble problem={answer.error} onAgain={answer.refetch} />}
      {answer.data && !stages.length && <Empty title={t.none}>{t.noneMore}</Empty>}
      {stages.length > 0 && (
        // Wider than a phone: arrow keys must be able to move it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className={css.board} role="group" aria-label={t.board} tabIndex={0}>
          {columns.map((column) => {
            const stage = stages.find(({ code }) => code === column.stage);
            return <BoardColumn key={column.stage ?? ''} name={stage ? stageName(stage) : t.closed} isEnd={!stage} filter={column} onDo={(id, what) => start(what, id)} />;
          })}
        </div>
      )}
      {doing && (
        <Suspense fallback={null}>
          <DoDrawer key={doing.id + doing.what} id={doing.id} doing={doing.what} onClose={close} />
        </Suspense>
      )}
    </Page>
  );
}
