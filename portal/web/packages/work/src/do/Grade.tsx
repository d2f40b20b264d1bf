/** How grave it is: three grades with what each brings, the statute where it is one, a reason where it gets lower. */
import { words } from '@anhuan/i18n';
import { Card, TextField, cx } from '@anhuan/ui';
import { useAsk } from '@anhuan/wire';
import { useState } from 'react';
import { asHazard, type Case } from '../case/shape';
import { WorkGrade, WorkInstruments, type Grade as Level } from '../gql';
import { SpokenArea } from '../speak/SpokenArea';
import { Choice } from './Choice';
import css from './do.module.css';
import { Frame } from './Frame';
import { useDraft } from './use-draft';
import { useSend } from './use-send';

const t = words({
  title: ['隐患定级', 'Grade the hazard'],
  submit: ['确定等级', 'Set the grade'],
  how: ['等级', 'Grade'],
  A: ['重大隐患', 'Major'],
  B: ['较大隐患', 'Larger'],
  C: ['一般隐患', 'General'],
  whatA: ['立即停工；方案经总经理和安全总监会签；整改时限最短', 'Work stops at once; general manager and safety director both sign the plan; shortest limit'],
  whatB: ['先采取临时管控；方案经部门负责人审批后整改', 'Interim control first; a department head approves the plan'],
  whatC: ['直接派发整改，按期完成后验收', 'Assigned at once, done in time, then reviewed'],
  reason: ['定级说明', 'Reason'],
  lower: ['降低等级的原因', 'Why it is lower'],
  needReason: ['降低等级或取消重大判定时，请写明原因', 'Say why when the grade gets lower or the mark is taken away'],
  needGrade: ['请选择等级', 'Choose a grade'],
  statutory: ['依法判定为重大事故隐患', 'A major accident hazard by statute'],
  statutoryMore: ['与企业内部等级无关，须选择判定标准和条款', 'Apart from your own grades; choose the criterion and its clause'],
  instrument: ['判定标准', 'Criterion'],
  clause: ['条款', 'Clause'],
  clauseHint: ['例如：第四条第（三）项', 'Such as: article 4 (3)'],
  choose: ['请选择', 'Choose'],
  secondary: ['条文原文待核对，请以官方文本为准', 'The wording has not been checked; look at the official text'],
  needClause: ['请选择判定标准并填写条款', 'Choose the criterion and enter the clause'],
});

const LEVELS: readonly { grade: Level; tone: 'major' | 'larger' | 'general' }[] = [
  { grade: 'A', tone: 'major' },
  { grade: 'B', tone: 'larger' },
  { grade: 'C', tone: 'general' },
];

/** The screen for the first grade and for every later one. */
export function Grade({ one }: { one: Case }) {
  const hazard = asHazard(one);
  const was = Boolean(hazard?.isStatutoryMajor);
  const draft = useDraft<{ grade: Level | null; reason: string; isStatutory: boolean; instrument: string; clause: string }>(`${one.id}/grade`, { grade: null, reason: '', isStatutory: was, instrument: '', clause: '' });
  const sending = useSend(one.id, draft, ['grade', 'reason', 'statutory.instrument', 'statutory.clause']);
  const { data } = useAsk(WorkInstruments, {}, 'instruments');
  const [isTried, setTried] = useState(false);
  const { grade, reason, isStatutory, instrument, clause } = draft.value;
  const isLower = one.grade !== null && grade !== null && grade > one.grade;
  const needsReason = (isLower || (was && !isStatutory)) && !reason.trim();
  const namesClause = isStatutory && Boolean(instrument || clause.trim());
  const needsClause = isStatutory && (!was || namesClause) && (!instrument || !clause.trim());
  const missing = grade === null ? t.needGrade : needsClause ? t.needClause : needsReason ? t.needReason : null;
  const chosen = data?.instruments.find((known) => known.code === instrument);

  function submit(): void {
    setTried(true);
    if (missing || !grade) return;
    void sending.send({
      kind: 'grade',
      document: WorkGrade,
      title: `${grade} · ${t[grade]}`,
      variables: (id) => ({
        input: {
          id,
          hazardId: one.id,
          grade,
          reason: reason.trim() || null,
          statutory: isStatutory && namesClause ? { instrument, clause: clause.trim() } : null,
          isStatutory: was && !isStatutory ? false : null,
        },
      }),
    });
  }

  return (
    <Frame one={one} title={t.title} submit={t.submit} onSubmit={submit} draft={draft} sending={sending} isDanger={grade === 'A'} missing={isTried ? missing : null}>
      <div className={css.choices} role="radiogroup" aria-label={t.how}>
        {LEVELS.map(({ grade: level, tone }) => (
          <Choice key={level} title={`${level} · ${t[level]}`} below={t[`what${level}`]} lead={<span className={cx(css.badge, css[tone])} aria-hidden="true">{level}</span>} isChosen={grade === level} onChoose={() => draft.set({ grade: level })} />
        ))}
      </div>
      <Card>
        <div className={css.stack}>
          <SpokenArea label={isLower ? t.lower : t.reason} isOptional={!isLower && !(was && !isStatutory)} maxLength={1000} value={reason} wrong={sending.wrong('reason') ?? (isTried && needsReason ? t.needReason : null)} onText={(reason) => draft.set({ reason })} />
          <label className={css.check}>
            <input type="checkbox" checked={isStatutory} onChange={(event) => draft.set({ isStatutory: event.currentTarget.checked })} />
            <span>{t.statutory}<small>{t.statutoryMore}</small></span>
          </label>
          {isStatutory && (
            <>
              <div>
                <label className={css.label} htmlFor="instrument">{t.instrument}</label>
                <select id="instrument" className={css.select} value={instrument} onChange={(event) => draft.set({ instrument: event.target.value })}>
                  <option value="">{t.choose}</option>
                  {data?.instruments.filter((known) => known.holdsToday).map((known) => <option key={known.code} value={known.code}>{known.title}</option>)}
                </select>
                {chosen?.seen === 'secondary' && <small>{t.secondary}</small>}
                {sending.wrong('statutory.instrument') && <p className={css.wrong} role="alert">{sending.wrong('statutory.instrument')}</p>}
              </div>
              <TextField label={t.clause} hint={t.clauseHint} maxLength={100} value={clause} wrong={sending.wrong('statutory.clause') ?? (isTried && needsClause ? t.needClause : null)} onChange={(event) => draft.set({ clause: event.target.value })} />
            </>
          )}
        </div>
      </Card>
    </Frame>
  );
}
