/** A filter keeps its meaning on its way between address, server, Excel file and saved view. */
import { describe, expect, it } from 'vitest';
import { bodyOf, countOf, ofBody, read, sheetAddress, wanted, write, type Filter } from '../../src/hazards/filter';
import { dayOf, endOfDay, startOfDay } from '../../src/shared/zone';

const unit = '019a0000-0000-7000-8000-000000000001';
const full: Filter = { status: 'CLOSED', stage: 'review', grades: ['A', 'B'], unit, overdue: true, mine: true, type: 'fire', text: '配电箱', area: unit, from: '2026-11-01', until: '2026-11-21', order: 'OPENED' };

describe('the address', () => {
  it('says everything and is read back the same', () => {
    expect(read(write(full))).toEqual(full);
  });

  it('is empty for what is usual', () => {
    expect(write({ status: 'OPEN', order: 'DUE' }).toString()).toBe('');
  });

  it('leaves out what makes no sense', () => {
    expect(read(new URLSearchParams('status=odd&grade=Z,B&from=yesterday&until=2026-99-99&days=-3&order=UP&text=%20'))).toEqual({ status: 'OPEN', order: 'DUE', grades: ['B'] });
  });
});

describe('what the server is asked', () => {
  it('has days of the company as moments, the last one whole', () => {
    const asked = wanted(full, 'Asia/Shanghai');

    expect(asked.openedFrom).toBe('2026-10-31T16:00:00.000Z');
    expect(asked.openedUntil).toBe('2026-11-21T16:00:00.000Z');
  });

  it('counts the last days anew, today included, and lets them win over dates', () => {
    const asked = wanted({ ...full, lastDays: 7 }, 'Asia/Shanghai', Date.parse('2026-11-21T15:59:00Z'));

    expect(asked.openedFrom).toBe('2026-11-14T16:00:00.000Z');
    expect(asked.openedUntil).toBeNull();
  });

  it('has no status when all are wanted', () => {
    expect(wanted({ status: 'ALL', order: 'DUE' }, 'UTC').status).toBeNull();
  });
});

it('the Excel file is of the same list', () => {
  const search = new URL(sheetAddress(full, ['number', 'title'], 'zh', 'Asia/Shanghai'), 'http://x').searchParams;

  expect(Object.fromEntries(search)).toEqual({
    status: 'CLOSED', stage: 'review', grade: 'A,B', unit, overdue: 'true', mine: 'true', type: 'fire', text: '配电箱', area: unit,
    openedFrom: '2026-10-31T16:00:00.000Z', openedUntil: '2026-11-21T16:00:00.000Z', order: 'OPENED', columns: 'number,title', lang: 'zh',
  });
});

describe('a saved view', () => {
  it('gives back what was kept', () => {
    expect(ofBody(bodyOf(full, ['number']))).toEqual({ filter: full, columns: ['number'] });
    expect(ofBody(bodyOf({ status: 'ALL', order: 'DUE', lastDays: 30 }, ['number'])).filter).toEqual({ status: 'ALL', order: 'DUE', lastDays: 30 });
  });

  it('keeps in its filter only what the server knows there', () => {
    expect(Object.keys(bodyOf(full, []).filter!).sort()).toEqual(['area', 'grades', 'mine', 'overdue', 'stage', 'status', 'text', 'type', 'unit']);
  });

  it('of a shape that is not known is a filter of nothing', () => {
    expect(ofBody('odd')).toEqual({ filter: { status: 'ALL', order: 'DUE' }, columns: null });
  });
});

it('counts conditions, dates as one', () => {
  expect(countOf(full)).toBe(8);
  expect(countOf({ status: 'OPEN', order: 'DUE' })).toBe(0);
});

describe('a day in a zone', () => {
  it('is found over a change of clocks', () => {
    expect(startOfDay('2026-03-29', 'Europe/Berlin')).toBe('2026-03-28T23:00:00.000Z');
    expect(endOfDay('2026-03-29', 'Europe/Berlin')).toBe('2026-03-29T22:00:00.000Z');
  });

  it('is the company’s, not the browser’s', () => {
    expect(dayOf(Date.parse('2026-11-21T16:30:00Z'), 'Asia/Shanghai')).toBe('2026-11-22');
  });
});
