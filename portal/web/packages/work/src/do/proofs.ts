/** Photos as evidence, each with what it shows; and how many are still missing. */
import type { ProofInput, Purpose } from '../gql';
import type { Photos } from './use-draft';

const PURPOSES: readonly Purpose[] = ['REPORT', 'BEFORE', 'AFTER', 'TEST', 'VERIFICATION', 'PROGRESS', 'COMMENT'];

export interface Demand {
  purpose: string;
  least: number;
}

/** As the server takes it; a purpose that it does not know cannot be sent. */
export function proofs(purposes: readonly string[], photos: Photos): ProofInput[] {
  return purposes.flatMap((purpose) => {
    const known = PURPOSES.find((name) => name === purpose.toUpperCase());
    return known ? (photos[purpose] ?? []).map((photo) => ({ evidenceId: photo.id, purpose: known })) : [];
  });
}

/** How many photos of a purpose the step still asks for. */
export function lack(demands: readonly Demand[], photos: Photos, purpose: string): number {
  const least = demands.find((demand) => demand.purpose === purpose)?.least ?? 0;
  return Math.max(0, least - (photos[purpose]?.length ?? 0));
}
