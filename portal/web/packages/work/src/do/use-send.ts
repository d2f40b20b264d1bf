/** Sending an act by the outbox, and what its screen says of it: done, kept here for later, or declined and why. */
import { words } from '@anhuan/i18n';
import { StorageError, discard, put, withdraw, type Kind, type PhotoIn } from '@anhuan/outbox';
import { toast } from '@anhuan/ui';
import type { Document, Problem } from '@anhuan/wire';
import { useCallback, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { v7 } from 'uuid';
import { back } from '../back';
import type { Draft } from './use-draft';

const t = words({
  done: ['已提交', 'Done'],
  waiting: ['已保存到本机，联网后自动提交', 'Saved on this device; it goes out when there is network'],
  resting: ['内容即将发出', 'About to be sent'],
  undo: ['撤销', 'Undo'],
  undone: ['已撤销，内容已存为草稿', 'Taken back; it is a draft again'],
  tooLate: ['已经发出，不能撤销', 'Too late: it has been sent'],
  broken: ['没能保存，请重试', 'It could not be kept. Try again'],
});

const PATIENCE = 6_000;
const UNDO = 5_000;
/** A little longer than the button is there: whoever presses it in the last moment is in time. */
const REST = UNDO + 500;

export interface Act<Result, Variables> {
  kind: Kind;
  document: Document<Result, Variables>;
  /** Out of the id that the act gets. */
  variables: (id: string) => Variables;
  photos?: readonly PhotoIn[];
  /** What the person reads of it while it waits. */
  title: string;
  /** What to tell them when it could not be sent at once, where that matters more than usual. */
  ifWaiting?: string;
  /** It rests a few seconds, in which it can be taken back. */
  canUndo?: boolean;
}

export interface Sending {
  send: <Result, Variables>(act: Act<Result, Variables>) => Promise<void>;
  isSending: boolean;
  /** What the server said of a field. */
  wrong: (path: string) => string | undefined;
  /** All that the server said. */
  problems: readonly Problem[];
  /** What was said of no field that this screen has. */
  general: readonly string[];
}

/** `fields` are the paths that the screen shows beside what they are about; afterwards it leads back to the case. */
export function useSend(caseId: string, draft: Draft<object>, fields: readonly string[]): Sending {
  const [, go] = useLocation();
  const [isSending, setSending] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const { key, hold } = draft;
  /** Two taps are one act: the second comes before anything on the screen has changed. Once it is handed over the screen goes. */
  const isOnItsWay = useRef(false);

  const send = useCallback(
    async <Result, Variables>({ kind, document, variables, photos = [], title, ifWaiting, canUndo }: Act<Result, Variables>): Promise<void> => {
      if (isOnItsWay.current) return;
      isOnItsWay.current = true;
      setSending(true);
      setProblems([]);
      hold(true);
      const id = v7();
      try {
        const settled = await put({ id, kind, document, variables: variables(id), photos: [...photos], title, about: caseId }, { draft: key, ...(canUndo ? { rest: REST } : { settleWithin: PATIENCE }) });
        if (settled.state === 'declined') {
          // It is all on the screen still and will be sent anew when it is right.
          await discard(id);
          hold(false);
          isOnItsWay.current = false;
          setProblems(settled.problems?.length ? settled.problems : [{ code: 'BROKEN', message: t.broken }]);
        } else {
          if (canUndo) toast(navigator.onLine ? t.resting : t.waiting, { text: t.undo, run: () => void takeBack(id, hold), ms: UNDO });
          else toast(settled.state === 'done' ? t.done : (ifWaiting ?? t.waiting));
          back(go, `/case/${caseId}`);
        }
      } catch (problem) {
        hold(false);
        isOnItsWay.current = false;
        setProblems([{ code: 'STORAGE', message: problem instanceof StorageError ? problem.message : t.broken }]);
      } finally {
        setSending(false);
      }
    },
    [caseId, go, hold, key],
  );
  const wrong = (path: string): string | undefined => problems.find((one) => one.path === path)?.message;
  const general = problems.filter((one) => !one.path || !fields.includes(one.path)).map((one) => one.message);
  return { send, isSending, wrong, problems, general };
}

/** Undone, it is a draft again, as it stood on the screen. */
async function takeBack(id: string, hold: Draft<object>['hold']): Promise<void> {
  // Whoever has left meanwhile has no outbox open in which it could be found.
  const isBack = await withdraw(id).catch(() => false);
  if (isBack) hold(false);
  toast(isBack ? t.undone : t.tooLate);
}
