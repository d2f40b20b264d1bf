/** When a person is away, and who stands in: begun, planned and ended here. */
import { useState } from 'react';
import { App, Button, DatePicker, Form, Input } from 'antd';
import { PlusOutlined } from '@ant-design/icons';
import type { Dayjs } from 'dayjs';
import { words } from '@anhuan/i18n';
import { near, rightNow } from '@anhuan/i18n/time';
import { said } from '@anhuan/wire';
import { ConsoleAbsences, ConsoleEndAbsence, ConsoleStartAbsence, type ConsolePersonFullQuery } from '../gql';
import { Answered } from '../shared/Answered';
import { dayjs } from '../shared/calendar';
import { FormDialog, needed } from '../shared/FormDialog';
import { PersonPick } from '../shared/PersonPick';
import { Tag } from '../shared/parts';
import { useAct, useAnswer } from '../shared/query';
import { picked } from '../shared/zoned';
import css from './organisation.module.css';

const t = words({
  title: ['请假与代理', 'Away'],
  add: ['登记请假', 'Say away'],
  addTitle: [(name: string) => `登记${name}请假`, (name: string) => `${name} is away`],
  when: ['起止时间', 'From and until'],
  deputy: ['代理人', 'Deputy'],
  deputyHint: ['请假期间，待办会转给代理人；回来后未办的再转回。', 'Open tasks pass to the deputy and come back where they are undecided.'],
  reason: ['事由', 'Reason'],
  none: ['没有登记请假', 'Not away, nothing planned'],
  now: ['请假中', 'Away now'],
  later: ['待开始', 'To come'],
  line: [(from: string, to: string) => `${from} 至 ${to}`, (from: string, to: string) => `${from} until ${to}`],
  by: [(name: string) => `代理人 ${name}`, (name: string) => `deputy: ${name}`],
  end: ['提前结束', 'Back already'],
  call: ['取消', 'Call off'],
  ended: ['已销假', 'Ended'],
});

interface Entered {
  when: [Dayjs, Dayjs];
  deputyId: string;
  reason: string;
}

/** A list with what can be done. */
export function PersonAbsences({ person }: { person: NonNullable<ConsolePersonFullQuery['person']> }) {
  const { message } = App.useApp();
  const [isAdding, setAdding] = useState(false);
  const answer = useAnswer(ConsoleAbsences, { person: person.id }, ['people']);
  const start = useAct(ConsoleStartAbsence, ['people', 'case']);
  const end = useAct(ConsoleEndAbsence, ['people', 'case']);
  const stop = async (id: string): Promise<void> => {
    try {
      await end.mutateAsync({ input: { id } });
      message.success(t.ended);
    } catch (problem) {
      message.error(said(problem));
    }
  };
  return (
    <section>
      <div className={css.section}>
        <h3>{t.title}</h3>
        {!person.disabledAt && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t.add}
          </Button>
        )}
      </div>
      <Answered of={answer} rows={2} isSmall>
        {({ absences }) =>
          absences.length ? (
            <ul className={css.rows}>
              {absences.map((absence) => {
                const isNow = Date.parse(absence.startsAt) <= rightNow();
                return (
                  <li key={absence.id}>
                    <span>
                      {t.line(near(absence.startsAt), near(absence.endsAt))} <Tag tone={isNow ? 'warn' : 'plain'}>{isNow ? t.now : t.later}</Tag>
                      <small>{[absence.deputy && t.by(absence.deputy.name), absence.reason].filter(Boolean).join(' · ')}</small>
                    </span>
                    <Button size="small" type="text" loading={end.isPending} onClick={() => void stop(absence.id)}>
                      {isNow ? t.end : t.call}
                    </Button>
                  </li>
                );
              })}
            </ul>
          ) : (
            <p className={css.quiet}>{t.none}</p>
          )
        }
      </Answered>
      <FormDialog<Entered>
        title={t.addTitle(person.name)}
        isOpen={isAdding}
        onClose={() => setAdding(false)}
        onSave={async ({ when: [from, until], deputyId, reason }, id) =>
          start.mutateAsync({ input: { id, personId: person.id, deputyId, startsAt: picked(from).toISOString(), endsAt: picked(until).toISOString(), reason } })
        }
      >
        <Form.Item name="when" label={t.when} rules={needed()}>
          <DatePicker.RangePicker showTime={{ format: 'HH:mm', minuteStep: 15 }} format="YYYY-MM-DD HH:mm" style={{ width: '100%' }} disabledDate={(date) => date.isBefore(dayjs(), 'day')} />
        </Form.Item>
        <Form.Item name="deputyId" label={t.deputy} rules={needed()} extra={t.deputyHint}>
          <PersonPick label={t.deputy} />
        </Form.Item>
        <Form.Item name="reason" label={t.reason} rules={needed()}>
          <Input maxLength={200} />
        </Form.Item>
      </FormDialog>
    </section>
  );
}
