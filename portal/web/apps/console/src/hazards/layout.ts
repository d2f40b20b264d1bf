/** Which columns somebody sees, in which order and how wide: kept per person on this device. */
import { useState } from 'react';

export interface Layout {
  codes: string[];
  widths: Record<string, number>;
  size: number;
}

export const SIZES = [20, 50, 100];
const LEAST = 56;

/** A kept layout as far as it still makes sense. */
export function sound(kept: unknown, known: readonly string[], usual: readonly string[]): Layout {
  const given = (typeof kept === 'object' && kept !== null ? kept : {}) as Partial<Layout>;
  const codes = Array.isArray(given.codes) ? [...new Set(given.codes)].filter((code) => known.includes(code)) : [];
  const widths = Object.fromEntries(Object.entries(given.widths ?? {}).filter(([code, width]) => known.includes(code) && typeof width === 'number' && width >= LEAST && width <= 800));
  return { codes: codes.length ? codes : [...usual], widths, size: SIZES.includes(given.size ?? 0) ? given.size! : SIZES[0]! };
}

/** One place up (-1) or down (+1). */
export function moved(codes: readonly string[], code: string, by: -1 | 1): string[] {
  const from = codes.indexOf(code);
  const to = from + by;
  if (from < 0 || to < 0 || to >= codes.length) return [...codes];
  const next = [...codes];
  next.splice(from, 1);
  next.splice(to, 0, code);
  return next;
}

/** The layout of this person, and how to change it. */
export function useLayout(person: string, known: readonly string[], usual: readonly string[]): [Layout, (change: Partial<Layout>) => void] {
  const place = `anhuan.console.ledger.${person}`;
  const [layout, set] = useState(() => {
    try {
      return sound(JSON.parse(localStorage.getItem(place) ?? 'null'), known, usual);
    } catch {
      return sound(null, known, usual);
    }
  });
  const change = (some: Partial<Layout>): void => {
    const next = sound({ ...layout, ...some }, known, usual);
    set(next);
    try {
      localStorage.setItem(place, JSON.stringify(next));
    } catch {
      // Kept until the page is closed.
    }
  };
  return [layout, change];
}
