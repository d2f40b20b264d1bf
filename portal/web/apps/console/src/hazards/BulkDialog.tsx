/** Acts on all marked hazards that need no judgement of each: pass them on, or remind. Decisions are never made in bulk. */
import { useRef, useState } from 'react';
import { CheckCircleFilled, CloseCircleFilled, LoadingOutlined, MinusCircleOutlined } from '@ant-design/icons';
import { Alert, Button, Form, Input, Modal, Progress } from 'antd';
import { v7 } from 'uuid';
import { words } from '@anhuan/i18n';
import { act, ask } from '@anhuan/wire';
import { BulkAssign, BulkComment, BulkWhom } from '../gql';
import { PersonPick } from '../shared/PersonPick';
import { touch } from '../shared/query';
import { UnitPick } from '../shared/UnitPick';
import { each, type Fate, type Run } from './bulk';
import type { Row } from './columns';
import css from './ledger.module.css';

const t = words({
  assign: [(n: number) => `派发 ${n} 条隐患`, (n: number) => `Assign ${n} hazards`],
  remind: [(n: number) => `催办 ${n} 条隐患`, (n: number) => `Remind on ${n} hazards`],
  unit: ['责任单位', 'Responsible unit'],
  person: ['责任人（可不选）', 'Person (optional)'],
  note: ['说明', 'Note'],
  words: ['催办内容', 'What to say'],
  usual: ['请尽快处理，按期完成并上传整改照片。', 'Please see to it in time and add photos of the finished work.'],
  need: ['请填写此项', 'Please fill this in'],
  unfit: [(n: number) => `其中 ${n} 条不能派发（未定级、已结束，或您没有权限），将跳过。`, (n: number) => `${n} of them cannot be assigned (not graded, ended, or not yours to) and are left out.`],
  who: ['将在每条隐患中留言，并提醒当前该办理的人。', 'A comment is left on each, and those whom it waits for are called by name.'],
  go: ['开始', 'Go'],
  stop: ['停止', 'Stop'],
  close: ['完成', 'Done'],
  sum: [(done: number, failed: number) => `成功 ${done} 条，未成功 ${failed} 条`, (done: number, failed: number) => `${done} done, ${failed} not`],
  progress: ['进度', 'Progress'],
});

const MOST_CALLED = 50;

interface Given {
  unitId?: string;
  personId?: string;
  note?: string;
}

/** The form, then the run with what became of each. */
export function BulkDialog({ kind, rows, onClose }: { kind: 'assign' | 'remind'; rows: readonly Row[]; onClose: () => void }) {
  const [run, setRun] = useState<Run | null>(null);
  const stop = useRef({ isWanted: false });
  const [form] = Form.useForm<Given>();
  const fit = kind === 'assign' ? rows.filter((row) => row.status === 'OPEN' && row.grade && row.can.includes('hazard.assign')) : rows;
  const go = async ({ unitId, personId, note }: Given): Promise<void> => {
    const byId = new Map(fit.map((row) => [row.id, row]));
    // Each keeps its id over a retry, so that nothing is said twice.
    const ids = new Map(fit.map((row) => [row.id, v7()]));
    await each(
      [...byId.keys()],
      async (id) =>
        kind === 'assign'
          ? act(BulkAssign, { input: { id: ids.get(id)!, hazardId: id, unitId: unitId ?? null, personId: personId ?? null, note: note?.trim() || null } })
          : act(BulkComment, { input: { id: ids.get(id)!, caseId: id, body: note!.trim(), mentions: await whomToRemind(id) } }),
      setRun,
      stop.current,
    );
    await touch(['case', ...fit.map((row) => `case:${row.id}` as const)]);
  };
  const fates = run ? [...run.fates.values()] : [];
  const over = fates.filter(({ state }) => state !== 'waiting' && state !== 'running').length;
  const done = fates.filter(({ state }) => state === 'done').length;
  return (
    <Modal
      open
      title={(kind === 'assign' ? t.assign : t.remind)(fit.length)}
      mask={{ closable: !run || run.isOver }}
      closable={!run || run.isOver}
      keyboard={!run || run.isOver}
      onCancel={onClose}
      width={560}
      footer={
        run ? (
          <Button type={run.isOver ? 'primary' : 'default'} onClick={run.isOver ? onClose : () => { stop.current.isWanted = true; }}>
            {run.isOver ? t.close : t.stop}
          </Button>
        ) : (
          <Button type="primary" disabled={!fit.length} onClick={() => form.submit()}>{t.go}</Button>
        )
      }
    >
      {run ? (
        <>
          <Progress percent={Math.round((100 * over) / fates.length)} status={run.isOver ? (done === fates.length ? 'success' : 'exception') : 'active'} aria-label={t.progress} />
          {run.isOver && <p aria-live="polite">{t.sum(done, fates.length - done)}</p>}
          <ul className={css.fates}>
            {fit.map((row) => (
              <li key={row.id}>
                <Sign fate={run.fates.get(row.id)!} /> <b>{row.number}</b> <span>{row.title}</span>
                <FateWords fate={run.fates.get(row.id)!} />
              </li>
            ))}
          </ul>
        </>
      ) : (
        <Form<Given> form={form} layout="vertical" initialValues={kind === 'remind' ? { note: t.usual } : {}} onFinish={(given) => void go(given)}>
          {fit.length < rows.length && <Alert type="warning" showIcon title={t.unfit(rows.length - fit.length)} style={{ marginBottom: 12 }} />}
          {kind === 'assign' && (
            <>
              <Form.Item name="unitId" label={t.unit} rules={[{ required: true, message: t.need }]}>
                <UnitPick label={t.unit} />
              </Form.Item>
              <Form.Item noStyle shouldUpdate={(before: Given, now: Given) => before.unitId !== now.unitId}>
                {({ getFieldValue }) => (
                  <Form.Item name="personId" label={t.person}>
                    <PersonPick unit={getFieldValue('unitId') as string | undefined} label={t.person} />
                  </Form.Item>
                )}
              </Form.Item>
            </>
          )}
          <Form.Item name="note" label={kind === 'assign' ? t.note : t.words} extra={kind === 'remind' ? t.who : undefined} rules={kind === 'remind' ? [{ required: true, whitespace: true, message: t.need }] : []}>
            <Input.TextArea rows={3} maxLength={1000} showCount />
          </Form.Item>
        </Form>
      )}
    </Modal>
  );
}

/** Everybody for whom the case waits now; as many as one comment may call. */
async function whomToRemind(id: string): Promise<string[]> {
  const { case: one } = await ask(BulkWhom, { id });
  const people = one?.tasks.flatMap((task) => task.seats.filter((seat) => seat.status === 'OPEN').flatMap((seat) => seat.candidates.map((person) => person.id))) ?? [];
  return [...new Set(people)].slice(0, MOST_CALLED);
}

function Sign({ fate }: { fate: Fate }) {
  if (fate.state === 'done') return <CheckCircleFilled style={{ color: 'var(--good)' }} />;
  if (fate.state === 'failed') return <CloseCircleFilled style={{ color: 'var(--major)' }} />;
  if (fate.state === 'running') return <LoadingOutlined />;
  return <MinusCircleOutlined style={{ color: 'var(--faint)' }} />;
}

function FateWords({ fate }: { fate: Fate }) {
  return 'why' in fate && fate.why ? <em>{fate.why}</em> : null;
}
