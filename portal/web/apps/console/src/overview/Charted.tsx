/** A panel with a chart and the same figures as a table, for who reads better than looks. */
import { Suspense, lazy, useState, type ReactNode } from 'react';
import { Segmented } from 'antd';
import { BarChartOutlined, TableOutlined } from '@ant-design/icons';
import { words } from '@anhuan/i18n';
import type { EChartsCoreOption } from 'echarts/core';
import { Panel } from '../shared/Page';
import { Loading } from '../shared/states';
import css from './overview.module.css';

const Chart = lazy(async () => import('./Chart'));

const t = words({
  as: ['显示方式', 'Show as'],
  chart: ['图', 'Chart'],
  table: ['表', 'Table'],
});

interface ChartedProps {
  title: string;
  small?: string;
  className?: string;
  option: EChartsCoreOption;
  height: number;
  label: string;
  onClick?: (row: number, series: number) => void;
  table: ReactNode;
  /** In place of both, where there is nothing to show. */
  empty?: ReactNode;
}

/** The choice is of the moment. */
export function Charted({ title, small, className, option, height, label, onClick, table, empty }: ChartedProps) {
  const [as, setAs] = useState<'chart' | 'table'>('chart');
  return (
    <Panel
      title={title}
      small={small}
      className={className}
      acts={
        !empty && (
          <Segmented
            className={css.switch}
            size="small"
            aria-label={t.as}
            value={as}
            onChange={setAs}
            options={[
              { value: 'chart', icon: <BarChartOutlined />, label: t.chart },
              { value: 'table', icon: <TableOutlined />, label: t.table },
            ]}
          />
        )
      }
    >
      {empty ||
        (as === 'table' ? (
          <div className={css.scroll}>{table}</div>
        ) : (
          <Suspense fallback={<div style={{ height }}><Loading rows={5} /></div>}>
            <Chart option={option} height={height} label={label} onClick={onClick} />
          </Suspense>
        ))}
    </Panel>
  );
}
