/** Ending a report that is no hazard or the same as another, and passing one's own step to somebody else. */
import { words } from '@anhuan/i18n';
import { Card, Row, Segment, TextField } from '@anhuan/ui';
import { useAsk, whoIsHere } from '@anhuan/wire';
import { UserRound } from 'lucide-react';
import { useEffect, useState } from 'react';
import { asHazard, mineOf, type Case } from '../case/shape';
import { WorkAlike, WorkCallOff, WorkHandOver } from '../gql';
import { PickPerson, type Picked } from '../pick/Pickers';
import { SpokenArea } from '../speak/SpokenArea';
import { Choice } from './Choice';
import css from './do.module.css';
import { Frame } from './Frame';
import { useDraft } from './use-draft';
import { useSend } from './use-send';

const t = words({
  callOff: ['撤销隐患', 'Call it off'],
  callOffSubmit: ['确认撤销', 'Call it off'],
  why: ['撤销类型', 'Why'],
  none: ['不是隐患', 'No hazard'],
  same: ['与其他重复', 'A duplicate'],
  reason: ['说明', 'Reason'],
  needReason: ['请写明原因', 'Say why'],
  other: ['重复的隐患', 'The same as'],
  search: ['按编号或内容查找', 'Search by number or text'],
  moreAlike: ['还有更多，请输入得更具体', 'There are more. Type more of it'],
  needOther: ['请选择重复的隐患', 'Choose the other hazard'],
  kept: ['撤销后记录保留，不会删除。', 'The record stays; nothing is deleted.'],
  handOver: ['转交他人', 'Hand over'],
  handOverSubmit: ['确认转交', 'Hand over'],
  step: ['转交事项', 'Which step'],
  to: ['转交给', 'To'],
  choose: ['点此选择', 'Touch to choose'],
  needTo: ['请选择接手的人', 'Choose who takes over'],
  handed: [(step: string, who: string) => `${step} → ${who}`, (step: string, who: string) => `${step} → ${who}`],
});

/** Calling a report off. */
export function CallOff({ one }: { one: Case }) {
  const draft = useDraft<{ why: 'none' | 'same'; reason: string; other: Picked | null }>(`${one.id}/call-off`, { why: 'none', reason: '', other: null });
  const sending = useSend(one.id, draft, ['reason', 'duplicateOf']);
  const [isTried, setTried] = useState(false);
  const [text, setText] = useState('');
  const [wanted, setWanted] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setWanted(text.trim()), 300);
    return () => clearTimeout(timer);
  }, [text]);
  const { why, reason, other } = draft.value;
  const { data } = useAsk(WorkAlike, { text: wanted }, undefined, why === 'same' && wanted.length > 1);
  const alike = (asHazard(one)?.similar ?? []).flatMap((known) => (known.number ? [{ id: known.caseId, name: known.title ?? '', number: known.number }] : []));
  const found = wanted.length > 1 ? (data?.hazards.edges ?? []).map(({ node }) => ({ id: node.id, name: node.title, number: node.number })) : alike;
  const missing = !reason.trim() ? t.needReason : why === 'same' && !other ? t.needOther : null;

  function submit(): void {
    setTried(true);
    if (missing) return;
    void sending.send({ kind: 'callOff', document: WorkCallOff, title: reason.trim(), variables: (id) => ({ input: { id, hazardId: one.id, reason: reason.trim(), duplicateOf: why === 'same' ? (other?.id ?? null) : null } }) });
  }

  return (
    <Frame one={one} title={t.callOff} submit={t.callOffSubmit} onSubmit={submit} draft={draft} sending={sending} isDanger missing={isTried ? missing : null}>
      <Card title={t.why}>
        <div className={css.stack}>
          <Segment label={t.why} options={[{ value: 'none', text: t.none }, { value: 'same', text: t.same }]} value={why} onChange={(chosen) => draft.set({ why: chosen })} />
          {why === 'same' && (
            <>
              <TextField label={t.search} type="search" value={text} onChange={(event) => setText(event.target.value)} />
              <div className={css.choices} role="radiogroup" aria-label={t.other}>
                {[...(other && !found.some((known) => known.id === other.id) ? [{ ...other, number: '' }] : []), ...found].filter((known) => known.id !== one.id).map((known) => (
                  <Choice key={known.id} title={known.name} below={known.number} isChosen={known.id === other?.id} onChoose={() => draft.set({ other: { id: known.id, name: known.name } })} />
                ))}
              </div>
              {wanted.length > 1 && data?.hazards.pageInfo.hasNextPage && <p className={css.more} role="status">{t.moreAlike}</p>}
              {sending.wrong('duplicateOf') && <p className={css.wrong} role="alert">{sending.wrong('duplicateOf')}</p>}
            </>
          )}
          <SpokenArea label={t.reason} hint={t.kept} maxLength={1000} value={reason} wrong={sending.wrong('reason') ?? (isTried && !reason.trim() ? t.needReason : null)} onText={(reason) => draft.set({ reason })} />
        </div>
      </Card>
    </Frame>
  );
}

/** Passing a step on. */
export function HandOver({ one }: { one: Case }) {
  const seats = mineOf(one).flatMap((task) => task.seats.filter((seat) => seat.isMine).map((seat) => ({ id: seat.id, name: task.stepName })));
  const draft = useDraft<{ seat: string | null; to: Picked | null; reason: string }>(`${one.id}/hand-over`, { seat: seats[0]?.id ?? null, to: null, reason: '' });
  const sending = useSend(one.id, draft, ['to', 'reason']);
  const [isTried, setTried] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const { to, reason } = draft.value;
  const seat = seats.find((known) => known.id === draft.value.seat) ?? seats[0];
  const missing = !to ? t.needTo : !reason.trim() ? t.needReason : null;

  function submit(): void {
    setTried(true);
    if (missing || !to || !seat) return;
    void sending.send({ kind: 'handOver', document: WorkHandOver, title: t.handed(seat.name, to.name), variables: (id) => ({ input: { id, caseId: one.id, seatId: seat.id, to: to.id, reason: reason.trim() } }) });
  }

  return (
    <Frame one={one} title={t.handOver} submit={t.handOverSubmit} onSubmit={submit} draft={draft} sending={sending} missing={isTried ? missing : null}>
      {seats.length > 1 && (
        <Card title={t.step}>
          <Segment label={t.step} options={seats.map((known) => ({ value: known.id, text: known.name }))} value={seat?.id ?? null} onChange={(chosen) => draft.set({ seat: chosen })} />
        </Card>
      )}
      <Card>
        <div className={css.stack}>
          <div>
            <Row lead={<UserRound size={22} aria-hidden="true" />} title={t.to} tail={to?.name ?? t.choose} onClick={() => setOpen(true)} />
            {sending.wrong('to') && <p className={css.wrong} role="alert">{sending.wrong('to')}</p>}
          </div>
          <SpokenArea label={t.reason} maxLength={1000} value={reason} wrong={sending.wrong('reason') ?? (isTried && !reason.trim() ? t.needReason : null)} onText={(reason) => draft.set({ reason })} />
        </div>
      </Card>
      {isOpen && (
        <PickPerson
          without={whoIsHere()?.person.id}
          onClose={() => setOpen(false)}
          onPick={(person) => {
            draft.set({ to: { id: person.id, name: person.name } });
            setOpen(false);
          }}
        />
      )}
    </Frame>
  );
}
