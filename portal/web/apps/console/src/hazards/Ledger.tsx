/** The list of hazards: dense, narrowed by a filter, read page by page, worked by keys as well as by the mouse. */
import { Suspense, lazy, useEffect, useMemo, useRef, useState } from 'react';
import { DownloadOutlined, ProjectOutlined, QuestionCircleOutlined } from '@ant-design/icons';
import { Button, Modal, Segmented, Table, type TableColumnType } from 'antd';
import { useNavigate } from 'react-router';
import { spoken, words } from '@anhuan/i18n';
import { count, moment, putRight } from '@anhuan/i18n/time';
import { useDoing } from '../case/do/use-doing';
import { useDownload } from '../shared/DownloadButton';
import { useKeys } from '../shared/keys';
import { Page } from '../shared/Page';
import { may, useWho } from '../shared/rights';
import { Empty, Loading, Trouble } from '../shared/states';
import { useHref } from '../shared/unit';
import { useUnits } from '../shared/units';
import type { HazardOrder } from '../gql';
import { BulkDialog } from './BulkDialog';
import { ColumnChoice } from './ColumnChoice';
import { columnName, columns, usual, type Row } from './columns';
import { FilterBar } from './FilterBar';
import { countOf, sheetAddress, write } from './filter';
import { useLayout } from './layout';
import css from './ledger.module.css';
import { Pager } from './Pager';
import { Preview } from './Preview';
import { Resizer } from './Resizer';
import { useDefaultView } from './use-default-view';
import { useFilter } from './use-filter';
import { useLedger } from './use-ledger';
import { Views } from './Views';

const DoDrawer = lazy(() => import('../case/do/DoDrawer'));

const t = words({
  title: ['隐患台账', 'Hazard list'],
  about: [(where: string, at: string) => `范围：${where} · 数据时间 ${at}`, (where: string, at: string) => `Scope: ${where} · as of ${at}`],
  all: ['您有权查看的全部单位', 'every unit that you may see'],
  board: ['看板', 'Board'],
  sheet: ['导出 Excel', 'Excel'],
  due: ['按期限', 'By deadline'],
  opened: ['按上报时间', 'Newest first'],
  order: ['排序', 'Order'],
  keys: ['快捷键', 'Keys'],
  keyList: [
    [['j / k', '下一行 / 上一行'], ['o 或 回车', '打开详情'], ['空格', '预览'], ['x', '勾选'], ['/', '搜索'], ['e', '导出 Excel'], ['?', '显示快捷键']].map((pair) => pair.join('\t')).join('\n'),
    [['j / k', 'next / previous row'], ['o or Enter', 'open'], ['Space', 'preview'], ['x', 'mark'], ['/', 'search'], ['e', 'Excel file'], ['?', 'these keys']].map((pair) => pair.join('\t')).join('\n'),
  ],
  marked: [(n: number) => `已选 ${n} 条`, (n: number) => `${n} marked`],
  assign: ['批量派发', 'Assign'],
  remind: ['批量催办', 'Remind'],
  unmark: ['取消选择', 'Clear'],
  none: ['没有符合条件的隐患', 'No hazard fits'],
  noneMore: ['可以放宽筛选条件，或切换查看范围。', 'Loosen the filter, or look at another unit.'],
  noneAtAll: ['还没有未闭环的隐患', 'No hazard is open'],
  noneAtAllMore: ['现场人员可用手机应用随手拍上报。', 'People on site report with the phone app.'],
  mark: [(number: string) => `选择 ${number}`, (number: string) => `Mark ${number}`],
  markAll: ['选择本页全部', 'Mark this page'],
});

/** Marks last while the filter does. */
export default function Ledger() {
  const [filter, change, replace] = useFilter();
  const who = useWho()!;
  const { zone } = who.company;
  const { units } = useUnits();
  const [layout, setLayout] = useLayout(who.person.id, columns.map(({ code }) => code), usual);
  const { answer, rows, total, no, next, back } = useLedger(filter, layout.size, zone);
  const [marked, setMarked] = useState<ReadonlyMap<string, Row>>(new Map());
  const [at, setAt] = useState(-1);
  const [doing, start, close] = useDoing();
  const [preview, setPreview] = useState<string | null>(doing?.id ?? null);
  const [bulk, setBulk] = useState<'assign' | 'remind' | null>(null);
  const [isHelp, setHelp] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const go = useNavigate();
  const href = useHref();
  useDefaultView((kept, chosen) => {
    replace({ ...kept, unit: kept.unit ?? filter.unit });
    if (chosen) setLayout({ codes: chosen });
  });
  const search = write(filter).toString();
  const sheet = sheetAddress(filter, layout.codes, spoken(), zone);
  const mayExport = may(who, ['hazard.export']);
  const [take, isTaking] = useDownload();

  const move = (by: 1 | -1): void => {
    const to = Math.max(0, Math.min(rows.length - 1, at + by));
    setAt(to);
    if (preview && rows[to]) setPreview(rows[to].id);
    box.current?.querySelector(`[data-row-key="${rows[to]?.id}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  const open = (): void => void (rows[at] && go(href(`/case/${rows[at].id}`)));
  const mark = (row: Row): void => {
    const now = new Map(marked);
    if (!now.delete(row.id)) now.set(row.id, row);
    setMarked(now);
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    o: open,
    Enter: open,
    ' ': () => rows[at] && setPreview(preview ? null : rows[at].id),
    x: () => rows[at] && mark(rows[at]),
    e: () => mayExport && void take(sheet),
    Escape: () => setPreview(null),
    '?': () => setHelp(true),
  });
  useEffect(() => setMarked(new Map()), [search]);

  const shown = useMemo(
    () =>
      layout.codes.flatMap((code): TableColumnType<Row>[] => {
        const column = columns.find((one) => one.code === code);
        if (!column) return [];
        const width = layout.widths[code] ?? column.width;
        const cell = { wide: width, onWide: (wide: number) => setLayout({ widths: { ...layout.widths, [code]: wide } }) };
        return [{ key: code, title: columnName(column.code), width, ellipsis: true, render: (_, row) => column.show(row, href), onHeaderCell: () => cell as object }];
      }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the setter is another function each time and does the same
    [layout, href, spoken()],
  );
  const where = filter.unit ? (units.find((unit) => unit.id === filter.unit)?.name ?? '…') : t.all;
  const isPlain = countOf(filter) === 0 && filter.status === 'OPEN';
  return (
    <Page
      title={t.title}
      about={t.about(where, moment(putRight(answer.dataUpdatedAt || Date.now())))}
      acts={
        <>
          <Segmented<HazardOrder> aria-label={t.order} value={filter.order} onChange={(order) => change({ order })} options={[{ value: 'DUE', label: t.due }, { value: 'OPENED', label: t.opened }]} />
          <Views
            filter={filter}
            columns={layout.codes}
            onView={(kept, chosen) => {
              replace(kept);
              if (chosen) setLayout({ codes: chosen });
            }}
          />
          <Button icon={<ProjectOutlined />} onClick={() => void go(`/board?${search}`)}>{t.board}</Button>
          {mayExport && <Button icon={<DownloadOutlined />} loading={isTaking} onClick={() => void take(sheet)}>{t.sheet}</Button>}
          <ColumnChoice layout={layout} onLayout={setLayout} />
          <Button icon={<QuestionCircleOutlined />} aria-label={t.keys} title={t.keys} onClick={() => setHelp(true)} />
        </>
      }
    >
      <FilterBar filter={filter} onFilter={replace} />
      <div className={css.box} ref={box}>
        {marked.size > 0 && (
          <div className={css.bulk} role="status">
            <b>{t.marked(marked.size)}</b>
            {may(who, ['hazard.assign']) && <Button size="small" onClick={() => setBulk('assign')}>{t.assign}</Button>}
            {may(who, ['case.comment']) && <Button size="small" onClick={() => setBulk('remind')}>{t.remind}</Button>}
            <Button size="small" type="link" onClick={() => setMarked(new Map())}>{t.unmark}</Button>
          </div>
        )}
        {answer.isLoading && <div className={css.pad}><Loading shape="table" rows={8} /></div>}
        {answer.error && !answer.data && <Trouble problem={answer.error} onAgain={answer.refetch} />}
        {answer.data && rows.length === 0 && (isPlain ? <Empty title={t.noneAtAll}>{t.noneAtAllMore}</Empty> : <Empty title={t.none}>{t.noneMore}</Empty>)}
        {rows.length > 0 && (
          <>
            <div className={css.scroll}>
            <Table<Row>
              size="small"
              rowKey="id"
              dataSource={rows}
              columns={shown}
              pagination={false}
              tableLayout="fixed"
              style={{ minWidth: shown.reduce((sum, column) => sum + Number(column.width), 48) }}
              components={{ header: { cell: Resizer } }}
              rowClassName={(row, index) => [row.isOverdue && css.late, index === at && css.here].filter(Boolean).join(' ')}
              onRow={(row, index) => ({
                onClick: () => {
                  setAt(index ?? -1);
                  setPreview(row.id);
                },
              })}
              rowSelection={{
                selectedRowKeys: [...marked.keys()],
                preserveSelectedRowKeys: true,
                columnWidth: 48,
                onSelect: mark,
                onChange: (keys) => setMarked(new Map(keys.flatMap((key) => (marked.get(String(key)) ?? rows.find((row) => row.id === key) ? [[String(key), (marked.get(String(key)) ?? rows.find((row) => row.id === key))!] as const] : [])))),
                getCheckboxProps: (row) => ({ 'aria-label': t.mark(row.number) }) as object,
                getTitleCheckboxProps: () => ({ 'aria-label': t.markAll }) as object,
              }}
            />
            </div>
            <Pager total={total} no={no} size={layout.size} onSize={(size) => setLayout({ size })} next={next} back={back} isBusy={answer.isFetching} />
          </>
        )}
      </div>
      {preview && <Preview id={preview} onDo={(what) => start(what, preview)} onClose={() => setPreview(null)} />}
      {doing && (
        <Suspense fallback={null}>
          <DoDrawer key={doing.id + doing.what} id={doing.id} doing={doing.what} onClose={close} />
        </Suspense>
      )}
      {bulk && <BulkDialog kind={bulk} rows={[...marked.values()]} onClose={() => setBulk(null)} />}
      <Modal open={isHelp} title={t.keys} footer={null} onCancel={() => setHelp(false)} width={360}>
        <dl className={css.keys}>
          {t.keyList.split('\n').map((line) => {
            const [key, does] = line.split('\t');
            return (
              <div key={key}>
                <dt><kbd>{key}</kbd></dt>
                <dd>{does}</dd>
              </div>
            );
          })}
        </dl>
      </Modal>
      <span className="unseen" aria-live="polite">{total === undefined ? '' : count(total)}</span>
    </Page>
  );
}
