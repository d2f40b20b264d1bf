/** The sixteen kinds of hazards as tiles: a picture, a name that fits, and those that this person uses most come first. */
import { words } from '@anhuan/i18n';
import { whoIsHere } from '@anhuan/wire';
import {
  ArrowUpFromLine, Ban, Car, ClipboardList, Cog, Construction, Container, Ellipsis, Fan, FlameKindling, FireExtinguisher, FlaskConical, Footprints, Gauge, HardHat, Zap,
  type LucideIcon,
} from 'lucide-react';

const names = words({
  machine_guard: ['机械防护', 'Machine guard'],
  electrical: ['电气线路', 'Electrical'],
  fire: ['消防', 'Fire safety'],
  dust: ['粉尘', 'Dust'],
  hot_work: ['动火作业', 'Hot work'],
  confined_space: ['有限空间', 'Confined space'],
  height: ['高处作业', 'Work at height'],
  lifting: ['起重吊装', 'Lifting'],
  vehicle: ['厂内车辆', 'Vehicles'],
  pressure: ['特种设备', 'Pressure vessel'],
  chemical: ['危化品', 'Chemicals'],
  ppe: ['劳保穿戴', 'PPE'],
  housekeeping: ['现场环境', 'House\u00adkeeping'],
  behaviour: ['违章行为', 'Unsafe act'],
  management: ['安全管理', 'Management'],
  other: ['其他', 'Other'],
});

export type Kind = keyof typeof names;

const pictures: Record<Kind, LucideIcon> = {
  machine_guard: Cog,
  electrical: Zap,
  fire: FireExtinguisher,
  dust: Fan,
  hot_work: FlameKindling,
  confined_space: Container,
  height: ArrowUpFromLine,
  lifting: Construction,
  vehicle: Car,
  pressure: Gauge,
  chemical: FlaskConical,
  ppe: HardHat,
  housekeeping: Footprints,
  behaviour: Ban,
  management: ClipboardList,
  other: Ellipsis,
};

/** In the order of the grid for somebody new. */
export const KINDS = Object.keys(pictures) as Kind[];

/** What a kind is called here. */
export function nameOf(kind: string): string {
  return names[kind as Kind] ?? kind;
}

/** Its picture. */
export function pictureOf(kind: string): LucideIcon {
  return pictures[kind as Kind] ?? Ellipsis;
}

function place(): string {
  return `anhuan.kinds.${whoIsHere()?.person.id ?? ''}`;
}

function used(): Partial<Record<string, number>> {
  try {
    return JSON.parse(localStorage.getItem(place()) ?? '{}') as Partial<Record<string, number>>;
  } catch {
    return {};
  }
}

/** Count a use. */
export function countUse(kind: string): void {
  const counts = used();
  counts[kind] = (counts[kind] ?? 0) + 1;
  try {
    localStorage.setItem(place(), JSON.stringify(counts));
  } catch {
    // The grid keeps its order.
  }
}

/** The tiles in this person's order; 其他 stays last. */
export function inOrder(counts: Partial<Record<string, number>> = used()): Kind[] {
  const weight = (kind: Kind): number => (kind === 'other' ? -1 : (counts[kind] ?? 0));
  return KINDS.map((kind, index) => ({ kind, index })).sort((a, b) => weight(b.kind) - weight(a.kind) || a.index - b.index).map(({ kind }) => kind);
}
