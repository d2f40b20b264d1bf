/** What waits for me, remembered for times without network, and how many notices are unread. */
import { useOutbox } from '@anhuan/outbox';
import { useAsk, type Answer } from '@anhuan/wire';
import { useEffect, useMemo } from 'react';
import { WorkTasks, WorkUnread, type TaskLineFragment } from '../gql';
import { useChanges } from '../live';
import { useSay } from '../notices/read-here';
import { useWhenDone } from '../when-done';
import { byUrgency } from './urgency';

export interface Tasks extends Pick<Answer<unknown>, 'at' | 'problem' | 'isLoading' | 'again'> {
  /** Most urgent first; undefined until either memory or server has spoken. */
  tasks: readonly TaskLineFragment[] | undefined;
  /** Cases about which something waits in the outbox of this device. */
  waiting: ReadonlySet<string>;
}

/** My tasks, and which of their cases have something of mine on the way. */
export function useTasks(): Tasks {
  const { data, at, problem, isLoading, again } = useAsk(WorkTasks, {}, 'tasks');
  const { entries } = useOutbox();
  useChanges(['case', 'notice'], () => void again());
  const waiting = useMemo(
    () => new Set(entries?.flatMap((entry) => (entry.about && entry.state !== 'done' ? [entry.about] : [])) ?? []),
    [entries],
  );
  useWhenDone(entries?.filter((entry) => entry.state === 'done').length, again);
  useEffect(() => {
    if (data && !problem) void import('../case/prefetch').then(({ prefetch }) => prefetch(byUrgency(data.myTasks).flatMap((task) => task.case?.id ?? [])));
  }, [data, problem]);
  const tasks = useMemo(() => data && byUrgency(data.myTasks), [data]);
  return { tasks, at, problem, isLoading, again, waiting };
}

/** How many notices I have not read; undefined while nobody knows. */
export function useUnread(): number | undefined {
  const { data, again } = useAsk(WorkUnread, {}, 'unread');
  useChanges(['notice'], () => void again());
  useSay(again);
  return data?.unreadNotices;
}
