/** What is wrong with a workbook, cell by cell: narrowed, and taken away to be worked off. */
import { useMemo, useState } from 'react';
import { Button, Input, Select, Table } from 'antd';
import { DownloadOutlined, SearchOutlined } from '@ant-design/icons';
import { words } from '@anhuan/i18n';
import { saveText } from '../shared/files';
import css from './organisation.module.css';
import { asCsv, counted, inOrder, narrowed, type RowProblem } from './problems';

const t = words({
  sheet: ['工作表', 'Sheet'],
  row: ['行', 'Row'],
  column: ['列', 'Column'],
  code: ['代码', 'Code'],
  message: ['说明', 'What is wrong'],
  allSheets: ['全部工作表', 'All sheets'],
  allCodes: ['全部问题', 'All problems'],
  find: ['行号、列名或说明', 'Row, column or words'],
  save: ['下载清单', 'Download'],
  file: ['导入问题', 'import-problems'],
});

/** A table with its own narrowing. */
export function ProblemTable({ of }: { of: readonly RowProblem[] }) {
  const [sheet, setSheet] = useState<string | null>(null);
  const [code, setCode] = useState<string | null>(null);
  const [text, setText] = useState('');
  const all = useMemo(() => inOrder(of), [of]);
  const shown = narrowed(all, { sheet, code, text });
  const options = (by: 'sheet' | 'code') => counted(all, by).map(({ value, count }) => ({ value, label: `${value} (${count})` }));
  return (
    <>
      <div className={css.tools}>
        <Select allowClear aria-label={t.sheet} placeholder={t.allSheets} style={{ minWidth: 150 }} value={sheet} onChange={(next) => setSheet(next ?? null)} options={options('sheet')} />
        <Select allowClear aria-label={t.code} placeholder={t.allCodes} style={{ minWidth: 200 }} value={code} onChange={(next) => setCode(next ?? null)} options={options('code')} />
        <Input className={css.grow} allowClear prefix={<SearchOutlined />} placeholder={t.find} aria-label={t.find} value={text} onChange={(event) => setText(event.target.value)} />
        <Button icon={<DownloadOutlined />} onClick={() => saveText(`${t.file}.csv`, asCsv(shown, [t.sheet, t.row, t.column, t.code, t.message]), 'text/csv')}>
          {t.save}
        </Button>
      </div>
      <Table<RowProblem>
        rowKey={(one) => `${one.sheet}/${one.row}/${one.column}/${one.code}/${one.message}`}
        size="small"
        scroll={{ x: 640 }}
        pagination={shown.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
        dataSource={shown}
        columns={[
          { title: t.sheet, dataIndex: 'sheet', width: 120 },
          { title: t.row, dataIndex: 'row', width: 70, align: 'right', render: (row: number) => row || '—' },
          { title: t.column, dataIndex: 'column', width: 140 },
          { title: t.message, dataIndex: 'message' },
          { title: t.code, width: 200, render: (_, one) => <code>{one.code}</code> },
        ]}
      />
    </>
  );
}
