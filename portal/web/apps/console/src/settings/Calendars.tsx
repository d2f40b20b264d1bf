/** When the company and its units work: limits that are counted in working days are counted by these. */
import { useState } from 'react';
import { PlusOutlined } from '@ant-design/icons';
import { Alert, App, Button } from 'antd';
import { words } from '@anhuan/i18n';
import { said } from '@anhuan/wire';
import { ConsoleCalendars, ConsoleRemoveCalendar, type ConsoleCalendarFragment } from '../gql';
import { Answered } from '../shared/Answered';
import { Tag } from '../shared/parts';
import { useAct, useAnswer } from '../shared/query';
import { useWho } from '../shared/rights';
import { CalendarDialog } from './CalendarDialog';
import css from './settings.module.css';
import { exceptionsOf, hoursIn, saidException, saidWeek, weekOf } from './week';

const t = words({
  about: ['按工作日、工作小时计算的期限，都按这里的班次计算；保存后，正在计时的期限会重新计算。', 'Limits in working days and hours are counted by these shifts; those that run are set anew once you save.'],
  add: ['为单位新增', 'Add one for a unit'],
  whole: ['全企业', 'The whole company'],
  shipped: ['未设置，按系统默认', 'Not set: as shipped'],
  set: ['设置', 'Set it'],
  change: ['修改', 'Change'],
  remove: ['删除', 'Remove'],
  sure: [(name: string) => `删除工作日历“${name}”？`, (name: string) => `Remove the calendar ${name}?`],
  sureUnit: ['该单位将改按上级单位的工作日历。', 'The unit then works as the one above it.'],
  sureCompany: ['全企业将改按系统默认班次。', 'The company then works by the shipped week.'],
  cancel: ['取消', 'Cancel'],
  hours: [(n: number) => `每周 ${n} 小时`, (n: number) => `${n} hours a week`],
  holidays: ['法定节假日休息', 'public holidays off'],
  none: ['不按法定节假日', 'public holidays worked'],
  by: [(who: string) => `${who} 最后修改`, (who: string) => `last changed by ${who}`],
  days: [(n: number) => `个别日期 ${n} 天`, (n: number) => `${n} single days`],
});
const FEW = 6;

/** The company's own first; without one the week that ships holds. */
export function Calendars() {
  const answer = useAnswer(ConsoleCalendars, {}, ['company']);
  const remove = useAct(ConsoleRemoveCalendar, ['company']);
  const { modal, message } = App.useApp();
  const zone = useWho()?.company.zone ?? 'Asia/Shanghai';
  const [edited, edit] = useState<{ calendar: ConsoleCalendarFragment | null; isCompany: boolean } | null>(null);
  const ask = (calendar: ConsoleCalendarFragment): void =>
    void modal.confirm({
      title: t.sure(calendar.name),
      content: calendar.unit ? t.sureUnit : t.sureCompany,
      okText: t.remove,
      okButtonProps: { danger: true },
      cancelText: t.cancel,
      onOk: async () => {
        try {
          await remove.mutateAsync({ input: { unitId: calendar.unit?.id ?? null } });
        } catch (problem) {
          message.error(said(problem));
        }
      },
    });
  return (
    <Answered of={answer} rows={6}>
      {({ workCalendars, shippedWeek }) => {
        const own = workCalendars.find(({ unit }) => !unit);
        return (
          <>
            <Alert type="info" showIcon title={t.about} style={{ marginBottom: 16 }} />
            <div className={css.modules}>
              {!own && (
                <section className={css.module}>
                  <h3>{t.whole} <Tag>{t.shipped}</Tag></h3>
                  <Said shifts={shippedWeek} usesPublicHolidays />
                  <div className={css.row}><Button type="primary" onClick={() => edit({ calendar: null, isCompany: true })}>{t.set}</Button></div>
                </section>
              )}
              {workCalendars.map((calendar) => (
                <section key={calendar.id} className={css.module}>
                  <h3>{calendar.name} <Tag tone={calendar.unit ? 'plain' : 'brand'}>{calendar.unit?.name ?? t.whole}</Tag></h3>
                  <Said shifts={calendar.shifts} exceptions={calendar.exceptions} usesPublicHolidays={calendar.usesPublicHolidays} />
                  {calendar.changedBy && <small className={css.quiet}>{t.by(calendar.changedBy.name)}</small>}
                  <div className={css.row} style={{ marginTop: 10 }}>
                    <Button onClick={() => edit({ calendar, isCompany: !calendar.unit })}>{t.change}</Button>
                    <Button danger type="text" onClick={() => ask(calendar)}>{t.remove}</Button>
                  </div>
                </section>
              ))}
            </div>
            <Button icon={<PlusOutlined />} style={{ marginTop: 16 }} onClick={() => edit({ calendar: null, isCompany: false })}>{t.add}</Button>
            {edited && <CalendarDialog {...edited} shipped={shippedWeek} zone={zone} onClose={() => edit(null)} />}
          </>
        );
      }}
    </Answered>
  );
}

function Said({ shifts, exceptions, usesPublicHolidays }: { shifts: unknown; exceptions?: unknown; usesPublicHolidays: boolean }) {
  const week = weekOf(shifts);
  const days = exceptionsOf(exceptions);
  return (
    <div style={{ flex: 1 }}>
      <dl className={css.facts} style={{ gap: '2px 12px' }}>
        {saidWeek(week).map((line) => [<dt key={line.days}>{line.days}</dt>, <dd key={`${line.days}-`}>{line.shifts}</dd>])}
      </dl>
      <p className={css.quiet}>
        {t.hours(Math.round(hoursIn(week) * 10) / 10)} · {usesPublicHolidays ? t.holidays : t.none}
        {days.length > 0 && <> · {t.days(days.length)}{days.length <= FEW && `：${days.map(({ day, is }) => `${day} ${saidException(is)}`).join('；')}`}</>}
      </p>
    </div>
  );
}
