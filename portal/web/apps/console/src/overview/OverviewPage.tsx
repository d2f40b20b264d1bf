/** The overview (安全驾驶舱): how it stands with hazards in the scope that the console looks at, and what happened in a period. */
import { Button, DatePicker, Segmented } from 'antd';
import { PrinterOutlined } from '@ant-design/icons';
import { useSearchParams } from 'react-router';
import { words } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { moment } from '@anhuan/i18n/time';
import { ConsoleOverview, type ConsoleOverviewQuery } from '../gql';
import { Answered } from '../shared/Answered';
import { dayjs } from '../shared/calendar';
import { Page } from '../shared/Page';
import { useAnswer } from '../shared/query';
import { useUnit } from '../shared/unit';
import { zone } from '../shared/zoned';
import { Kpis } from './Kpis';
import { LongestOverdue } from './LongestOverdue';
import { Stages } from './Stages';
import { StopOrders } from './StopOrders';
import { Trend } from './Trend';
import { Types } from './Types';
import { Units } from './Units';
import css from './overview.module.css';
import { LONGEST, PERIODS, momentsOf, read, type PeriodName } from './period';

const t = words({
  title: ['安全驾驶舱', 'Overview'],
  about: [
    (unit: string, from: string, until: string, at: string) => `口径：${unit}，${from} 至 ${until} · 数据时间 ${at}`,
    (unit: string, from: string, until: string, at: string) => `${unit}, ${from} to ${until} · data of ${at}`,
  ],
  everything: ['您权限范围内的全部单位', 'everything that you may see'],
  withBelow: [(unit: string) => `${unit}及下级`, (unit: string) => `${unit} and everything under it`],
  week: ['本周', 'Week'],
  month: ['本月', 'Month'],
  quarter: ['本季', 'Quarter'],
  year: ['本年', 'Year'],
  custom: ['自选', 'Custom'],
  period: ['统计期间', 'Period'],
  print: ['打印', 'Print'],
});

export type Figures = ConsoleOverviewQuery['overview'];

/** The screen; its period stands in the address, so that a link shows the same. */
export default function OverviewPage() {
  useLanguage();
  const [unit] = useUnit();
  const [search, setSearch] = useSearchParams();
  const { name, days } = read(search, zone());
  const answer = useAnswer(ConsoleOverview, { unit, ...momentsOf(days, zone()) }, ['case', 'organisation'], { keeps: true, every: 300_000 });
  const change = (next: Record<string, string | null>): void =>
    setSearch(
      (before) => {
        for (const [key, value] of Object.entries(next)) if (value) before.set(key, value);
        else before.delete(key);
        return before;
      },
      { replace: true },
    );
  const choose = (next: PeriodName): void => change(next === 'custom' ? { period: null, ...days } : { period: next, from: null, until: null });
  const figures = answer.data?.overview;
  return (
    <Page
      title={t.title}
      about={figures && t.about(figures.unit ? t.withBelow(figures.unit.name) : t.everything, days.from, days.until, moment(figures.asOf))}
      acts={
        <>
          {name === 'custom' && (
            <DatePicker.RangePicker
              aria-label={t.period}
              allowClear={false}
              value={[dayjs(days.from), dayjs(days.until)]}
              disabledDate={(date) => date.isAfter(dayjs(), 'day') || date.isBefore(dayjs().subtract(LONGEST * 2, 'day'))}
              onChange={(range) => range?.[0] && range[1] && change({ from: range[0].format('YYYY-MM-DD'), until: range[1].format('YYYY-MM-DD') })}
            />
          )}
          <Segmented aria-label={t.period} value={name} onChange={choose} options={PERIODS.map((one) => ({ value: one, label: t[one] }))} />
          <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
            {t.print}
          </Button>
        </>
      }
    >
      <Answered of={answer} shape="page" rows={10}>
        {({ overview }) => (
          <div className={css.grid}>
            <Kpis of={overview} />
            <Units of={overview} />
            <Trend of={overview} />
            <LongestOverdue of={overview} />
            <Stages of={overview} />
            <Types of={overview} days={days} />
            <StopOrders of={overview} />
          </div>
        )}
      </Answered>
    </Page>
  );
}
