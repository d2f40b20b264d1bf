/** The organisation as a tree, for choosing from. */
import { useMemo } from 'react';
import { ConsoleUnits, type ConsoleUnitsQuery } from '../gql';
import { useAnswer } from './query';

export type UnitRow = ConsoleUnitsQuery['organisation'][number];

export interface Branch {
  value: string;
  title: string;
  children: Branch[];
}

/** Units under those above them; one whose upper unit is out of sight stands at the top. */
export function treeOf(units: readonly UnitRow[]): Branch[] {
  const branches = new Map(units.map((unit) => [unit.id, { value: unit.id, title: unit.name, children: [] as Branch[] }]));
  const tops: Branch[] = [];
  for (const unit of units) {
    const above = unit.parent ? branches.get(unit.parent.id) : undefined;
    (above?.children ?? tops).push(branches.get(unit.id)!);
  }
  return tops;
}

/** Every unit that one can see, and the tree of them. */
export function useUnits() {
  const answer = useAnswer(ConsoleUnits, {}, ['organisation']);
  const units = answer.data?.organisation;
  const tree = useMemo(() => treeOf(units ?? []), [units]);
  return { units: units ?? [], tree, answer };
}
