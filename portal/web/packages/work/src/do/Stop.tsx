/** Stopping work, and lifting the stop after seeing on site that it is safe. */
import { words } from '@anhuan/i18n';
import { near } from '@anhuan/i18n/time';
import { Card, Notice } from '@anhuan/ui';
import { whoIsHere } from '@anhuan/wire';
import { OctagonX } from 'lucide-react';
import { useState } from 'react';
import { asHazard, standing, type Case } from '../case/shape';
import { WorkResume, WorkStop } from '../gql';
import { PhotoPicker } from '../photos/PhotoPicker';
import { SpokenArea } from '../speak/SpokenArea';
import { Choice } from './Choice';
import css from './do.module.css';
import { Frame } from './Frame';
import { useDraft } from './use-draft';
import { useSend } from './use-send';

const t = words({
  stop: ['下令停工', 'Stop work'],
  stopSubmit: ['立即停工', 'Stop work now'],
  stopLead: ['停工令立即生效，相关人员会马上收到通知。人员撤离到安全位置后再处理。', 'It holds at once and everyone concerned is told. Get people to safety first.'],
  offline: ['没有网络时停工令发不出去，也不会通知任何人：请先当面叫停作业。', 'Without network nobody is told: call out to stop the work first.'],
  notSent: ['停工令还没有发出！请先当面叫停，联网后自动发出', 'Not sent yet! Call out to stop the work; it goes out when there is network'],
  where: ['停工范围', 'Where'],
  wholeArea: [(name: string) => `区域：${name}`, (name: string) => `Area: ${name}`],
  machine: [(name: string) => `设备：${name}`, (name: string) => `Machine: ${name}`],
  place: [(name: string) => `隐患所在单位：${name}`, (name: string) => `The unit: ${name}`],
  why: ['停工原因', 'Why'],
  needWhy: ['请写明停工原因', 'Say why work has to stop'],
  resume: ['解除停工', 'Resume work'],
  resumeSubmit: ['确认恢复作业', 'Let work go on'],
  resumeLead: ['请先到现场确认危险已消除，再拍照、写明依据。下令停工的人不能自己解除。', 'See on site that the danger is gone, take a photo, say why it is safe. Who ordered the stop cannot lift it.'],
  order: ['停工令', 'Stop order'],
  safe: ['恢复作业的依据', 'Why it is safe'],
  needSafe: ['请写明恢复作业的依据', 'Say why it is safe'],
  photos: ['现场照片', 'Photos from the place'],
  needPhoto: ['至少拍一张现场照片', 'At least one photo from the place'],
});

/** Ordering a stop. */
export function Stop({ one }: { one: Case }) {
  const hazard = asHazard(one);
  const draft = useDraft<{ reason: string; where: 'asset' | 'area' | 'unit' }>(`${one.id}/stop`, { reason: '', where: hazard?.asset ? 'asset' : hazard?.area ? 'area' : 'unit' });
  const sending = useSend(one.id, draft, ['reason']);
  const [isTried, setTried] = useState(false);
  const { reason, where } = draft.value;
  const places = [
    ...(hazard?.asset ? [{ value: 'asset' as const, text: t.machine(hazard.asset.name) }] : []),
    ...(hazard?.area ? [{ value: 'area' as const, text: t.wholeArea(hazard.area.name) }] : []),
    { value: 'unit' as const, text: t.place(one.unit?.name ?? '') },
  ];

  function submit(): void {
    setTried(true);
    const why = reason.trim();
    if (!why) return;
    void sending.send({
      kind: 'stopWork',
      document: WorkStop,
      title: why,
      ifWaiting: t.notSent,
      variables: (id) => ({ input: { id, caseId: one.id, reason: why, areaId: where === 'unit' ? null : (hazard?.area?.id ?? null), assetId: where === 'asset' ? (hazard?.asset?.id ?? null) : null } }),
    });
  }

  return (
    <Frame one={one} title={t.stop} submit={t.stopSubmit} onSubmit={submit} draft={draft} sending={sending} isDanger offline={t.offline} missing={isTried && !reason.trim() ? t.needWhy : null}>
      <Notice tone="major" picture={<OctagonX size={20} aria-hidden="true" />}>{t.stopLead}</Notice>
      <Card title={t.where}>
        <div className={css.choices} role="radiogroup" aria-label={t.where}>
          {places.map((place) => (
            <Choice key={place.value} title={place.text} isChosen={where === place.value} onChoose={() => draft.set({ where: place.value })} />
          ))}
        </div>
      </Card>
      <Card>
        <SpokenArea label={t.why} maxLength={1000} value={reason} wrong={sending.wrong('reason') ?? (isTried && !reason.trim() ? t.needWhy : null)} onText={(reason) => draft.set({ reason })} />
      </Card>
    </Frame>
  );
}

/** Lifting one. */
export function Resume({ one }: { one: Case }) {
  const me = whoIsHere()?.person.id;
  const orders = standing(one).filter((order) => order.issuedBy?.id !== me);
  const draft = useDraft<{ reason: string; order: string | null }>(`${one.id}/resume`, { reason: '', order: orders[0]?.id ?? null });
  const sending = useSend(one.id, draft, ['reason', 'evidence']);
  const [isTried, setTried] = useState(false);
  const { reason } = draft.value;
  const photos = draft.photos['resume'] ?? [];
  const order = orders.find((known) => known.id === draft.value.order) ?? orders[0];
  const missing = !reason.trim() ? t.needSafe : photos.length ? null : t.needPhoto;

  function submit(): void {
    setTried(true);
    if (missing || !order) return;
    const why = reason.trim();
    void sending.send({ kind: 'resumeWork', document: WorkResume, photos, title: why, variables: () => ({ input: { orderId: order.id, reason: why, evidence: photos.map((photo) => photo.id) } }) });
  }

  return (
    <Frame one={one} title={t.resume} submit={t.resumeSubmit} onSubmit={submit} draft={draft} sending={sending} missing={isTried ? missing : null}>
      <Notice tone="warn">{t.resumeLead}</Notice>
      <Card title={t.order}>
        <div className={css.choices} role="radiogroup" aria-label={t.order}>
          {orders.map((known) => (
            <Choice key={known.id} title={known.reason} below={[known.unit?.name, known.issuedBy?.name, near(known.issuedAt)].filter(Boolean).join(' · ')} isChosen={known.id === order?.id} onChoose={() => draft.set({ order: known.id })} />
          ))}
        </div>
      </Card>
      <Card>
        <div className={css.stack}>
          <PhotoPicker label={t.photos} least={1} photos={photos} place={asHazard(one)?.area?.name} onChange={(some) => draft.setPhotos('resume', some)} wrong={sending.wrong('evidence') ?? (isTried && !photos.length ? t.needPhoto : null)} />
          <SpokenArea label={t.safe} maxLength={1000} value={reason} wrong={sending.wrong('reason') ?? (isTried && !reason.trim() ? t.needSafe : null)} onText={(reason) => draft.set({ reason })} />
        </div>
      </Card>
    </Frame>
  );
}
