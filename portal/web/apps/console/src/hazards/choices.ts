/** What a filter offers: the stages of the loop, kinds of hazards, areas. They change seldom. */
import { useMemo } from 'react';
import { spoken } from '@anhuan/i18n';
import { BoardStages, LedgerChoices } from '../gql';
import { useAnswer } from '../shared/query';

export interface StageName {
  code: string;
  zh: string;
  en: string;
}

/** The stages of a loop's definition, in their order; a body of another shape has none. */
export function stagesOf(body: unknown): StageName[] {
  const stages = (body as { stages?: unknown } | null)?.stages;
  if (!Array.isArray(stages)) return [];
  return stages.flatMap((stage: unknown) => {
    if (!Array.isArray(stage) || typeof stage[0] !== 'string') return [];
    const names = (typeof stage[1] === 'object' && stage[1] !== null ? stage[1] : {}) as Record<string, string>;
    return [{ code: stage[0], zh: names.zh ?? names.en ?? stage[0], en: names.en ?? names.zh ?? stage[0] }];
  });
}

/** The stages that new hazards go through. */
export function useStages() {
  const answer = useAnswer(BoardStages, {}, ['definition']);
  const body = answer.data?.loopDefinition?.body;
  const stages = useMemo(() => stagesOf(body), [body]);
  return { stages, answer };
}

/** A stage's name in the language of the moment. */
export function stageName(stage: StageName): string {
  return spoken() === 'zh' ? stage.zh : stage.en;
}

/** Kinds and areas. */
export function useChoices() {
  const { data } = useAnswer(LedgerChoices, {}, ['organisation']);
  return { types: data?.hazardTypes ?? [], areas: data?.areas ?? [] };
}
