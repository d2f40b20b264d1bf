/** The areas and machines of the company, remembered on the phone: a sticker or a position is understood without network. */
import { keeper } from '@anhuan/outbox';
import { ask, whoIsHere } from '@anhuan/wire';
import { FieldPlaces, type FieldPlacesQuery } from '../gql';

export type Area = FieldPlacesQuery['areas'][number];
export type Asset = FieldPlacesQuery['assets'][number];

/** Where something was seen, and how that is known. */
export interface Spot {
  areaId: string | null;
  assetId: string | null;
  name: string;
  unit: string;
  risk: string | null;
  how: 'label' | 'position' | 'recent' | 'chosen';
}

/** The place in memory where they are kept; also the name for `useAsk`. */
export const PLACES = 'places';
const FRESH = 60 * 60_000;
const SHIFT = 4 * 60 * 60_000;
const MOST_RECENT = 4;

/** Fetch them where what is remembered is old; without network it stays as it is. */
export async function refreshPlaces(): Promise<void> {
  try {
    const kept = await keeper.get(PLACES);
    if (kept && Date.now() - kept.at < FRESH) return;
    const whose = whoIsHere()?.person.id;
    const found = await ask(FieldPlaces, {});
    if (whose === whoIsHere()?.person.id) await keeper.put(PLACES, found);
  } catch {
    // Tried again at the next start.
  }
}

/** What is remembered. */
export async function knownPlaces(): Promise<FieldPlacesQuery> {
  const kept = await keeper.get(PLACES).catch(() => undefined);
  return (kept?.data as FieldPlacesQuery | undefined) ?? { areas: [], assets: [] };
}

/** An area as a spot. */
export function spotOfArea(area: Pick<Area, 'id' | 'name' | 'risk' | 'unit'>, how: Spot['how']): Spot {
  return { areaId: area.id, assetId: null, name: area.name, unit: area.unit?.name ?? '', risk: area.risk, how };
}

/** A machine as a spot, in its area. */
export function spotOfAsset(asset: Pick<Asset, 'id' | 'name' | 'unit'>, area: Pick<Area, 'id' | 'name' | 'risk'> | undefined, how: Spot['how']): Spot {
  return {
    areaId: area?.id ?? null, assetId: asset.id, name: area ? `${area.name} · ${asset.name}` : asset.name, unit: asset.unit?.name ?? '', risk: area?.risk ?? null, how,
  };
}

/** What a label stands for among what is remembered. */
export function spotOfLabel(known: FieldPlacesQuery, label: string): Spot | undefined {
  const area = known.areas.find((one) => one.label === label);
  if (area) return spotOfArea(area, 'label');
  const asset = known.assets.find((one) => one.label === label);
  return asset && spotOfAsset(asset, known.areas.find((one) => one.id === asset.area?.id), 'label');
}

interface Recent extends Spot {
  at: number;
}

function place(): string {
  return `anhuan.recent.${whoIsHere()?.person.id ?? ''}`;
}

/** Where this person reported last, the newest first. */
export function recentSpots(): Recent[] {
  try {
    return JSON.parse(localStorage.getItem(place()) ?? '[]') as Recent[];
  } catch {
    return [];
  }
}

/** The last place, if it was in this shift. */
export function spotOfThisShift(): Spot | undefined {
  const [last] = recentSpots();
  return last && Date.now() - last.at < SHIFT ? { ...last, how: 'recent' } : undefined;
}

/** Remember where somebody was. */
export function keepSpot(spot: Spot): void {
  const others = recentSpots().filter((one) => one.areaId !== spot.areaId || one.assetId !== spot.assetId);
  try {
    localStorage.setItem(place(), JSON.stringify([{ ...spot, at: Date.now() }, ...others].slice(0, MOST_RECENT)));
  } catch {
    // Not worth a word.
  }
}

/** Areas and machines that a typed word means, by name, code or unit. */
export function search(known: FieldPlacesQuery, typed: string): { areas: Area[]; assets: Asset[] } {
  const wanted = typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const holds = (...texts: (string | undefined)[]): boolean => {
    const whole = texts.join(' ').toLowerCase();
    return wanted.every((word) => whole.includes(word));
  };
  return {
    areas: known.areas.filter((one) => holds(one.name, one.code, ...(one.unit?.path ?? []))),
    assets: wanted.length ? known.assets.filter((one) => holds(one.name, one.code, one.kind, one.unit?.name)) : [],
  };
}
