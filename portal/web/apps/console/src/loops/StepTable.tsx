/** The steps of a loop as a table: the same as the diagram for who reads rather than looks. */
import { Button, Table } from 'antd';
import { spoken, words } from '@anhuan/i18n';
import { Tag } from '../shared/parts';
import { spokenName, type Loop, type Step } from './definition';
import { clockInWords, modeInWords, whoInWords } from './words';

const t = words({
  stage: ['阶段', 'Stage'],
  step: ['步骤', 'Step'],
  kind: ['性质', 'Nature'],
  who: ['由谁办', 'Who'],
  clocks: ['时限', 'Time limits'],
  work: ['办理', 'Work'],
  approval: ['审批', 'Approval'],
  noClock: ['不限时', 'none'],
});

/** One row a step. */
export function StepTable({ loop, onStep }: { loop: Loop; onStep: (step: Step) => void }) {
  const stages = new Map(loop.stages);
  return (
    <Table<Step>
      rowKey="code"
      size="small"
      pagination={false}
      scroll={{ x: 860 }}
      dataSource={loop.steps}
      columns={[
        { title: t.stage, width: 120, render: (_, step) => spokenName(stages.get(step.stage) ?? {}, spoken()), onCell: (step, at) => ({ rowSpan: spanOf(loop.steps, step, at ?? 0) }) },
        {
          title: t.step,
          width: 190,
          render: (_, step) => (
            <Button type="link" size="small" style={{ padding: 0, whiteSpace: 'normal', textAlign: 'left', height: 'auto' }} onClick={() => onStep(step)}>
              {spokenName(step.name, spoken())}
            </Button>
          ),
        },
        { title: t.kind, width: 130, render: (_, step) => <Tag tone={step.kind === 'approval' ? 'low' : 'brand'}>{t[step.kind]}</Tag> },
        {
          title: t.who,
          render: (_, step) => (
            <>
              {step.seats.map((who) => (
                <div key={whoInWords(who)}>{whoInWords(who)}</div>
              ))}
              {step.kind === 'approval' && step.seats.length > 1 && <small>{modeInWords(step)}</small>}
            </>
          ),
        },
        { title: t.clocks, render: (_, step) => (step.clocks.length ? step.clocks.map((clock) => <div key={clock.rule}>{clockInWords(clock)}</div>) : t.noClock) },
      ]}
    />
  );
}

/** A stage is named once for all its steps that stand together. */
function spanOf(steps: readonly Step[], step: Step, at: number): number {
  if (steps[at - 1]?.stage === step.stage) return 0;
  let rows = 1;
  while (steps[at + rows]?.stage === step.stage) rows += 1;
  return rows;
}
