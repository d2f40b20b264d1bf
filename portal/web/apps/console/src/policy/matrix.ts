/** What a role may do as a grid: acts down, conditions across; changed by ticking, and what a change comes to. Pure. */
import { CONDITIONS, RESOURCES, acts } from './words';

export interface Permission {
  act: string;
  condition: string;
}

export interface ActName {
  code: string;
  nameZh: string;
  resource: string;
}

export interface Row {
  act: string;
  name: string;
}

export interface Group {
  resource: string;
  rows: Row[];
}

/** Acts by the kind of thing that they are done to; kinds that this page does not know stand last. */
export function grouped(all: readonly ActName[]): Group[] {
  const known: readonly string[] = RESOURCES;
  const kinds = [...new Set(all.map((one) => one.resource))].sort((a, b) => place(known, a) - place(known, b));
  return kinds.map((resource) => ({ resource, rows: all.filter((one) => one.resource === resource).map((one) => ({ act: one.code, name: acts(one.code, one.nameZh) })) }));
}

/** Permissions as a set that can be looked into: `hazard.grade tenant`. */
export function asSet(permissions: readonly Permission[]): Set<string> {
  return new Set(permissions.map(({ act, condition }) => key(act, condition)));
}

/** Back again, in the order in which the server keeps them. */
export function asList(ticked: ReadonlySet<string>): Permission[] {
  return [...ticked]
    .sort()
    .map((one) => one.split(' '))
    .map(([act, condition]) => ({ act: act!, condition: condition! }));
}

/** The key of one box. */
export function key(act: string, condition: string): string {
  return `${act} ${condition}`;
}

/** With one box ticked, or not any more. */
export function toggled(ticked: ReadonlySet<string>, act: string, condition: string): Set<string> {
  const next = new Set(ticked);
  if (!next.delete(key(act, condition))) next.add(key(act, condition));
  return next;
}

/** What a change gives and takes. */
export function changes(before: ReadonlySet<string>, after: ReadonlySet<string>): { given: Permission[]; taken: Permission[] } {
  return {
    given: asList(new Set([...after].filter((one) => !before.has(one)))),
    taken: asList(new Set([...before].filter((one) => !after.has(one)))),
  };
}

/** One's own change made upon something newer: what one gave and took, and nothing else, is done to that. */
export function rebased(before: ReadonlySet<string>, after: ReadonlySet<string>, newer: ReadonlySet<string>): Set<string> {
  const taken = new Set([...before].filter((one) => !after.has(one)));
  return new Set([...[...newer].filter((one) => !taken.has(one)), ...[...after].filter((one) => !before.has(one))]);
}

/** The widest of the conditions under which an act is granted, for a summary; null where it is not. */
export function widest(ticked: ReadonlySet<string>, act: string): string | null {
  return CONDITIONS.find((condition) => ticked.has(key(act, condition))) ?? null;
}

function place(known: readonly string[], resource: string): number {
  const at = known.indexOf(resource);
  return at < 0 ? known.length : at;
}
