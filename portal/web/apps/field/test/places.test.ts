/** Places that the phone remembers. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { FieldPlacesQuery } from '../src/gql';
import { keepSpot, recentSpots, search, spotOfLabel, spotOfThisShift, type Spot } from '../src/place/places';

const unit = { id: 'u', name: '冲压甲班', path: ['恒泰', '第一分厂', '冲压车间', '冲压甲班'] };
const known: FieldPlacesQuery = {
  areas: [
    { id: 'a1', code: 'A-01', name: '冲压压力机区', risk: 'larger', label: 'GcgyQZSusUuG', latitude: 31, longitude: 120, radiusM: 60, unit },
    { id: 'a2', code: 'A-02', name: '喷漆室', risk: 'major', label: 'TIVNZiRYRsaw', latitude: null, longitude: null, radiusM: null, unit: null },
  ],
  assets: [
    { id: 'm1', code: 'M-01', name: '1号压力机', kind: '压力机', label: 'ViGsf8koDDFP', area: { id: 'a1' }, unit },
    { id: 'm2', code: 'M-02', name: '行车', kind: '起重机', label: 'Vw2BkqxhrUoJ', area: null, unit: null },
  ],
};

function aSpot(some: Partial<Spot> = {}): Spot {
  return { areaId: 'a1', assetId: null, name: '冲压压力机区', unit: '冲压甲班', risk: 'larger', how: 'chosen', ...some };
}

beforeEach(() => localStorage.clear());

describe('a label', () => {
  it('is an area or a machine with its area', () => {
    expect(spotOfLabel(known, 'GcgyQZSusUuG')).toMatchObject({ areaId: 'a1', assetId: null, risk: 'larger', how: 'label' });
    expect(spotOfLabel(known, 'ViGsf8koDDFP')).toMatchObject({ areaId: 'a1', assetId: 'm1', name: '冲压压力机区 · 1号压力机', risk: 'larger' });
    expect(spotOfLabel(known, 'Vw2BkqxhrUoJ')).toMatchObject({ areaId: null, assetId: 'm2', risk: null });
    expect(spotOfLabel(known, 'unknown')).toBeUndefined();
  });
});

describe('search', () => {
  it('finds by name, code or any unit above, all words together', () => {
    expect(search(known, '冲压 压力机').areas.map((one) => one.id)).toEqual(['a1']);
    expect(search(known, 'a-02').areas.map((one) => one.id)).toEqual(['a2']);
    expect(search(known, '第一分厂').areas.map((one) => one.id)).toEqual(['a1']);
    expect(search(known, '起重机').assets.map((one) => one.id)).toEqual(['m2']);
  });

  it('shows every area and no machine while nothing is typed', () => {
    expect(search(known, ' ').areas).toHaveLength(2);
    expect(search(known, ' ').assets).toHaveLength(0);
  });
});

describe('recent places', () => {
  it('are the last four, each once, the newest first', () => {
    for (const areaId of ['a', 'b', 'c', 'd', 'e', 'c']) keepSpot(aSpot({ areaId }));

    expect(recentSpots().map((one) => one.areaId)).toEqual(['c', 'e', 'd', 'b']);
  });

  it('are taken for the place of this shift for four hours, and marked as such', () => {
    keepSpot(aSpot());
    expect(spotOfThisShift()).toMatchObject({ areaId: 'a1', how: 'recent' });

    const [last] = recentSpots();
    localStorage.setItem('anhuan.recent.', JSON.stringify([{ ...last, at: Date.now() - 5 * 60 * 60_000 }]));
    expect(spotOfThisShift()).toBeUndefined();
  });
});
