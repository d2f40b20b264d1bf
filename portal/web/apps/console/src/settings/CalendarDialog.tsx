/** A working calendar as a form: whose, which week, which days otherwise. */
import { Form, Input, Select, Switch } from 'antd';
import { words } from '@anhuan/i18n';
import { WireError } from '@anhuan/wire';
import { ConsoleSetCalendar, type ConsoleCalendarFragment } from '../gql';
import { FormDialog, needed } from '../shared/FormDialog';
import { touch, useAct } from '../shared/query';
import { UnitPick } from '../shared/UnitPick';
import { DaysField } from './DaysField';
import { dayNames, exceptionsOf, isMuddled, ofExceptions, ofWeek, weekOf, type DayOff, type Week } from './week';
import { WeekField } from './WeekField';

const t = words({
  change: [(name: string) => `修改工作日历：${name}`, (name: string) => `Change the calendar ${name}`],
  add: ['新增工作日历', 'Add a working calendar'],
  unit: ['适用单位', 'For which unit'],
  unitHint: ['连同其下没有自己日历的单位', 'with everything beneath it that has no calendar of its own'],
  name: ['名称', 'Name'],
  nameHint: ['如：常白班、四班三运转', 'Such as: day shift, round the clock'],
  zone: ['时区', 'Time zone'],
  shifts: ['每周班次', 'The week'],
  shiftsHint: ['结束时间不晚于开始时间的，算到次日；起止相同为全天', 'A shift that ends no later than it begins ends on the next day; the same time twice is all day'],
  holidays: ['法定节假日休息、调休日上班（按国务院公布）', 'Public holidays are off, make-up days are worked (as the State Council announces)'],
  exceptions: ['个别日期', 'Single days'],
  exceptionsHint: ['优先于每周班次和法定节假日，如停产检修、加班', 'They win over the week and the public holidays, such as a stop for repairs'],
  never: ['整周没有班次', 'No shift in the whole week'],
  muddled: [(days: string) => `${days}：班次时间不完整或互相重叠`, (days: string) => `${days}: a shift lacks a time, or two overlap`],
  noDay: ['请选择日期', 'Choose the day'],
});

interface Values {
  unitId?: string;
  name: string;
  zone: string;
  shifts: Week;
  usesPublicHolidays: boolean;
  exceptions: readonly DayOff[];
}

interface DialogProps {
  /** What is changed; a new one without. */
  calendar: ConsoleCalendarFragment | null;
  /** Whether a new one is for the company as a whole. */
  isCompany: boolean;
  shipped: unknown;
  zone: string;
  onClose: () => void;
}

/** With the version that was looked at, so that two people do not undo each other. */
export function CalendarDialog({ calendar, isCompany, shipped, zone, onClose }: DialogProps) {
  const set = useAct(ConsoleSetCalendar, ['company']);
  const isForUnit = calendar ? Boolean(calendar.unit) : !isCompany;
  const save = async (values: Values): Promise<void> => {
    try {
      await set.mutateAsync({
        input: {
          unitId: calendar ? (calendar.unit?.id ?? null) : (values.unitId ?? null),
          name: values.name.trim(),
          zone: values.zone,
          shifts: ofWeek(values.shifts),
          exceptions: ofExceptions(values.exceptions),
          usesPublicHolidays: values.usesPublicHolidays,
          seen: calendar?.version ?? null,
        },
      });
    } catch (problem) {
      if (problem instanceof WireError && problem.code === 'CONFLICT') void touch(['company']);
      throw problem;
    }
  };
  return (
    <FormDialog<Values>
      title={calendar ? t.change(calendar.name) : t.add}
      isOpen
      width={760}
      onClose={onClose}
      onSave={save}
      initial={{ name: calendar?.name ?? '', zone: calendar?.zone ?? zone, shifts: weekOf(calendar?.shifts ?? shipped), usesPublicHolidays: calendar?.usesPublicHolidays ?? true, exceptions: exceptionsOf(calendar?.exceptions) }}
    >
      {isForUnit && !calendar && (
        <Form.Item name="unitId" label={t.unit} extra={t.unitHint} rules={needed()}>
          <UnitPick label={t.unit} />
        </Form.Item>
      )}
      <Form.Item name="name" label={t.name} extra={t.nameHint} rules={needed()}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="zone" label={t.zone} rules={needed()}>
        <Select showSearch options={zones(calendar?.zone ?? zone).map((value) => ({ value, label: value }))} />
      </Form.Item>
      <Form.Item name="shifts" label={t.shifts} extra={t.shiftsHint} rules={[{ validator: async (_rule, week: Week) => (week.some(isMuddled) ? Promise.reject(new Error(t.muddled(dayNames().filter((_, day) => isMuddled(week[day]!)).join('、')))) : week.every((day) => !day.length) ? Promise.reject(new Error(t.never)) : undefined) }]}>
        <WeekField />
      </Form.Item>
      <Form.Item name="usesPublicHolidays" label={t.holidays} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item
        name="exceptions"
        label={t.exceptions}
        extra={t.exceptionsHint}
        rules={[{ validator: async (_rule, days: readonly DayOff[]) => (days.some(({ day }) => !day) ? Promise.reject(new Error(t.noDay)) : muddledIn(days) ? Promise.reject(new Error(t.muddled(muddledIn(days)))) : undefined) }]}
      >
        <DaysField />
      </Form.Item>
    </FormDialog>
  );
}

/** The days whose own hours cannot be meant. */
function muddledIn(days: readonly DayOff[]): string {
  return days.flatMap(({ day, is }) => (typeof is !== 'string' && isMuddled(is) ? [day] : [])).join('、');
}

/** What the browser knows; an old one knows only the one that holds now. */
function zones(now: string): string[] {
  const known = typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : [];
  return [...new Set([now, ...known])];
}
