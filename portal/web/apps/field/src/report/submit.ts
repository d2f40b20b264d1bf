/** A report becomes a command of the outbox; from there on nothing can lose it. */
import { putRight } from '@anhuan/i18n/time';
import { amend, put, type PhotoIn } from '@anhuan/outbox';
import { FieldReport, type FieldReportMutationVariables } from '../gql';
import { keepSpot } from '../place/places';
import { countUse, nameOf } from './kinds';
import type { Declined } from './declined';
import { draftOf, type Report } from './use-report';

const DAY = 24 * 60 * 60_000;

/** When it was seen: when the first photo was taken, unless that is an old picture; otherwise now. */
export function seenAt(photos: readonly Pick<PhotoIn, 'takenAt'>[], now: number): number {
  const taken = photos.map((one) => one.takenAt ?? now).filter((at) => at <= now && now - at < DAY);
  return Math.min(now, ...taken);
}

/** What the server is asked. */
export function inputOf(report: Report, photos: readonly PhotoIn[], now: number): FieldReportMutationVariables {
  return {
    input: {
      id: report.id,
      type: report.kind,
      description: report.text.trim(),
      evidence: photos.map((one) => one.id),
      areaId: report.spot?.areaId ?? null,
      assetId: report.spot?.assetId ?? null,
      placeNote: report.placeNote.trim() || null,
      position: report.at && { latitude: report.at.latitude, longitude: report.at.longitude, accuracyM: report.at.accuracyM },
      // The pictures' clock is this phone's too.
      seenAt: new Date(putRight(seenAt(photos, now))).toISOString(),
    },
  };
}

/** Keep it on the phone, in the place of the declined one where it was one; rejects where the phone cannot. */
export async function submit(report: Report, photos: readonly PhotoIn[], now: number, declined?: Declined): Promise<void> {
  const first = report.text.trim().split('\n', 1)[0]!.slice(0, 40);
  const title = [report.kind ? nameOf(report.kind) : first, report.spot?.name].filter(Boolean).join(' · ');
  await (declined ? amend : put)({ id: report.id, kind: 'report', document: FieldReport, variables: inputOf(report, photos, now), photos: [...photos], title }, { draft: draftOf(declined) });
  if (report.kind) countUse(report.kind);
  if (report.spot) keepSpot(report.spot);
}
