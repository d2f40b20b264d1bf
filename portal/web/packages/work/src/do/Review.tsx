/** Approving or rejecting what waits for the reader: what was done in front of them, then yes or no. */
import { words } from '@anhuan/i18n';
import { Card } from '@anhuan/ui';
import { CircleCheck, CircleX } from 'lucide-react';
import { useState } from 'react';
import { Further } from '../case/Further';
import { asHazard, mineOf, type Case, type Task } from '../case/shape';
import { WorkReview } from '../gql';
import { Compare } from '../photos/Compare';
import { PhotoPicker } from '../photos/PhotoPicker';
import { inStory, purposeName } from '../photos/purposes';
import { Shots } from '../photos/Shots';
import { SpokenArea } from '../speak/SpokenArea';
import css from './do.module.css';
import { Frame } from './Frame';
import { lack, proofs } from './proofs';
import { useDraft } from './use-draft';
import { useSend } from './use-send';

const t = words({
  what: ['整改情况', 'What was done'],
  measures: ['措施', 'Measures'],
  passed: ['试验合格', 'Test passed'],
  failed: ['试验不合格', 'Test failed'],
  by: [(who: string) => `${who} 提交`, (who: string) => `Handed in by ${who}`],
  decision: ['审核意见', 'Your decision'],
  submit: ['提交审核意见', 'Hand in your decision'],
  approve: ['同意', 'Approve'],
  reject: ['驳回', 'Reject'],
  comment: ['意见', 'Comment'],
  whyNot: ['驳回原因', 'Why not'],
  quick: ['常用语', 'Quick phrases'],
  goodWords: ['整改到位，同意|措施可行，同意|现场已核实', 'Done properly|The plan will do|Seen on site'],
  badWords: ['整改不到位|照片看不清，请补拍|缺少试验记录', 'Not done properly|Photos are not clear|The test is missing'],
  choose: ['请选择同意或驳回', 'Choose to approve or reject'],
  why: ['驳回请写明原因', 'Say why when you reject'],
  need: [(n: number, what: string) => `还缺${what}照片 ${n} 张`, (n: number, what: string) => `${n} more “${what}” photo needed`],
  noReview: ['驳回后退回重新整改，流程记录保留。', 'It goes back to be done again; the record stays.'],
});

/** The screen; the most urgent approval of the reader's is decided first. */
export function Review({ one }: { one: Case }) {
  const task = mineOf(one).find((waiting) => waiting.isApproval);
  const draft = useDraft<{ approve: boolean | null; comment: string }>(`${one.id}/review/${task?.id ?? ''}`, { approve: null, comment: '' });
  const sending = useSend(one.id, draft, ['comment', 'evidence']);
  const [isTried, setTried] = useState(false);
  const { approve, comment } = draft.value;
  const demands = approve === false ? [] : (task?.demands ?? []);
  const purposes = demands.map((demand) => demand.purpose);
  const short = approve ? purposes.find((purpose) => lack(demands, draft.photos, purpose)) : undefined;
  const needsWhy = approve === false && !comment.trim();
  const missing = approve === null ? t.choose : needsWhy ? t.why : short ? t.need(lack(demands, draft.photos, short), purposeName(short)) : null;

  function submit(): void {
    setTried(true);
    if (missing || !task) return;
    void sending.send({
      kind: 'review',
      document: WorkReview,
      photos: purposes.flatMap((purpose) => draft.photos[purpose] ?? []),
      title: `${approve ? t.approve : t.reject}${comment.trim() && `：${comment.trim()}`}`,
      variables: (id) => ({
        input: {
          id,
          hazardId: one.id,
          approve: approve === true,
          comment: comment.trim() || null,
          step: task.step,
          evidence: proofs(purposes, draft.photos),
        },
      }),
    });
  }

  return (
    <Frame one={one} title={task?.stepName ?? t.decision} submit={approve === false ? t.reject : approve ? t.approve : t.submit} onSubmit={submit} draft={draft} sending={sending} isDanger={approve === false} missing={isTried ? missing : null}>
      <Done one={one} />
      <Card title={t.decision}>
        <div className={css.stack}>
          <div className={css.two} role="radiogroup" aria-label={t.decision}>
            <button type="button" role="radio" aria-checked={approve === true} className={css.good} onClick={() => draft.set({ approve: true })}><CircleCheck size={24} aria-hidden="true" />{t.approve}</button>
            <button type="button" role="radio" aria-checked={approve === false} className={css.bad} onClick={() => draft.set({ approve: false })}><CircleX size={24} aria-hidden="true" />{t.reject}</button>
          </div>
          {approve !== null && (
            <div className={css.chips} role="group" aria-label={t.quick}>
              {(approve ? t.goodWords : t.badWords).split('|').map((phrase) => (
                <button key={phrase} type="button" className={css.chip} aria-pressed={comment === phrase} onClick={() => draft.set({ comment: phrase })}>{phrase}</button>
              ))}
            </div>
          )}
          <SpokenArea label={approve === false ? t.whyNot : t.comment} isOptional={approve !== false} hint={approve === false ? t.noReview : undefined} maxLength={2000} value={comment} wrong={sending.wrong('comment') ?? (isTried && needsWhy ? t.why : null)} onText={(comment) => draft.set({ comment })} />
          {approve && demands.map(({ purpose, least }) => (
            <PhotoPicker key={purpose} label={purposeName(purpose)} least={least} photos={draft.photos[purpose] ?? []} place={asHazard(one)?.area?.name} onChange={(some) => draft.setPhotos(purpose, some)} wrong={sending.wrong('evidence') ?? (isTried && short === purpose ? missing : null)} />
          ))}
        </div>
      </Card>
    </Frame>
  );
}

/** What was handed in last, with its pictures. */
function Done({ one }: { one: Case }) {
  const work = [...one.tasks].reverse().find((task) => !task.isApproval && task.outcome === 'done' && (task.step === 'rectify' || task.step === 'control'));
  if (!work) return null;
  const given = one.evidence.filter((photo) => ['before', 'after', 'test'].includes(photo.purpose?.toLowerCase() ?? ''));
  const last = (purpose: string) => [...given].reverse().find((photo) => photo.purpose?.toLowerCase() === purpose && photo.viewUrl);
  const before = last('before');
  const after = last('after');
  return (
    <Card title={work.stepName || t.what}>
      <div className={css.stack}>
        {work.doneBy && <small className={css.answer}>{t.by(work.doneBy.name)}</small>}
        {before && after && <Compare before={before} after={after} />}
        {given.length > 0 && <Shots photos={inStory(given)} isNamed />}
        <Answers task={work} />
        <Further task={work} />
      </div>
    </Card>
  );
}

function Answers({ task }: { task: Task }) {
  const { measures, test } = (task.answers ?? {}) as { measures?: string; test?: { passed?: boolean; summary?: string; value?: string } };
  return (
    <div>
      {measures && <p className={css.answer}><small>{t.measures}</small>{measures}</p>}
      {test && <p className={css.answer}><small>{test.passed ? t.passed : t.failed}</small>{[test.summary, test.value].filter(Boolean).join(' · ')}</p>}
    </div>
  );
}
