/** What I reported: what is still on this phone first, then what the server has. */
import { useOutbox, type Entry } from '@anhuan/outbox';
import { ask, useAsk, type Answer } from '@anhuan/wire';
import { useEffect, useRef, useState } from 'react';
import { FieldMyReports, type FieldMyReportsQuery, type ReportLineFragment } from '../gql';

const MANY = 50;

export interface Reports extends Pick<Answer<FieldMyReportsQuery>, 'at' | 'problem' | 'isLoading' | 'again'> {
  /** Not yet in full at the server, or declined; undefined until the phone was read. */
  waiting: Entry[] | undefined;
  /** The newest first; undefined until memory or server has spoken. */
  lines: readonly ReportLineFragment[] | undefined;
  /** Asks for older ones; undefined where there are none, or no network. */
  more: (() => Promise<void>) | undefined;
}

/** My reports; asked anew whenever one of mine has arrived. */
export function useReports(): Reports {
  const { data, at, problem, isLoading, again } = useAsk(FieldMyReports, { first: MANY }, 'my-reports');
  const { entries } = useOutbox();
  const arrived = entries?.filter((entry) => entry.kind === 'report' && entry.receipt).length;
  const before = useRef(arrived);
  useEffect(() => {
    if (before.current !== undefined && arrived !== undefined && arrived > before.current) void again();
    before.current = arrived;
  }, [arrived, again]);
  const [older, setOlder] = useState<{ of: FieldMyReportsQuery | undefined; pages: readonly FieldMyReportsQuery[] }>({ of: data, pages: [] });
  // Older pages belong to the first one that they follow; a fresh first page begins anew.
  const pages = data ? [data, ...(older.of === data ? older.pages : [])] : [];
  const last = pages[pages.length - 1];
  const after = last?.hazards.pageInfo?.hasNextPage ? last.hazards.pageInfo.endCursor : null;
  const more = async (): Promise<void> => {
    const page = await ask(FieldMyReports, { first: MANY, after });
    setOlder((now) => ({ of: data, pages: [...(now.of === data ? now.pages : []), page] }));
  };
  const lines = data && pages.flatMap((page) => page.hazards.edges.map((edge) => edge.node));
  const known = new Set(lines?.map((line) => line.id));
  return { waiting: entries?.filter((entry) => entry.kind === 'report' && (!isWhole(entry) || (!known.has(entry.id) && isNews(entry, at)))), lines, at, problem, isLoading, again, more: after && !problem ? more : undefined };
}

/** Whether it arrived after the list was told; one that is merely further down the list is none. */
export function isNews(entry: Entry, at: number | undefined): boolean {
  return at === undefined || (entry.receipt?.at ?? 0) > at;
}

/** Whether the server has all of it for good. */
export function isWhole(entry: Entry): boolean {
  return entry.state === 'done' && entry.photos.every((photo) => photo.level === 'durable');
}
