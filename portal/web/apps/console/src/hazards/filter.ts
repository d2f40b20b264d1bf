/** What narrows board and list, as the address says it, as the server takes it, and as a saved view keeps it; pure. */
import { rightNow } from '@anhuan/i18n/time';
import type { Grade, HazardFilter, HazardOrder } from '../gql';
import { daysBack, endOfDay, startOfDay } from '../shared/zone';

export type Standing = 'OPEN' | 'CLOSED' | 'CANCELLED' | 'ALL';

/** A filter as people set it; days are days of the company's clock. */
export interface Filter {
  status: Standing;
  stage?: string;
  grades?: Grade[];
  unit?: string;
  overdue?: boolean;
  mine?: boolean;
  type?: string;
  text?: string;
  area?: string;
  from?: string;
  until?: string;
  /** The last so many days, counted anew each day. */
  lastDays?: number;
  order: HazardOrder;
}

const STANDINGS: readonly string[] = ['OPEN', 'CLOSED', 'CANCELLED', 'ALL'];
const GRADES: readonly string[] = ['A', 'B', 'C'];
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const WORDS = ['stage', 'unit', 'type', 'text', 'area'] as const;

/** Out of an address; what makes no sense there is left out. */
export function read(search: URLSearchParams): Filter {
  const filter: Filter = { status: 'OPEN', order: search.get('order') === 'OPENED' ? 'OPENED' : 'DUE' };
  const status = search.get('status');
  if (status && STANDINGS.includes(status)) filter.status = status as Standing;
  const grades = (search.get('grade') ?? '').split(',').filter((one) => GRADES.includes(one));
  if (grades.length) filter.grades = grades as Grade[];
  for (const name of WORDS) {
    const value = search.get(name)?.trim();
    if (value) filter[name] = value;
  }
  if (search.get('overdue') === '1') filter.overdue = true;
  if (search.get('mine') === '1') filter.mine = true;
  for (const name of ['from', 'until'] as const) {
    const value = search.get(name);
    if (value && DAY.test(value) && !Number.isNaN(Date.parse(value))) filter[name] = value;
  }
  const days = Number(search.get('days'));
  if (Number.isInteger(days) && days > 0 && days <= 1100) filter.lastDays = days;
  return filter;
}

/** Into an address. */
export function write(filter: Filter): URLSearchParams {
  const search = new URLSearchParams();
  if (filter.status !== 'OPEN') search.set('status', filter.status);
  if (filter.grades?.length) search.set('grade', filter.grades.join(','));
  for (const name of WORDS) if (filter[name]) search.set(name, filter[name]);
  if (filter.overdue) search.set('overdue', '1');
  if (filter.mine) search.set('mine', '1');
  if (filter.from) search.set('from', filter.from);
  if (filter.until) search.set('until', filter.until);
  if (filter.lastDays) search.set('days', String(filter.lastDays));
  if (filter.order !== 'DUE') search.set('order', filter.order);
  return search;
}

/** As the server takes it. */
export function wanted(filter: Filter, zone: string, now = rightNow()): HazardFilter {
  const from = filter.lastDays ? daysBack(filter.lastDays, zone, now) : filter.from;
  return {
    status: filter.status === 'ALL' ? null : filter.status,
    stage: filter.stage ?? null,
    grades: filter.grades ?? null,
    unit: filter.unit ?? null,
    overdue: filter.overdue ?? null,
    mine: filter.mine ?? null,
    type: filter.type ?? null,
    text: filter.text ?? null,
    area: filter.area ?? null,
    openedFrom: from ? startOfDay(from, zone) : null,
    openedUntil: filter.until && !filter.lastDays ? endOfDay(filter.until, zone) : null,
  };
}

/** How many days back the board's last column looks, unless one says otherwise. */
const LOOKED_BACK = 30;
const PAGE = 20;

/** The board's columns as filters: one for each stage, and what was closed of late. */
export function columnsOf(filter: Filter, stages: readonly string[]): Filter[] {
  const open: Filter = { ...filter, status: 'OPEN' };
  const closed: Filter = { ...filter, status: 'CLOSED', stage: undefined, order: 'OPENED', overdue: undefined, mine: undefined, lastDays: filter.lastDays ?? LOOKED_BACK };
  return [...stages.map((stage) => ({ ...open, stage })), closed];
}

/** What a column asks for one page. */
export function pageOf(column: Filter, zone: string): { filter: HazardFilter; order: HazardOrder; first: number } {
  return { filter: wanted(column, zone), order: column.order, first: PAGE };
}

/** Where the same list is to be had as an Excel file. */
export function sheetAddress(filter: Filter, columns: readonly string[], language: string, zone: string): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(wanted(filter, zone)))
    // There one says `grade=A,B`.
    if (value !== null && value !== undefined) search.set(name === 'grades' ? 'grade' : name, String(value));
  search.set('order', filter.order);
  if (columns.length) search.set('columns', columns.join(','));
  search.set('lang', language);
  return `/hazards.xlsx?${search.toString()}`;
}

/** What a saved view keeps. */
export interface Body {
  filter?: Record<string, unknown>;
  lastDays?: number;
  order?: HazardOrder;
  columns?: string[];
  show?: Record<string, unknown>;
}

/** A filter and columns as a saved view; days are kept as days, for a view is for later. */
export function bodyOf(filter: Filter, columns: readonly string[]): Body {
  const { status, lastDays, order, from, until, ...rest } = filter;
  const body: Body = { filter: { ...rest, ...(status === 'ALL' ? {} : { status }) }, order, columns: [...columns], show: {} };
  if (lastDays) body.lastDays = lastDays;
  if (from) body.show!.from = from;
  if (until) body.show!.until = until;
  return body;
}

/** The filter of a saved view, and its columns if it has any; an unfamiliar body is an empty filter. */
export function ofBody(body: unknown): { filter: Filter; columns: string[] | null } {
  const given = (typeof body === 'object' && body !== null ? body : {}) as Body;
  const kept = given.filter ?? {};
  const search = new URLSearchParams();
  for (const name of WORDS) if (typeof kept[name] === 'string') search.set(name, kept[name]);
  search.set('status', typeof kept.status === 'string' ? kept.status : 'ALL');
  if (Array.isArray(kept.grades)) search.set('grade', kept.grades.join(','));
  if (kept.overdue === true) search.set('overdue', '1');
  if (kept.mine === true) search.set('mine', '1');
  if (typeof given.show?.from === 'string') search.set('from', given.show.from);
  if (typeof given.show?.until === 'string') search.set('until', given.show.until);
  if (given.lastDays) search.set('days', String(given.lastDays));
  if (given.order) search.set('order', given.order);
  return { filter: read(search), columns: Array.isArray(given.columns) ? given.columns.filter((one) => typeof one === 'string') : null };
}

/** How many conditions beside unit and status are set, for the badge of the folded filter. */
export function countOf(filter: Filter): number {
  const { stage, grades, overdue, mine, type, text, area, from, until, lastDays } = filter;
  return [stage, grades?.length, overdue, mine, type, text, area, from ?? until, lastDays].filter(Boolean).length;
}
