/** What the charts are told: the figures in their places, the colours of the grades, both languages. */
import { afterEach, describe, expect, it } from 'vitest';
import { speak } from '@anhuan/i18n';
import { dark, light } from '@anhuan/tokens';
import { byUnit, trend } from '../../src/overview/charts';
import { hours, percent } from '../../src/overview/figures';

interface Drawn {
  aria: { enabled: boolean };
  yAxis: { data?: string[] };
  xAxis: { data?: string[] };
  series: { name: string; data: number[]; stack?: string; itemStyle: { color: string } }[];
}

afterEach(() => speak('zh'));

describe('open hazards by unit', () => {
  const rows = [
    { name: '第一分厂', standing: { a: 1, b: 2, c: 3, ungraded: 4 } },
    { name: '第二分厂', standing: { a: 0, b: 0, c: 5, ungraded: 0 } },
  ];

  it('stacks the grades in their order', () => {
    speak('zh');
    const drawn = byUnit(rows, light) as unknown as Drawn;
    expect(drawn.yAxis.data).toEqual(['第一分厂', '第二分厂']);
    expect(drawn.series.map((one) => [one.name, one.data])).toEqual([['A 重大', [1, 0]], ['B 较大', [2, 0]], ['C 一般', [3, 5]], ['待定级', [4, 0]]]);
    expect(new Set(drawn.series.map((one) => one.stack)).size).toBe(1);
    expect(drawn.aria.enabled).toBe(true);
  });

  it('speaks English and has colours of its own in the dark', () => {
    speak('en');
    const bright = byUnit(rows, light) as unknown as Drawn;
    const night = byUnit(rows, dark) as unknown as Drawn;
    expect(bright.series[0]!.name).toBe('A Major');
    expect(bright.series[0]!.itemStyle.color).not.toBe(night.series[0]!.itemStyle.color);
  });
});

describe('the trend', () => {
  it('has one point a day for each line', () => {
    const drawn = trend([{ label: '11-01', reported: 3, closed: 1 }, { label: '11-02', reported: 0, closed: 2 }], light) as unknown as Drawn;
    expect(drawn.xAxis.data).toEqual(['11-01', '11-02']);
    expect(drawn.series.map((one) => one.data)).toEqual([[3, 0], [1, 2]]);
  });
});

describe('figures', () => {
  it('of nothing are a dash and not a zero', () => {
    expect([percent(null), hours(null), percent(0), percent(92.46)]).toEqual(['—', '—', '0', '92.5']);
  });

  it('are in the unit in which people speak of them', () => {
    expect([hours(0.25), hours(5.25), hours(47), hours(60)]).toEqual(['15 分钟', '5.3 小时', '47 小时', '2.5 天']);
  });
});
