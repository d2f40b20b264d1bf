/** A question as a component asks it: what is remembered at once, what is true as soon as the server says it. */
import { tag } from '@anhuan/i18n';
import { useCallback, useEffect, useRef, useState } from 'react';
import { actingAs, ask } from './ask';
import type { Document } from './document';
import { WireError } from './errors';
import { shared } from './share';

/** Where answers are remembered for times without network. */
export interface Keeper {
  get(key: string): Promise<{ at: number; data: unknown } | undefined>;
  put(key: string, data: unknown): Promise<void>;
}

let keeper: Keeper | null = null;

/** Remember answers here from now on; null forgets the place, as when somebody signs out. */
export function rememberIn(place: Keeper | null): void {
  keeper = place;
}

export interface Answer<Result> {
  data: Result | undefined;
  /** When the server said so; older than the page where it was remembered. */
  at: number | undefined;
  problem: WireError | undefined;
  isLoading: boolean;
  again: () => Promise<void>;
}

/** Ask and keep asking when `variables` change; `keep` names the place where the answer is remembered. */
export function useAsk<Result, Variables>(document: Document<Result, Variables>, variables: Variables, keep?: string, isWanted = true): Answer<Result> {
  const key = `${document}:${JSON.stringify(variables)}`;
  const [state, set] = useState<{ key: string; data?: Result; at?: number; problem?: WireError; isLoading: boolean }>({ key, isLoading: isWanted });
  const latest = useRef(key);
  latest.current = key;
  const asked = useRef(0);
  const answered = useRef(0);

  const look = useCallback(async (anew: boolean) => {
    set((now) => ({ ...(now.key === key ? now : { key }), isLoading: true }));
    const whose = actingAs();
    const turn = ++asked.current;
    // Answers overtake one another: what was asked later knows more.
    const isLate = (): boolean => latest.current !== key || turn < answered.current;
    try {
      const data = await shared(`${whose} ${tag()} ${key}`, anew, () => ask(document, variables));
      if (isLate()) return;
      answered.current = turn;
      set({ key, data, at: Date.now(), isLoading: false });
      // An answer to somebody who has left since is not remembered in the next one's place.
      if (keep && whose === actingAs()) await keeper?.put(keep, data).catch(() => undefined);
    } catch (problem) {
      if (isLate()) return;
      const found = problem instanceof WireError ? problem : new WireError('broken', 'INTERNAL');
      set((now) => ({ ...(now.key === key ? now : { key }), problem: found, isLoading: false }));
    }
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the key stands for document and variables
  }, [key, keep]);
  const again = useCallback(() => look(true), [look]);

  useEffect(() => {
    if (!isWanted) return;
    if (keep)
      void keeper?.get(keep).then((kept) => {
        if (kept && latest.current === key)
          set((now) => (now.key === key && now.data !== undefined ? now : { ...now, key, data: kept.data as Result, at: kept.at }));
      });
    void look(false);
  }, [look, isWanted, keep, key]);

  const now = state.key === key ? state : { key, isLoading: isWanted };
  return { data: now.data, at: now.at, problem: now.problem, isLoading: now.isLoading, again };
}
