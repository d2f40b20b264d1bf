/** The figures that are read first, each with what it is of and the rule behind it. */
import type { ReactNode } from 'react';
import { Tooltip } from 'antd';
import { QuestionCircleOutlined } from '@ant-design/icons';
import { Link } from 'react-router';
import { words } from '@anhuan/i18n';
import { count } from '@anhuan/i18n/time';
import type { ConsoleRateFragment } from '../gql';
import { useHref } from '../shared/unit';
import type { Figures } from './OverviewPage';
import { hours, percent } from './figures';
import css from './overview.module.css';

const t = words({
  open: ['未闭环隐患', 'Open hazards'],
  openMore: [(a: string, n: string) => `重大 ${a} · 待定级 ${n}`, (a: string, n: string) => `major ${a} · not graded ${n}`],
  overdue: ['其中已超期', 'Of these overdue'],
  overdueMore: [(share: string) => `占未闭环 ${share}%`, (share: string) => `${share}% of the open ones`],
  noOpen: ['没有未闭环的隐患', 'nothing is open'],
  cases: ['件', ''],
  reported: ['期内上报', 'Reported'],
  reportedMore: [(closed: string, off: string) => `销号 ${closed} · 撤销 ${off}`, (closed: string, off: string) => `closed ${closed} · called off ${off}`],
  closing: ['闭环率', 'Closing rate'],
  onTime: ['按期整改率', 'On-time rate'],
  closingTime: ['闭环用时中位数', 'Median until closed'],
  ofCases: [(n: string) => `期内销号 ${n} 件`, (n: string) => `of ${n} closed`],
  participation: ['全员参与率', 'Participation'],
  people: [(n: string, m: string) => `${n} / ${m} 人上报过`, (n: string, m: string) => `${n} of ${m} people reported`],
  of: [(n: string, m: string) => `${n} / ${m} 件`, (n: string, m: string) => `${n} of ${m}`],
  nothing: ['期内没有可统计的', 'nothing to count in the period'],
  stops: ['停工令生效中', 'Stop orders in force'],
  stopsMore: ['须现场核实后解除', 'lifted after a look on site'],
  noStops: ['没有停工', 'no work is stopped'],
  rule: [(name: string) => `“${name}”的统计口径`, (name: string) => `How “${name}” is counted`],
});

/** A row of cards. */
export function Kpis({ of: figures }: { of: Figures }) {
  const href = useHref();
  const { standing, stages } = figures;
  const whole = stages.find((one) => one.stage === 'CLOSING');
  return (
    <section className={css.kpis}>
      <Kpi name={t.open} value={count(standing.open)} unit={t.cases} to={href('/hazards')} more={t.openMore(count(standing.a), count(standing.ungraded))} />
      <Kpi
        name={t.overdue}
        value={count(standing.overdue)}
        unit={t.cases}
        isBad={standing.overdue > 0}
        to={href('/hazards?overdue=1')}
        more={standing.open ? t.overdueMore(percent((100 * standing.overdue) / standing.open)) : t.noOpen}
      />
      <Kpi name={t.reported} value={count(figures.reported)} unit={t.cases} more={t.reportedMore(count(figures.closed), count(figures.calledOff))} />
      <RateKpi name={t.closing} rate={figures.closingRate} said={t.of} />
      <RateKpi name={t.onTime} rate={figures.onTimeRate} said={t.of} />
      <Kpi name={t.closingTime} value={hours(whole?.hours)} rule={figures.stagesRule} more={whole?.n ? t.ofCases(count(whole.n)) : t.nothing} />
      {figures.participation && <RateKpi name={t.participation} rate={figures.participation} said={t.people} />}
      <Kpi
        name={t.stops}
        value={count(figures.stopOrdersInForce)}
        isBad={figures.stopOrdersInForce > 0}
        more={figures.stopOrdersInForce ? t.stopsMore : t.noStops}
      />
    </section>
  );
}

function RateKpi({ name, rate, said }: { name: string; rate: ConsoleRateFragment; said: (n: string, m: string) => string }) {
  return (
    <Kpi
      name={name}
      value={percent(rate.percent)}
      unit={rate.percent === null ? '' : '%'}
      rule={rate.rule}
      meter={rate.percent}
      more={rate.denominator ? said(count(rate.numerator), count(rate.denominator)) : t.nothing}
    />
  );
}

interface KpiProps {
  name: string;
  value: string;
  unit?: string;
  more: ReactNode;
  rule?: string;
  meter?: number | null;
  isBad?: boolean;
  to?: string;
}

function Kpi({ name, value, unit, more, rule, meter, isBad, to }: KpiProps) {
  const inside = (
    <>
      <span className={css.kpiName}>
        {name}
        {rule && (
          <Tooltip title={rule} trigger={['hover', 'focus', 'click']}>
            <button type="button" aria-label={t.rule(name)}>
              <QuestionCircleOutlined />
            </button>
          </Tooltip>
        )}
      </span>
      <span className={isBad ? `${css.value} ${css.isBad}` : css.value}>
        {value}
        {unit && <small>{unit}</small>}
      </span>
      {typeof meter === 'number' && (
        <span className={css.meter} aria-hidden="true">
          <i style={{ width: `${Math.min(100, meter)}%` }} />
        </span>
      )}
      <span className={css.kpiMore}>{more}</span>
    </>
  );
  return to ? (
    <Link className={css.kpi} to={to}>
      {inside}
    </Link>
  ) : (
    <div className={css.kpi}>{inside}</div>
  );
}
