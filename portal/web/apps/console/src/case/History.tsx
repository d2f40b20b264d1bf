/** The record of the case: everything that happened, and whether anybody has changed it since. */
import { useState } from 'react';
import { SafetyCertificateFilled, SyncOutlined, WarningFilled } from '@ant-design/icons';
import { Alert, Button, Switch, Tooltip } from 'antd';
import { words } from '@anhuan/i18n';
import { moment } from '@anhuan/i18n/time';
import { isQuiet, told } from '@anhuan/work/record/words';
import { ConsoleTimeline, ConsoleVerification } from '../gql';
import { Panel } from '../shared/Page';
import { Tag } from '../shared/parts';
import { useAnswer, usePages } from '../shared/query';
import { Loading, Trouble } from '../shared/states';
import css from './case.module.css';
import { namesIn, stepsIn, type Case } from './shape';

const t = words({
  title: ['操作记录', 'Record'],
  all: ['全部', 'All'],
  more: [(n: number) => `显示后面的 ${n} 条记录`, (n: number) => `Show ${n} more`],
  system: ['系统', 'The system'],
  someone: ['相关人员', 'Somebody'],
  verified: [(n: number) => `已验证：${n} 条记录无人改动`, (n: number) => `Verified: ${n} entries as they were written`],
  pending: [(n: number) => `${n} 条记录正在封存`, (n: number) => `${n} entries are being sealed`],
  broken: ['记录被改动！请立即联系审计人员', 'The record was changed! Tell your auditor at once'],
  where: [(seq: string) => `断在第 ${seq} 条`, (seq: string) => `it breaks at entry ${seq}`],
  signed: [(at: string, key: string) => `签名时间 ${at}，密钥 ${key}`, (at: string, key: string) => `signed ${at}, key ${key}`],
  chain: [(hash: string) => `链值 ${hash}`, (hash: string) => `chain ${hash}`],
  seq: [(no: string) => `链上第 ${no} 条`, (no: string) => `entry ${no} of the chain`],
  unsealed: ['待封存', 'not sealed yet'],
});
const PAGE = 100;

/** Oldest first; small things are left out until asked for. */
export function History({ one }: { one: Case }) {
  const [isAll, setAll] = useState(false);
  const { answer, rows, total } = usePages(ConsoleTimeline, { id: one.id, first: PAGE }, [`case:${one.id}`], (result) => result.case?.timeline ?? NONE);
  const names = namesIn(one);
  for (const { actor } of rows) if (actor) names.set(actor.id, actor.name);
  const steps = stepsIn(one);
  const around = { person: (id: unknown) => names.get(String(id)), step: (code: unknown) => steps.get(String(code)) ?? String(code) };
  const shown = rows.filter((entry) => isAll || !(isQuiet(entry.act) || saysTwice(entry.act, entry.body)));
  return (
    <Panel title={t.title} small={total || undefined} acts={<span className={css.switch}>{t.all} <Switch size="small" checked={isAll} onChange={setAll} aria-label={t.all} /></span>}>
      <Mark id={one.id} />
      {answer.isLoading && <Loading rows={6} />}
      {answer.error && !answer.data && <Trouble problem={answer.error} onAgain={answer.refetch} isSmall />}
      <ol className={css.timeline}>
        {shown.map((entry) => {
          const { text, more } = told(entry, around);
          return (
            <li key={entry.id}>
              <div>
                <b>{entry.actor?.name ?? (entry.actorKind === 'person' ? t.someone : t.system)}</b> {text}
              </div>
              {more && <blockquote>{more}</blockquote>}
              <small title={entry.seq ? t.seq(entry.seq) : t.unsealed}>{moment(entry.at)}</small>
            </li>
          );
        })}
      </ol>
      {answer.hasNextPage && <Button type="text" block loading={answer.isFetchingNextPage} onClick={() => void answer.fetchNextPage()}>{t.more((total ?? 0) - rows.length)}</Button>}
    </Panel>
  );
}

const NONE = { totalCount: 0, edges: [], pageInfo: { hasNextPage: false, endCursor: null } };

/** Grading and assigning are told by their own entries; that the step is done with it goes without saying. */
function saysTwice(act: string, body: unknown): boolean {
  return act === 'task.done' && typeof body === 'object' && body !== null && ['grade', 'assign'].includes(String((body as { step?: unknown }).step));
}

/** The mark: found out anew by the server each time, not a stored flag. */
function Mark({ id }: { id: string }) {
  const { data } = useAnswer(ConsoleVerification, { id }, [`case:${id}`, 'record']);
  const found = data?.caseVerification;
  if (!found) return null;
  const signed = found.signedAt && found.keyId ? t.signed(moment(found.signedAt), found.keyId.slice(0, 16)) : '';
  if (found.state === 'BROKEN') return <Alert className={css.alarm} type="error" showIcon icon={<WarningFilled />} title={t.broken} description={found.brokenAt ? t.where(found.brokenAt) : undefined} />;
  return (
    <p className={css.mark}>
      <Tooltip title={<>{signed}<br />{found.chainHash && t.chain(`${found.chainHash.slice(0, 16)}…`)}</>}>
        <button type="button" className={css.bare}>
          {found.state === 'VERIFIED' ? (
            <Tag tone="good"><SafetyCertificateFilled aria-hidden /> {t.verified(found.entries)}</Tag>
          ) : (
            <Tag tone="brand"><SyncOutlined aria-hidden /> {t.pending(found.pending)}</Tag>
          )}
        </button>
      </Tooltip>
    </p>
  );
}
