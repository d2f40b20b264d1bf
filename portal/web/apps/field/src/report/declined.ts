/** A report that the server declined, as its person made it: out of what the outbox was to send, with what was said of each field. */
import { contentOf, type PhotoIn } from '@anhuan/outbox';
import type { Problem } from '@anhuan/wire';
import { words } from '@anhuan/i18n';
import type { FieldReportMutationVariables } from '../gql';
import { knownPlaces, spotOfArea, spotOfAsset, type Spot } from '../place/places';
import type { Report } from './use-report';

const t = words({ place: ['原来选的位置', 'The place chosen before'] });

export interface Declined {
  report: Report;
  photos: readonly PhotoIn[];
  problems: readonly Problem[];
}

/** Where on the screen something is wrong; `general` has no place of its own. */
export type Part = 'kind' | 'text' | 'place' | 'photos' | 'general';

/** Everything of it; undefined where it is no longer here or was not declined. */
export async function declined(id: string): Promise<Declined | undefined> {
  const kept = await contentOf(id);
  if (!kept?.problems.length) return undefined;
  const { input } = kept.variables as FieldReportMutationVariables;
  const isWrong = (part: Part): boolean => kept.problems.some((one) => partOf(one.path) === part);
  return {
    report: {
      id,
      kind: input.type ?? null,
      text: input.description ?? '',
      placeNote: input.placeNote ?? '',
      // What the server does not know as a place is not offered as one again.
      spot: isWrong('place') ? null : await spotOf(input.areaId ?? null, input.assetId ?? null),
      at: input.position ? { ...input.position, accuracyM: input.position.accuracyM ?? 0 } : null,
      seenAt: input.seenAt && !kept.problems.some((one) => one.path === 'seenAt') ? Date.parse(input.seenAt) : null,
    },
    photos: kept.photos,
    problems: kept.problems,
  };
}

async function spotOf(areaId: string | null, assetId: string | null): Promise<Spot | null> {
  if (!areaId && !assetId) return null;
  const { areas, assets } = await knownPlaces();
  const area = areas.find((one) => one.id === areaId);
  const asset = assets.find((one) => one.id === assetId);
  if (asset) return spotOfAsset(asset, area, 'chosen');
  if (area && !assetId) return spotOfArea(area, 'chosen');
  return { areaId, assetId, name: area?.name ?? t.place, unit: area?.unit?.name ?? '', risk: area?.risk ?? null, how: 'chosen' };
}

const PARTS: Record<string, Part> = { type: 'kind', description: 'text', areaId: 'place', assetId: 'place', unitId: 'place', placeNote: 'place', evidence: 'photos' };

/** Where a path of the server's is on the screen. */
export function partOf(path: string | null | undefined): Part {
  return PARTS[path?.replace(/^input\./, '') ?? ''] ?? 'general';
}

/** What to say at a part: the server's words, until its person has changed what they are about. */
export function saidOf(part: Part, { problems, report, photos }: Declined, now: Report, nowPhotos: readonly PhotoIn[]): string | undefined {
  const isChanged = {
    kind: now.kind !== report.kind,
    text: now.text !== report.text,
    place: now.spot !== report.spot || now.placeNote !== report.placeNote,
    photos: photos.some((one) => !nowPhotos.includes(one)),
    general: false,
  }[part];
  const said = problems.filter((one) => partOf(one.path) === part).map((one) => one.message);
  return isChanged || !said.length ? undefined : said.join(' ');
}
