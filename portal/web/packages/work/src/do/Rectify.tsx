/** Handing in: the finished work, or the interim control and the plan. Both are the form and the evidence that the step asks for. */
import { Form, opened, placesOf, pruned, type Json, type Schema, type Wrong } from '@anhuan/forms';
import { words } from '@anhuan/i18n';
import { Card } from '@anhuan/ui';
import { useMemo, useState } from 'react';
import { asHazard, mineOf, type Case } from '../case/shape';
import { WorkControl, WorkRectify } from '../gql';
import { PhotoPicker } from '../photos/PhotoPicker';
import { purposeName } from '../photos/purposes';
import css from './do.module.css';
import { slots } from './FormSlots';
import { Frame } from './Frame';
import { fieldsFor, furtherOf, judged, testOf } from './handing-in';
import { lack, proofs } from './proofs';
import { useDraft } from './use-draft';
import { useSend } from './use-send';

const t = words({
  rectify: ['提交整改', 'Hand in the work'],
  control: ['临时管控与整改方案', 'Interim control and plan'],
  submit: ['提交', 'Hand in'],
  photos: ['照片', 'Photos'],
  need: [(n: number, what: string) => `还缺${what}照片 ${n} 张`, (n: number, what: string) => `${n} more “${what}” photo needed`],
  wrongIn: [(names: string) => `请先补全：${names}`, (names: string) => `Complete first: ${names}`],
  photosOf: [(what: string) => `${what}照片`, (what: string) => `photos “${what}”`],
  and: ['、', ', '],
});

/** The screen for the step `rectify` or `control`. */
export function Rectify({ one, step }: { one: Case; step: 'rectify' | 'control' }) {
  const task = mineOf(one).find((waiting) => waiting.step === step);
  const form = useMemo(() => (task?.form ?? { type: 'object', properties: {} }) as Schema, [task?.form]);
  const draft = useDraft<{ answers: Json }>(`${one.id}/${step}/${task?.id ?? ''}`, { answers: {} });
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const [isTried, setTried] = useState(false);
  const fields = useMemo(() => fieldsFor(form, step), [form, step]);
  const places = placesOf(fields, draft.value.answers);
  const sending = useSend(one.id, draft, ['evidence', ...places.map((place) => place.path)]);
  const demanded = task?.demands ?? [];
  const purposes = [...demanded.map((demand) => demand.purpose), ...(step === 'rectify' ? ['test'] : ['progress']).filter((extra) => !demanded.some((demand) => demand.purpose === extra))];
  const missing = (purpose: string): number => lack(demanded, draft.photos, purpose);
  const place = asHazard(one)?.area?.name ?? one.unit?.name;

  async function submit(): Promise<void> {
    const answers = opened(fields, pruned(draft.value.answers) ?? {}) as Record<string, Json>;
    const found = await judged(form, fields, answers);
    setWrong(found);
    setTried(true);
    if (found.length || purposes.some(missing)) return;
    const evidence = proofs(purposes, draft.photos);
    const measures = String(answers['measures'] ?? '');
    const photos = purposes.flatMap((purpose) => draft.photos[purpose] ?? []);
    if (step === 'control') void sending.send({ kind: 'control', document: WorkControl, photos, title: measures, variables: (id) => ({ input: { id, hazardId: one.id, measures, evidence, ...furtherOf(step, answers) } }) });
    else {
      const test = testOf(answers);
      void sending.send({ kind: 'rectification', document: WorkRectify, photos, title: measures, variables: (id) => ({ input: { id, hazardId: one.id, measures, test, evidence, ...furtherOf(step, answers) } }) });
    }
  }

  // What was empty and is no more needs no word.
  const still = wrong.filter(({ path, keyword }) => keyword !== 'required' || places.every((place) => place.path !== path || place.value === undefined || place.value === ''));
  const told = [...still, ...sending.problems.map(({ path, message }) => ({ path: path ?? '', keyword: 'server', message }))];
  /** By name, for what is wrong may stand far above the button; what no field here can be is said as it was judged. */
  const lacks = [
    ...purposes.filter(missing).map((purpose) => t.photosOf(purposeName(purpose))),
    ...new Set(still.map(({ path, message }) => places.find((place) => place.path === path)?.label ?? [path, message].filter(Boolean).join(' '))),
  ];
  return (
    <Frame one={one} title={step === 'rectify' ? t.rectify : t.control} submit={t.submit} onSubmit={() => void submit()} draft={draft} sending={sending} missing={isTried && lacks.length > 0 ? t.wrongIn(lacks.join(t.and)) : null}>
      <Card title={t.photos}>
        <div className={css.photos}>
          {purposes.map((purpose, index) => (
            <PhotoPicker
              key={purpose}
              label={purposeName(purpose)}
              least={demanded.find((demand) => demand.purpose === purpose)?.least}
              photos={draft.photos[purpose] ?? []}
              place={place}
              onChange={(photos) => draft.setPhotos(purpose, photos)}
              wrong={isTried && missing(purpose) ? t.need(missing(purpose), purposeName(purpose)) : index === 0 ? sending.wrong('evidence') ?? null : null}
            />
          ))}
        </div>
      </Card>
      <Card>
        <div className={css.stack}>
          <Form fields={fields} value={draft.value.answers} onChange={(answers) => draft.set({ answers })} wrong={told} slots={slots} />
        </div>
      </Card>
    </Frame>
  );
}
