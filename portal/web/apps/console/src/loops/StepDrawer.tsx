/** One step of a loop in full: who, by when, with what, and what follows when it is late. */
import { Drawer } from 'antd';
import { spoken, words } from '@anhuan/i18n';
import { Tag } from '../shared/parts';
import { FormFields } from './FormFields';
import { Rungs } from './Ladders';
import { inWords } from './conditions';
import { spokenName, type Loop, type Step } from './definition';
import css from './loops.module.css';
import { actInWords, againInWords, clockInWords, evidenceInWords, modeInWords, whoInWords } from './words';

const t = words({
  work: ['办理', 'Work'],
  approval: ['审批', 'Approval'],
  stage: ['所属阶段', 'Stage'],
  when: ['什么情况下要办', 'When it is asked for'],
  always: ['每一件都要办', 'always'],
  who: ['由谁办', 'Who'],
  mode: ['几方同意', 'How many'],
  act: ['需要的权限', 'Right needed'],
  after: ['前置步骤', 'Comes after'],
  first: ['开始时', 'the beginning'],
  clocks: ['时限', 'Time limits'],
  earliest: ['多个时限同时适用时，以最早的为准，并写明是哪一条。', 'Where several apply the earliest wins, and it is said which.'],
  noClock: ['不限时', 'none'],
  back: ['驳回后退回到', 'A rejection leads back to'],
  checks: ['回避', 'May not sit here'],
  checksMore: [(steps: string) => `办理过「${steps}」的人不得参与，自己不审自己`, (steps: string) => `whoever did “${steps}”: nobody checks their own work`],
  evidence: ['必须提供的证据', 'Evidence asked for'],
  none: ['无', 'none'],
  fills: ['填写内容', 'What is filled in'],
  late: ['超期怎样升级', 'When it is late'],
});

interface StepDrawerProps {
  loop: Loop;
  step: Step | null;
  onClose: () => void;
}

/** Opens when there is a step. */
export function StepDrawer({ loop, step, onClose }: StepDrawerProps) {
  return (
    <Drawer open={step !== null} onClose={onClose} size={560} title={step && spokenName(step.name, spoken())} extra={step && <Tag tone={step.kind === 'approval' ? 'low' : 'brand'}>{t[step.kind]}</Tag>}>
      {step && <Facts loop={loop} step={step} />}
    </Drawer>
  );
}

function Facts({ loop, step }: { loop: Loop; step: Step }) {
  const named = (code: string): string => spokenName(loop.steps.find((one) => one.code === code)?.name ?? {}, spoken());
  const ladder = loop.ladders[step.ladder];
  const again = againInWords(step);
  return (
    <>
      <dl className={css.facts}>
        <dt>{t.stage}</dt>
        <dd>{spokenName(new Map(loop.stages).get(step.stage) ?? {}, spoken())}</dd>
        <dt>{t.when}</dt>
        <dd>{step.when ? inWords(step.when) : t.always}</dd>
        <dt>{t.after}</dt>
        <dd>{step.after.length ? step.after.map(named).join(' · ') : t.first}</dd>
        <dt>{t.who}</dt>
        <dd>
          <Lines of={step.seats.map(whoInWords)} />
        </dd>
        <dt>{t.mode}</dt>
        <dd>{modeInWords(step)}</dd>
        <dt>{t.act}</dt>
        <dd>{actInWords(step)}</dd>
        <dt>{t.clocks}</dt>
        <dd>
          <Lines of={[...step.clocks.map(clockInWords), ...(again ? [again] : [])]} none={t.noClock} />
          {step.clocks.length > 1 && <small>{t.earliest}</small>}
        </dd>
        {step.back && (
          <>
            <dt>{t.back}</dt>
            <dd>{named(step.back)}</dd>
          </>
        )}
        {step.checks.length > 0 && (
          <>
            <dt>{t.checks}</dt>
            <dd>{t.checksMore(step.checks.map(named).join(' · '))}</dd>
          </>
        )}
        <dt>{t.evidence}</dt>
        <dd>
          <Lines of={step.evidence.map(evidenceInWords)} none={t.none} />
        </dd>
      </dl>
      {Object.keys(step.form).length > 0 && (
        <>
          <h3 className={css.section}>{t.fills}</h3>
          <FormFields schema={step.form} />
        </>
      )}
      {ladder && (
        <>
          <h3 className={css.section}>{t.late}</h3>
          <Rungs of={ladder} />
        </>
      )}
    </>
  );
}

function Lines({ of, none }: { of: readonly string[]; none?: string }) {
  if (!of.length) return <>{none}</>;
  return (
    <ul>
      {of.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
