/** Progress and comments as one conversation; what this device has not sent yet stands at its end. */
import { words } from '@anhuan/i18n';
import { since } from '@anhuan/i18n/time';
import type { Entry } from '@anhuan/outbox';
import { Card, Tag } from '@anhuan/ui';
import { useState } from 'react';
import { ask, whoIsHere } from '@anhuan/wire';
import { WorkCommentsAfter, type WorkCommentFragment, type WorkPhotoFragment } from '../gql';
import { Shots } from '../photos/Shots';
import css from './case.module.css';
import { asHazard, type Case } from './shape';
import { useRest } from './use-rest';

const t = words({
  title: ['进展与讨论', 'Progress and talk'],
  none: ['还没有人填写进展或评论', 'Nobody has said anything yet'],
  unknown: ['其他人员', 'Somebody'],
  progress: [(n: string) => `整改进展${n}`, (n: string) => `Progress${n}`],
  waiting: ['待上传', 'To upload'],
  next: ['加载后面的评论', 'Load the comments that follow'],
  loading: ['正在加载…', 'Loading…'],
  failed: ['没有取到，请联网后重试', 'That did not arrive. Try again when there is network'],
  all: [(n: number) => `查看更早的 ${n} 条`, (n: number) => `Show ${n} earlier`],
});

const SHOWN = 6;

interface Said {
  id: string;
  /** A number is this device's own time, of what the server does not know yet. */
  at: string | number;
  who: string;
  text: string;
  percent?: number | null;
  isProgress: boolean;
  photos: readonly WorkPhotoFragment[];
  isWaiting?: boolean;
}

/** The card. */
export function Talk({ one, pending, onStale }: { one: Case; pending: readonly Entry[]; onStale: () => void }) {
  const [isAll, setAll] = useState(false);
  const { nodes, more, isLoading, hasFailed } = useRest(one.comments, async (after) => (await ask(WorkCommentsAfter, { id: one.id, after })).case?.comments);
  const said = conversation(one, nodes, pending);
  const shown = isAll ? said : said.slice(-SHOWN);
  return (
    <Card title={t.title}>
      {!said.length && <p className={css.quiet}>{t.none}</p>}
      {shown.length < said.length && <button type="button" className={css.link} onClick={() => setAll(true)}>{t.all(said.length - shown.length)}</button>}
      <ul className={css.talk}>
        {shown.map((item) => (
          <li key={item.id}>
            <span className={css.face} aria-hidden="true">{item.who.slice(-1)}</span>
            <div>
              <div className={css.by}>
                <b>{item.who}</b>
                <small>{since(item.at)}</small>
                {item.isProgress && <Tag tone="brand">{t.progress(typeof item.percent === 'number' ? ` ${item.percent}%` : '')}</Tag>}
                {item.isWaiting && <Tag tone="warn">{t.waiting}</Tag>}
              </div>
              <p>{item.text}</p>
              {item.photos.length > 0 && <Shots photos={item.photos} onStale={onStale} />}
            </div>
          </li>
        ))}
      </ul>
      {hasFailed && <p className={css.quiet} role="status">{t.failed}</p>}
      {more && <button type="button" className={css.link} disabled={isLoading} onClick={() => { setAll(true); more(); }}>{isLoading ? t.loading : t.next}</button>}
    </Card>
  );
}

/** In the order of time; what waits here is mine and comes last. */
export function conversation(one: Case, said: readonly WorkCommentFragment[], pending: readonly Entry[]): Said[] {
  const comments = said.map((node) => ({ id: node.id, at: node.createdAt, who: node.author?.name ?? t.unknown, text: node.body, isProgress: false, photos: node.evidence }));
  const progress = (asHazard(one)?.progress ?? []).map((note) => ({ id: note.id, at: note.createdAt, who: note.author?.name ?? t.unknown, text: note.note, percent: note.percent, isProgress: true, photos: note.evidence }));
  const there = [...comments, ...progress];
  const known = new Set(there.map((item) => item.id));
  const me = whoIsHere()?.person.name ?? '';
  const waiting = pending
    .filter((entry) => (entry.kind === 'comment' || entry.kind === 'progress') && entry.state !== 'attention' && !known.has(entry.id))
    .map((entry) => ({ id: entry.id, at: entry.createdAt, who: me, text: entry.title, isProgress: entry.kind === 'progress', photos: [], isWaiting: true }));
  return [...there.sort((a, b) => a.at.localeCompare(b.at)), ...waiting];
}
