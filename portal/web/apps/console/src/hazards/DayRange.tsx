/** From which day and until which; a part of its own, since calendars weigh more than the rest of the filter. */
import { DatePicker } from 'antd';
import { words } from '@anhuan/i18n';
import { dayjs } from '../shared/calendar';
import css from './filter.module.css';
import type { Filter } from './filter';

const t = words({
  from: ['上报日期起', 'Reported from'],
  until: ['上报日期止', 'Reported until'],
});

/** Days of the company's clock, both included. */
export default function DayRange({ of: { from, until }, onChange }: { of: Pick<Filter, 'from' | 'until'>; onChange: (change: Partial<Filter>) => void }) {
  return (
    <>
      <DatePicker className={css.pick} placeholder={t.from} aria-label={t.from} value={from ? dayjs(from) : null} onChange={(day) => onChange({ from: day?.format('YYYY-MM-DD'), lastDays: undefined })} />
      <DatePicker className={css.pick} placeholder={t.until} aria-label={t.until} value={until ? dayjs(until) : null} onChange={(day) => onChange({ until: day?.format('YYYY-MM-DD'), lastDays: undefined })} />
    </>
  );
}
