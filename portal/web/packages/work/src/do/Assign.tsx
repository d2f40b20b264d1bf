/** Who puts it right: the unit that usually does is proposed with why; a person decides. */
import { words } from '@anhuan/i18n';
import { Button, Card, IconButton, Row } from '@anhuan/ui';
import { useAsk } from '@anhuan/wire';
import { Building2, Factory, UserRound, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Case } from '../case/shape';
import { WorkAssign, WorkRoute } from '../gql';
import { PickParty, PickPerson, PickUnit, type Picked } from '../pick/Pickers';
import { SpokenArea } from '../speak/SpokenArea';
import css from './do.module.css';
import { Frame } from './Frame';
import { useDraft } from './use-draft';
import { useSend } from './use-send';

const t = words({
  title: ['派发整改', 'Assign'],
  submit: ['派发', 'Assign'],
  proposed: ['系统建议', 'Proposed'],
  take: ['采用', 'Take it'],
  function: [(n: number) => `该类隐患通常由其负责 · 把握 ${n}%`, (n: number) => `Usually answers for this kind · ${n}% sure`],
  place: [(n: number) => `隐患所在单位 · 把握 ${n}%`, (n: number) => `The unit of the place · ${n}% sure`],
  who: ['整改责任', 'Who puts it right'],
  unit: ['责任单位', 'Unit'],
  person: ['责任人', 'Person'],
  party: ['外部单位', 'Outside firm'],
  choose: ['点此选择', 'Touch to choose'],
  optional: ['可不选', 'optional'],
  clear: ['清除', 'Clear'],
  note: ['要求', 'What is asked'],
  need: ['请选择责任单位、责任人或外部单位', 'Choose a unit, a person or an outside firm'],
  to: [(who: string) => `派发给 ${who}`, (who: string) => `To ${who}`],
});

type Kind = 'unit' | 'person' | 'party';

/** The screen for assigning and for passing on. */
export function Assign({ one }: { one: Case }) {
  const draft = useDraft<{ unit: Picked | null; person: Picked | null; party: Picked | null; note: string }>(`${one.id}/assign`, { unit: null, person: null, party: null, note: '' });
  const sending = useSend(one.id, draft, ['unitId', 'personId', 'partyId', 'note']);
  const { data } = useAsk(WorkRoute, { hazard: one.id }, `route:${one.id}`);
  const [open, setOpen] = useState<Kind | null>(null);
  const [isTried, setTried] = useState(false);
  const { unit, person, party, note } = draft.value;
  const isEmpty = !unit && !person && !party;
  const route = data?.proposedUnit;

  function submit(): void {
    setTried(true);
    if (isEmpty) return;
    void sending.send({
      kind: 'assign',
      document: WorkAssign,
      title: t.to([unit, person, party].flatMap((chosen) => chosen?.name ?? []).join(' · ')),
      variables: (id) => ({ input: { id, hazardId: one.id, unitId: unit?.id ?? null, personId: person?.id ?? null, partyId: party?.id ?? null, note: note.trim() || null } }),
    });
  }

  const line = (kind: Kind, picture: ReactNode, chosen: Picked | null): ReactNode => (
    <>
      <div className={css.chosen}>
        <Row lead={picture} title={t[kind]} below={chosen ? undefined : t.optional} tail={chosen?.name ?? t.choose} onClick={() => setOpen(kind)} />
        {chosen && <IconButton label={`${t.clear} ${chosen.name}`} onClick={() => draft.set({ [kind]: null })}><X size={20} /></IconButton>}
      </div>
      {sending.wrong(`${kind}Id`) && <p className={css.wrong} role="alert">{sending.wrong(`${kind}Id`)}</p>}
    </>
  );
  const pick = (kind: Kind) => (picked: Picked) => {
    draft.set({ [kind]: { id: picked.id, name: picked.name } });
    setOpen(null);
  };
  return (
    <Frame one={one} title={t.title} submit={t.submit} onSubmit={submit} draft={draft} sending={sending} missing={isTried && isEmpty ? t.need : null}>
      {route && unit?.id !== route.unit.id && (
        <Card title={t.proposed}>
          <div className={css.suggested}>
            <div>
              <b>{route.unit.name}</b>
              <small>{route.unit.path.slice(0, -1).join(' / ')}</small>
              <small>{route.reason === 'function' ? t.function(route.percent) : t.place(route.percent)}</small>
            </div>
            <Button kind="soft" onClick={() => draft.set({ unit: { id: route.unit.id, name: route.unit.name } })}>{t.take}</Button>
          </div>
        </Card>
      )}
      <Card title={t.who}>
        {line('unit', <Building2 size={22} aria-hidden="true" />, unit)}
        {line('person', <UserRound size={22} aria-hidden="true" />, person)}
        {line('party', <Factory size={22} aria-hidden="true" />, party)}
      </Card>
      <Card>
        <SpokenArea label={t.note} isOptional maxLength={1000} value={note} wrong={sending.wrong('note') ?? null} onText={(note) => draft.set({ note })} />
      </Card>
      {open === 'unit' && <PickUnit onPick={pick('unit')} onClose={() => setOpen(null)} />}
      {open === 'person' && <PickPerson unit={unit?.id} onPick={pick('person')} onClose={() => setOpen(null)} />}
      {open === 'party' && <PickParty onPick={pick('party')} onClose={() => setOpen(null)} />}
    </Frame>
  );
}
