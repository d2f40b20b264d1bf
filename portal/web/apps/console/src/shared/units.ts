/** The organisation as a tree, for choosing from. */
import { useMemo } from 'react';
import { ConsoleUnits, type ConsoleUnitsQuery } from '../gql';
import { useAnswer } from './query';

export type UnitRow = ConsoleUnitsQuery['organisation'][number];

export interface Branch {
  value: string;
  title: string;
  /** What stands in the field once it is chosen: two plants each have a team of the same name. */
  label: string;
  children: Branch[];
}

/** Units under those above them; one whose upper unit is out of sight stands at the top. */
export function treeOf(units: readonly UnitRow[]): Branch[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const times = new Map<string, number>();
  for (const { name } of units) times.set(name, (times.get(name) ?? 0) + 1);
  const label = (unit: UnitRow): string => (times.get(unit.name)! > 1 ? wayTo(unit, byId).join(' / ') : unit.name);
  const branches = new Map(units.map((unit) => [unit.id, { value: unit.id, title: unit.name, label: label(unit), children: [] as Branch[] }]));
  const tops: Branch[] = [];
  for (const unit of units) {
    const above = unit.parent ? branches.get(unit.parent.id) : undefined;
    (above?.children ?? tops).push(branches.get(unit.id)!);
  }
  return tops;
}

/** Names from below the top down to the unit; the top is the same for all. */
function wayTo(unit: UnitRow, byId: ReadonlyMap<string, UnitRow>): string[] {
  const above = unit.parent ? byId.get(unit.parent.id) : undefined;
  return above?.parent ? [...wayTo(above, byId), unit.name] : [unit.name];
}

/** Every unit that one can see, and the tree of them. */
export function useUnits() {
  const answer = useAnswer(ConsoleUnits, {}, ['organisation']);
  const units = answer.data?.organisation;
  const tree = useMemo(() => treeOf(units ?? []), [units]);
  return { units: units ?? [], tree, answer };
}
