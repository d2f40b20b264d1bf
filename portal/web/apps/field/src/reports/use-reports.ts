/** What I reported: what is still on this phone first, then what the server has. */
import { useOutbox, type Entry } from '@anhuan/outbox';
import { useAsk, type Answer } from '@anhuan/wire';
import { useEffect, useRef } from 'react';
import { FieldMyReports, type FieldMyReportsQuery, type ReportLineFragment } from '../gql';
import { useWho } from '../session';

const MANY = 50;

export interface Reports extends Pick<Answer<FieldMyReportsQuery>, 'at' | 'problem' | 'isLoading' | 'again'> {
  /** Not yet in full at the server, or declined; undefined until the phone was read. */
  waiting: Entry[] | undefined;
  /** The newest first; undefined until memory or server has spoken. */
  lines: readonly ReportLineFragment[] | undefined;
}

/** My reports; asked anew whenever one of mine has arrived. */
export function useReports(): Reports {
  const who = useWho();
  const { data, at, problem, isLoading, again } = useAsk(FieldMyReports, { first: MANY }, 'my-reports');
  const { entries } = useOutbox();
  const arrived = entries?.filter((entry) => entry.kind === 'report' && entry.receipt).length;
  const before = useRef(arrived);
  useEffect(() => {
    if (before.current !== undefined && arrived !== undefined && arrived > before.current) void again();
    before.current = arrived;
  }, [arrived, again]);
  const lines = data?.hazards.edges.map((edge) => edge.node).filter((line) => line.reporter?.id === who.person.id);
  const known = new Set(lines?.map((line) => line.id));
  return { waiting: entries?.filter((entry) => entry.kind === 'report' && (!known.has(entry.id) || !isWhole(entry))), lines, at, problem, isLoading, again };
}

/** Whether the server has all of it for good. */
export function isWhole(entry: Entry): boolean {
  return entry.state === 'done' && entry.photos.every((photo) => photo.level === 'durable');
}
