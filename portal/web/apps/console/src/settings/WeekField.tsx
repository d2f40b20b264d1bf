/** The shifts of each weekday, as a field of a form. */
import { CloseOutlined, CopyOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { words } from '@anhuan/i18n';
import css from './settings.module.css';
import { dayNames, hoursIn, tidied, type Shift, type Week } from './week';

const t = words({
  opens: [(what: string) => `${what}开始`, (what: string) => `${what} from`],
  closes: [(what: string) => `${what}结束`, (what: string) => `${what} until`],
  add: ['加班次', 'Add a shift'],
  remove: [(what: string) => `移除${what}的班次`, (what: string) => `Remove the shift of ${what}`],
  rest: ['休息', 'off'],
  night: ['次日', 'next day'],
  whole: ['全天', 'all day'],
  copy: [(what: string) => `${what}同前一天`, (what: string) => `${what} as the day before`],
  hours: [(n: string) => `每周共 ${n} 小时`, (n: string) => `${n} hours a week`],
});
const USUAL: Shift = ['08:00', '12:00'];
const LATER: Shift = ['13:00', '17:00'];

/** Controlled by antd's Form.Item. */
export function WeekField({ value = [], onChange }: { value?: Week; onChange?: (week: Week) => void }) {
  const put = (day: number, shifts: readonly Shift[]): void => onChange?.(value.map((old, other) => (other === day ? shifts : old)));
  return (
    <div className={css.week}>
      {dayNames().map((name, day) => (
        <div key={name} className={css.day}>
          <b>{name}</b>
          <Shifts of={value[day] ?? []} name={name} onChange={(shifts) => put(day, shifts)} />
          {day > 0 ? <Button type="text" size="small" icon={<CopyOutlined />} aria-label={t.copy(name)} title={t.copy(name)} onClick={() => put(day, value[day - 1] ?? [])} /> : <span />}
        </div>
      ))}
      <p className={css.quiet} aria-live="polite">{t.hours(String(Math.round(hoursIn(value) * 10) / 10))}</p>
    </div>
  );
}

/** The shifts of one day; none is a day of rest. */
export function Shifts({ of, name, onChange }: { of: readonly Shift[]; name: string; onChange: (shifts: readonly Shift[]) => void }) {
  const put = (at: number, shift: Shift): void => onChange(of.map((old, other) => (other === at ? shift : old)));
  return (
    <div className={css.shifts}>
      {!of.length && <span className={css.quiet}>{t.rest}</span>}
      {of.map(([opens, closes], at) => (
        // oxlint-disable-next-line react/no-array-index-key -- a shift is known by its place alone
        <span key={at} className={css.shift}>
          <Clock label={t.opens(name)} value={opens} onChange={(next) => put(at, [next, closes])} />
          –
          <Clock label={t.closes(name)} value={closes} onChange={(next) => put(at, [opens, next])} />
          {closes && closes <= opens && <small className={css.quiet}>{closes === opens ? t.whole : t.night}</small>}
          <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t.remove(name)} onClick={() => onChange(of.filter((_, other) => other !== at))} />
        </span>
      ))}
      <Button type="dashed" size="small" icon={<PlusOutlined />} aria-label={`${name}: ${t.add}`} onClick={() => onChange([...of, of.length === 1 ? LATER : USUAL])}>{t.add}</Button>
    </div>
  );
}

/** A browser's own field for a time follows the language of the computer, with 上午 and 下午; a duty roster has 24 hours. */
function Clock({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return <Input size="small" inputMode="numeric" maxLength={5} placeholder="08:00" aria-label={label} value={value} onChange={({ target }) => onChange(target.value)} onBlur={({ target }) => onChange(tidied(target.value))} />;
}
