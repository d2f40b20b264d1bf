/** Handing in: the finished work, or the interim control and the plan. Both are the form and the evidence that the step asks for. */
import { fieldsOf, Form, opened, pruned, type Json, type Schema, type Wrong } from '@anhuan/forms';
import { words } from '@anhuan/i18n';
import { Card } from '@anhuan/ui';
import { useMemo, useState } from 'react';
import { asHazard, mineOf, type Case } from '../case/shape';
import { WorkControl, WorkRectify, type TestResultInput } from '../gql';
import { PhotoPicker } from '../photos/PhotoPicker';
import { purposeName } from '../photos/purposes';
import css from './do.module.css';
import { slots, shippedName } from './FormSlots';
import { Frame } from './Frame';
import { lack, proofs } from './proofs';
import { useDraft } from './use-draft';
import { useSend } from './use-send';

const t = words({
  rectify: ['提交整改', 'Hand in the work'],
  control: ['临时管控与整改方案', 'Interim control and plan'],
  submit: ['提交', 'Hand in'],
  photos: ['照片', 'Photos'],
  need: [(n: number, what: string) => `还缺${what}照片 ${n} 张`, (n: number, what: string) => `${n} more “${what}” photo needed`],
  wrong: ['请先补全标出的内容', 'Complete what is marked first'],
});

/** The screen for the step `rectify` or `control`. */
export function Rectify({ one, step }: { one: Case; step: 'rectify' | 'control' }) {
  const task = mineOf(one).find((waiting) => waiting.step === step);
  const form = useMemo(() => (task?.form ?? { type: 'object', properties: {} }) as Schema, [task?.form]);
  const draft = useDraft<{ answers: Json }>(`${one.id}/${step}/${task?.id ?? ''}`, { answers: {} });
  const [wrong, setWrong] = useState<readonly Wrong[]>([]);
  const [isTried, setTried] = useState(false);
  const sending = useSend(one.id, draft, ['measures', 'test.passed', 'test.summary', 'test.value', 'evidence']);
  const fields = useMemo(() => fieldsOf(form, shippedName), [form]);
  const demanded = task?.demands ?? [];
  const purposes = [...demanded.map((demand) => demand.purpose), ...(step === 'rectify' ? ['test'] : ['progress']).filter((extra) => !demanded.some((demand) => demand.purpose === extra))];
  const missing = (purpose: string): number => lack(demanded, draft.photos, purpose);
  const place = asHazard(one)?.area?.name ?? one.unit?.name;

  async function submit(): Promise<void> {
    const answers = opened(fields, pruned(draft.value.answers) ?? {}) as Record<string, Json>;
    const found = await judged(form, answers);
    setWrong(found);
    setTried(true);
    if (found.length || purposes.some(missing)) return;
    const evidence = proofs(purposes, draft.photos);
    const measures = String(answers['measures'] ?? '');
    const photos = purposes.flatMap((purpose) => draft.photos[purpose] ?? []);
    if (step === 'control') void sending.send({ kind: 'control', document: WorkControl, photos, title: measures, variables: (id) => ({ input: { id, hazardId: one.id, measures, evidence } }) });
    else {
      const test = answers['test'] as unknown as TestResultInput;
      void sending.send({ kind: 'rectification', document: WorkRectify, photos, title: measures, variables: (id) => ({ input: { id, hazardId: one.id, measures, test, evidence } }) });
    }
  }

  const told = [...wrong, ...['measures', 'test.passed', 'test.summary', 'test.value'].flatMap((path) => (sending.wrong(path) ? [{ path, keyword: 'server', message: sending.wrong(path)! }] : []))];
  return (
    <Frame one={one} title={step === 'rectify' ? t.rectify : t.control} submit={t.submit} onSubmit={() => void submit()} draft={draft} sending={sending} missing={isTried && (wrong.length > 0 || purposes.some(missing)) ? t.wrong : null}>
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

/** What is wrong with the answers; nothing where this webview cannot load the judge: then the server says it. */
async function judged(form: Schema, answers: Json): Promise<Wrong[]> {
  try {
    return (await import('@anhuan/forms/check')).check(form, answers);
  } catch {
    return [];
  }
}
