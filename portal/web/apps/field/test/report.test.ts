/** What a report asks of the server, and the order of its tiles. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { speak } from '@anhuan/i18n';
import { exportReport, safe } from '../src/report/export-report';
import { inOrder, KINDS, nameOf } from '../src/report/kinds';
import { inputOf, seenAt } from '../src/report/submit';
import { hasContent, type Report } from '../src/report/use-report';

const NOW = Date.UTC(2026, 10, 21, 9, 0);
const HOUR = 60 * 60_000;

function aReport(some: Partial<Report> = {}): Report {
  return { id: '019aa5c0-0000-7000-8000-000000000001', kind: 'fire', text: '', placeNote: '', spot: null, at: null, seenAt: null, ...some };
}

function aPhoto(takenAt?: number) {
  return { id: '019aa5c0-0000-7000-8000-0000000000aa', name: 'a.jpg', mime: 'image/jpeg', data: new Uint8Array([1, 2, 3]).buffer, takenAt };
}

describe('when it was seen', () => {
  it('is when the first photo was taken', () => {
    expect(seenAt([{ takenAt: NOW - HOUR }, { takenAt: NOW - 2 * HOUR }], NOW)).toBe(NOW - 2 * HOUR);
  });

  it('is now for words alone, for an old picture and for a clock that runs ahead', () => {
    expect(seenAt([], NOW)).toBe(NOW);
    expect(seenAt([{ takenAt: NOW - 40 * 24 * HOUR }], NOW)).toBe(NOW);
    expect(seenAt([{ takenAt: NOW + HOUR }], NOW)).toBe(NOW);
  });
});

describe('what the server is asked', () => {
  it('names place, position and photos, and leaves out what is not known', () => {
    const spot = { areaId: 'a', assetId: 'm', name: '冲压 · 1 号', unit: '冲压甲班', risk: 'larger', how: 'label' } as const;
    const full = inputOf(aReport({ text: '  堵了 ', placeNote: ' 东侧 ', spot, at: { latitude: 31, longitude: 120, accuracyM: 9 } }), [aPhoto()], NOW).input;

    expect(full).toEqual({
      id: aReport().id, type: 'fire', description: '堵了', evidence: [aPhoto().id], areaId: 'a', assetId: 'm', placeNote: '东侧',
      position: { latitude: 31, longitude: 120, accuracyM: 9 }, seenAt: '2026-11-21T09:00:00.000Z',
    });
    expect(inputOf(aReport(), [], NOW).input).toMatchObject({ areaId: null, assetId: null, placeNote: null, position: null, evidence: [] });
  });
});

describe('a draft', () => {
  it('is worth keeping as soon as anything was entered', () => {
    const nothing = { kind: null, text: ' ', placeNote: '' };

    expect(hasContent(nothing, [])).toBe(false);
    expect(hasContent(nothing, [aPhoto()])).toBe(true);
    expect(hasContent({ ...nothing, kind: 'fire' }, [])).toBe(true);
    expect(hasContent({ ...nothing, placeNote: '东侧' }, [])).toBe(true);
  });
});

describe('the tiles', () => {
  beforeEach(() => speak('zh'));

  it('are the kinds that the server knows, no more and no fewer', () => {
    const source = readFileSync(resolve(import.meta.dirname, '../../../../../platform/anhuan_platform/hazards/types.py'), 'utf8');
    const known = [...source.matchAll(/HazardType\(\s*"(\w+)"/g)].map((match) => match[1]);

    expect([...KINDS].sort()).toEqual(known.sort());
  });

  it('put what this person uses most first and 其他 last', () => {
    const order = inOrder({ lifting: 5, fire: 2, other: 40 });

    expect(order.slice(0, 3)).toEqual(['lifting', 'fire', 'machine_guard']);
    expect(order[order.length - 1]).toBe('other');
    expect(new Set(order).size).toBe(16);
  });

  it('have a short name in both languages', () => {
    for (const kind of KINDS) expect([...nameOf(kind)].length, kind).toBeLessThanOrEqual(5);
    speak('en');
    for (const kind of KINDS) expect(nameOf(kind), kind).toMatch(/^[\w \u00ad]+$/);
  });
});

describe('a report that no phone could keep', () => {
  it('leaves as one page with its photos, and nobody can write HTML into it', async () => {
    const page = await (await exportReport(aReport({ text: '<img src=x onerror=alert(1)>' }), [aPhoto()])).text();

    expect(page).toContain('data:image/jpeg;base64,AQID');
    expect(page).not.toContain('<img src=x');
    expect(safe(`<"'&>`)).toBe('&#60;&#34;&#39;&#38;&#62;');
  });
});
