/** Days that are not as the week says, as a field of a form: closed for repairs, worked on a Sunday, other hours. */
import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { words } from '@anhuan/i18n';
import { useWho } from '../shared/rights';
import { daysBack } from '../shared/zone';
import css from './settings.module.css';
import type { DayOff } from './week';
import { Shifts } from './WeekField';

const t = words({
  day: ['日期', 'Day'],
  how: ['安排', 'What it is'],
  rest: ['休息', 'Off'],
  work: ['照常上班', 'A working day'],
  own: ['另定班次', 'Other hours'],
  add: ['添加一天', 'Add a day'],
  remove: [(day: string) => `移除 ${day}`, (day: string) => `Remove ${day}`],
});

/** Controlled by antd's Form.Item. */
export function DaysField({ value = [], onChange }: { value?: readonly DayOff[]; onChange?: (days: readonly DayOff[]) => void }) {
  const zone = useWho()?.company.zone ?? 'Asia/Shanghai';
  const put = (at: number, some: Partial<DayOff>): void => onChange?.(value.map((old, other) => (other === at ? { ...old, ...some } : old)));
  return (
    <div className={css.days}>
      {value.map(({ day, is }, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- two rows may name the same day while they are filled in
        <div key={at} className={css.row}>
          <Input type="date" className={css.date} aria-label={t.day} value={day} onChange={({ target }) => put(at, { day: target.value })} />
          <Select<'rest' | 'work' | 'own'>
            aria-label={`${day}: ${t.how}`}
            style={{ width: 130 }}
            value={typeof is === 'string' ? is : 'own'}
            onChange={(next) => put(at, { is: next === 'own' ? [['08:00', '12:00']] : next })}
            options={(['rest', 'work', 'own'] as const).map((how) => ({ value: how, label: t[how] }))}
          />
          {typeof is !== 'string' && <Shifts of={is} name={day} onChange={(shifts) => put(at, { is: shifts })} />}
          <Button type="text" icon={<CloseOutlined />} aria-label={t.remove(day)} onClick={() => onChange?.(value.filter((_, other) => other !== at))} />
        </div>
      ))}
      <Button type="dashed" icon={<PlusOutlined />} onClick={() => onChange?.([...value, { day: daysBack(1, zone), is: 'rest' }])}>{t.add}</Button>
    </div>
  );
}
