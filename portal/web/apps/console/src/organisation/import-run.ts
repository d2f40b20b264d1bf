/** The import of a workbook: it goes on, and what came of it is kept, while one looks at other pages; activation codes are shown only once. */
import { useSyncExternalStore } from 'react';
import { act, onSession, said, whoIsHere } from '@anhuan/wire';
import { ConsoleImport, type ConsoleImportMutation } from '../gql';
import { touch } from '../shared/query';

export type Result = NonNullable<ConsoleImportMutation['importOrganisation']['result']>;

export interface Workbook {
  name: string;
  base64: string;
}

export interface Import {
  file: Workbook | null;
  result: Result | null;
  problem: string | null;
  isBusy: boolean;
}

const PATIENCE = 600_000;
const NOTHING: Import = { file: null, result: null, problem: null, isBusy: false };
const listeners = new Set<() => void>();
let whose: string | null = null;
let now = NOTHING;

onSession(() => {
  if ((whoIsHere()?.person.id ?? null) !== whose) forget();
});

/** As it stands. */
export function importNow(): Import {
  return now;
}

/** The same for a screen, which is drawn again when it changes. */
export function useImport(): Import {
  return useSyncExternalStore(follow, importNow);
}

/** Let go of file and outcome. */
export function forget(): void {
  set(NOTHING);
}

/** It cannot even be tried. */
export function refuse(problem: string): void {
  set({ ...NOTHING, problem });
}

/** Try it, or do it. */
export async function run(file: Workbook, how: { dryRun: boolean; invite: boolean }): Promise<void> {
  whose = whoIsHere()?.person.id ?? null;
  set({ file, result: how.dryRun ? null : now.result, problem: null, isBusy: true });
  const own = now;
  // Whoever has signed in meanwhile, or has begun another, is not shown the outcome of this one.
  const end = (change: Partial<Import>): void => {
    if (now === own) set({ ...own, ...change, isBusy: false });
  };
  try {
    end({ result: (await act(ConsoleImport, { input: { file: file.base64, ...how } }, { patience: PATIENCE })) as Result });
    if (!how.dryRun) await touch(['organisation', 'people', 'parties', 'policy']);
  } catch (problem) {
    end({ problem: said(problem) });
  }
}

function set(next: Import): void {
  now = next;
  for (const tell of listeners) tell();
}

function follow(tell: () => void): () => void {
  listeners.add(tell);
  return () => {
    listeners.delete(tell);
  };
}
