/** A chart on the screen, drawn as SVG so that it prints sharp; nothing but the parts of ECharts that are used here. */
import { useEffect, useRef } from 'react';
import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use, type ECharts, type EChartsCoreOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, SVGRenderer]);

interface ChartProps {
  option: EChartsCoreOption;
  height: number;
  label: string;
  onClick?: (row: number, series: number) => void;
}

/** Follows the width of its place. */
export default function Chart({ option, height, label, onClick }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(null);
  const click = useRef(onClick);
  useEffect(() => {
    click.current = onClick;
  }, [onClick]);
  useEffect(() => {
    const box = place.current!;
    const made = init(box, null, { renderer: 'svg' });
    chart.current = made;
    made.on('click', ({ dataIndex, seriesIndex }) => click.current?.(dataIndex, seriesIndex ?? 0));
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(box);
    return () => {
      watch.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    chart.current?.setOption({ ...option, animation: !isCalm }, true);
  }, [option]);
  return <div ref={place} role="img" aria-label={label} style={{ height, width: '100%' }} />;
}
