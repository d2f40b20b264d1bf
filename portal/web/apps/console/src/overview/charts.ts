/** What the charts of the overview show, as ECharts reads it: series and colours, nothing of the screen. Pure. */
import { words } from '@anhuan/i18n';
import type { Palette } from '@anhuan/tokens';
import type { EChartsCoreOption } from 'echarts/core';

const t = words({
  A: ['A 重大', 'A Major'],
  B: ['B 较大', 'B Larger'],
  C: ['C 一般', 'C General'],
  ungraded: ['待定级', 'Not graded'],
  reported: ['上报', 'Reported'],
  closed: ['销号', 'Closed'],
});

export interface Standing {
  a: number;
  b: number;
  c: number;
  ungraded: number;
}

export const GRADES = ['A', 'B', 'C', 'ungraded'] as const;
export type GradeKey = (typeof GRADES)[number];

/** What a grade's bar is called. */
export function gradeWord(grade: GradeKey): string {
  return t[grade];
}

/** How many of a grade. */
export function ofGrade(standing: Standing, grade: GradeKey): number {
  return standing[grade === 'ungraded' ? 'ungraded' : (grade.toLowerCase() as 'a' | 'b' | 'c')];
}

/** The grades in their full colours. */
function gradeColours(p: Palette): Record<GradeKey, string> {
  return { A: p.majorMark, B: p.largerMark, C: p.generalMark, ungraded: p.faint };
}

/** Open hazards of each unit, stacked by grade; the first unit stands on top. */
export function byUnit(rows: readonly { name: string; standing: Standing }[], p: Palette): EChartsCoreOption {
  const colours = gradeColours(p);
  return {
    ...common(p),
    grid: { left: 8, right: 40, top: 36, bottom: 4, containLabel: true },
    tooltip: { ...tooltip(p), trigger: 'axis', axisPointer: { type: 'shadow' } },
    legend: legend(p, GRADES.map((grade) => t[grade])),
    xAxis: { type: 'value', minInterval: 1, ...axis(p) },
    yAxis: { type: 'category', inverse: true, data: rows.map((row) => row.name), ...axis(p), axisTick: { show: false }, splitLine: { show: false }, axisLabel: { color: p.ink, width: 120, overflow: 'truncate' } },
    series: GRADES.map((grade) => ({
      name: t[grade],
      type: 'bar',
      stack: 'open',
      barMaxWidth: 20,
      cursor: 'pointer',
      itemStyle: { color: colours[grade], borderColor: p.card, borderWidth: 1 },
      data: rows.map((row) => ofGrade(row.standing, grade)),
    })),
  };
}

/** Reported and closed along the time. */
export function trend(points: readonly { label: string; reported: number; closed: number }[], p: Palette): EChartsCoreOption {
  const line = (name: string, colour: string, data: number[], isFilled: boolean) => ({
    name,
    type: 'line',
    data,
    symbol: points.length > 40 ? 'none' : 'circle',
    symbolSize: 5,
    lineStyle: { width: 2, color: colour, ...(isFilled ? {} : { type: [6, 4] }) },
    itemStyle: { color: colour },
    ...(isFilled ? { areaStyle: { color: colour, opacity: 0.1 } } : {}),
  });
  return {
    ...common(p),
    grid: { left: 8, right: 16, top: 36, bottom: 4, containLabel: true },
    tooltip: { ...tooltip(p), trigger: 'axis' },
    legend: legend(p, [t.reported, t.closed]),
    xAxis: { type: 'category', boundaryGap: false, data: points.map((point) => point.label), ...axis(p), splitLine: { show: false } },
    yAxis: { type: 'value', minInterval: 1, ...axis(p) },
    series: [line(t.reported, p.brand, points.map((point) => point.reported), true), line(t.closed, p.low, points.map((point) => point.closed), false)],
  };
}

function common(p: Palette): EChartsCoreOption {
  return { aria: { enabled: true }, animationDuration: 300, textStyle: { color: p.ink, fontFamily: 'inherit' } };
}

function axis(p: Palette) {
  return { axisLine: { lineStyle: { color: p.line } }, axisLabel: { color: p.sub, hideOverlap: true }, splitLine: { lineStyle: { color: p.line } }, axisTick: { show: false } };
}

function legend(p: Palette, data: string[]) {
  return { data, top: 0, right: 0, itemWidth: 12, itemHeight: 8, textStyle: { color: p.sub }, inactiveColor: p.line };
}

function tooltip(p: Palette) {
  return { backgroundColor: p.card, borderColor: p.line, textStyle: { color: p.ink }, confine: true };
}
