/** The organisation as a tree, out of the flat list that the server sends. Pure. */

export interface UnitLike {
  id: string;
  code: string;
  name: string;
  parent?: { id: string } | null;
}

export interface Branch<Unit> {
  unit: Unit;
  children: Branch<Unit>[];
}

/** Units whose parent one does not see stand at the top. */
export function treeOf<Unit extends UnitLike>(units: readonly Unit[]): Branch<Unit>[] {
  const branches = new Map(units.map((unit) => [unit.id, { unit, children: [] as Branch<Unit>[] }]));
  const tops: Branch<Unit>[] = [];
  for (const branch of branches.values()) {
    const above = branch.unit.parent ? branches.get(branch.unit.parent.id) : undefined;
    (above ? above.children : tops).push(branch);
  }
  return tops;
}

/** The way from the top to a unit, itself last; empty where it is unknown. */
export function wayTo<Unit extends UnitLike>(units: readonly Unit[], id: string): Unit[] {
  const known = new Map(units.map((unit) => [unit.id, unit]));
  const way: Unit[] = [];
  for (let unit = known.get(id); unit && !way.includes(unit); unit = unit.parent ? known.get(unit.parent.id) : undefined) way.unshift(unit);
  return way;
}

/** A unit and everything under it. */
export function under<Unit extends UnitLike>(units: readonly Unit[], id: string): Set<string> {
  const found = new Set([id]);
  // Parents stand before children, so one pass is enough.
  for (const unit of units) if (unit.parent && found.has(unit.parent.id)) found.add(unit.id);
  return found;
}

/** Units whose name or code holds what is typed, with everything above them, so that they can be shown in their place. */
export function matching<Unit extends UnitLike>(units: readonly Unit[], text: string): { found: Set<string>; shown: Set<string> } {
  const wanted = text.trim().toLowerCase();
  const found = new Set<string>();
  const shown = new Set<string>();
  if (!wanted) return { found, shown };
  for (const unit of units)
    if (unit.name.toLowerCase().includes(wanted) || unit.code.toLowerCase().includes(wanted)) {
      found.add(unit.id);
      for (const above of wayTo(units, unit.id)) shown.add(above.id);
    }
  return { found, shown };
}
