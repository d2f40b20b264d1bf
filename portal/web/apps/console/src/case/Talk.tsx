/** What is said in a case, and a place to say something; who is called by name joins and is told. */
import { useState } from 'react';
import { Alert, Button, Image, Mentions, Spin } from 'antd';
import { v7 } from 'uuid';
import { words } from '@anhuan/i18n';
import { since } from '@anhuan/i18n/time';
import { said } from '@anhuan/wire';
import { ConsoleFindPeople, ConsoleTalk } from '../gql';
import { DoComment } from '../gql';
import { Panel } from '../shared/Page';
import { PersonName } from '../shared/parts';
import { FRESH, steady } from '../shared/Photo';
import { useAct, useAnswer, usePages } from '../shared/query';
import { useWho } from '../shared/rights';
import { Trouble } from '../shared/states';
import css from './case.module.css';
import { mentioned } from './mentions';
import type { Case } from './shape';

const t = words({
  title: ['讨论', 'Comments'],
  none: ['还没有讨论', 'Nothing said yet'],
  hint: ['说点什么，用 @ 提醒同事（他们会加入处理组）', 'Say something; @ calls somebody into the group'],
  send: ['发送', 'Send'],
  more: [(n: number) => `显示后面的 ${n} 条`, (n: number) => `Show ${n} more`],
  photo: ['讨论中的照片', 'Photo'],
  nobody: ['没有匹配的人员', 'Nobody found'],
});
const PAGE = 50;

/** Oldest first, as a talk is read. */
export function Talk({ one }: { one: Case }) {
  const { answer, rows, total } = usePages(ConsoleTalk, { id: one.id, first: PAGE }, [`case:${one.id}`], (result) => result.case?.comments ?? NONE, FRESH);
  return (
    <Panel title={t.title} small={total || undefined}>
      {answer.error && !answer.data && <Trouble problem={answer.error} onAgain={answer.refetch} isSmall />}
      {answer.data && rows.length === 0 && <p className={css.quiet}>{t.none}</p>}
      <ul className={css.talk}>
        {rows.map((comment) => (
          <li key={comment.id}>
            <div className={css.talkHead}>
              <PersonName of={comment.author} /> <small>{since(comment.createdAt)}</small>
            </div>
            <p>{comment.body}</p>
            <div className={css.thumbs}>
              {comment.evidence.flatMap((piece) => (piece.thumbnailUrl && piece.viewUrl ? [<Image key={piece.id} width={72} height={72} src={steady(piece.id, piece.thumbnailUrl)} preview={{ src: piece.viewUrl }} alt={t.photo} />] : []))}
            </div>
          </li>
        ))}
      </ul>
      {answer.hasNextPage && <Button type="text" block loading={answer.isFetchingNextPage} onClick={() => void answer.fetchNextPage()}>{t.more((total ?? 0) - rows.length)}</Button>}
      {one.can.includes('case.comment') && <Composer id={one.id} />}
    </Panel>
  );
}

const NONE = { totalCount: 0, edges: [], pageInfo: { hasNextPage: false, endCursor: null } };

function Composer({ id }: { id: string }) {
  const me = useWho()?.person.id;
  const place = `anhuan.console.comment.${me}.${id}`;
  const [body, setBody] = useState(() => sessionStorage.getItem(place) ?? '');
  const [commentId, setCommentId] = useState(() => v7());
  const [called, setCalled] = useState<ReadonlyMap<string, string>>(new Map());
  const [sought, setSought] = useState<string | null>(null);
  const { data, isFetching } = useAnswer(ConsoleFindPeople, { text: sought || null, unit: null }, ['people'], { isWanted: sought !== null, keeps: true });
  const send = useAct(DoComment, [`case:${id}`]);
  const type = (next: string): void => {
    setBody(next);
    if (next) sessionStorage.setItem(place, next);
    else sessionStorage.removeItem(place);
  };
  const go = async (): Promise<void> => {
    const mentions = mentioned(body, called);
    try {
      await send.mutateAsync({ input: { id: commentId, caseId: id, body: body.trim(), mentions, evidence: [] } });
      type('');
      setCommentId(v7());
    } catch {
      // Said below; the words stay, and the same id makes a second try safe.
    }
  };
  const people = data?.people.edges.map(({ node }) => node) ?? [];
  return (
    <div className={css.composer}>
      {send.error && <Alert type="error" showIcon title={said(send.error)} />}
      <Mentions
        autoSize={{ minRows: 2, maxRows: 8 }}
        value={body}
        placeholder={t.hint}
        aria-label={t.hint}
        onChange={type}
        onSearch={setSought}
        filterOption={false}
        notFoundContent={isFetching ? <Spin size="small" /> : t.nobody}
        onSelect={({ value, key }) => value && key && setCalled(new Map(called).set(value, key))}
        options={people.map((person) => ({
          key: person.id,
          value: people.some((other) => other.id !== person.id && other.name === person.name) ? `${person.name}(${person.account})` : person.name,
          label: `${person.name} · ${person.unit?.name ?? ''}`,
        }))}
      />
      <Button type="primary" disabled={!body.trim()} loading={send.isPending} onClick={() => void go()}>{t.send}</Button>
    </div>
  );
}
