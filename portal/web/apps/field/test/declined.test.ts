/** A declined report comes back as its person made it, and each word of the server stands where it belongs until that was changed. */
import { speak } from '@anhuan/i18n';
import type { PhotoIn } from '@anhuan/outbox';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { declined, partOf, saidOf, type Declined } from '../src/report/declined';
import { inputOf } from '../src/report/submit';
import type { Report } from '../src/report/use-report';

const phone = vi.hoisted(() => ({ content: undefined as unknown }));
vi.mock('@anhuan/outbox', () => ({
  contentOf: () => Promise.resolve(phone.content),
  keeper: { get: () => Promise.resolve({ at: 0, data: { areas: [{ id: 'a', name: '冲压区', code: 'CY', risk: 'larger', unit: { name: '冲压', path: [] } }], assets: [{ id: 'm', name: '1 号', area: { id: 'a' }, unit: null }] } }) },
  put: () => undefined,
  amend: () => undefined,
}));

const PHOTO: PhotoIn = { id: 'p', name: 'p.jpg', mime: 'image/jpeg', data: new ArrayBuffer(3) };
const SPOT = { areaId: 'a', assetId: 'm', name: '冲压区 · 1 号', unit: '', risk: 'larger', how: 'chosen' } as const;
const made: Report = { id: 'r', kind: 'fire', text: '很长', placeNote: '东侧', spot: SPOT, at: { latitude: 31, longitude: 121, accuracyM: 9 }, seenAt: Date.UTC(2026, 10, 21) };

function wrong(...paths: string[]): void {
  phone.content = { variables: inputOf(made, [PHOTO], made.seenAt!), photos: [PHOTO], problems: paths.map((path) => ({ code: 'X', path, message: `错在 ${path}` })) };
}

beforeEach(() => speak('zh'));

describe('what comes back', () => {
  test('is what was made', async () => {
    wrong('description');
    expect(await declined('r')).toMatchObject({ report: made, photos: [PHOTO] });
  });

  test('offers no place that the server does not know, and no moment that it refused', async () => {
    wrong('areaId', 'seenAt');
    expect((await declined('r'))?.report).toMatchObject({ spot: null, seenAt: null, placeNote: '东侧' });
  });

  test('is nothing where it is gone or on its way again', async () => {
    phone.content = undefined;
    expect(await declined('r')).toBeUndefined();
  });
});

describe('the words of the server', () => {
  test('stand at the field that they are about, the others above all', () => {
    expect(['type', 'description', 'input.areaId', 'evidence', 'latitude', null].map(partOf)).toEqual(['kind', 'text', 'place', 'photos', 'general', 'general']);
  });

  test('go when that field was changed, and only then', () => {
    const found: Declined = { report: made, photos: [PHOTO], problems: [{ code: 'X', path: 'description', message: '太长' }, { code: 'X', path: 'evidence', message: '看不清' }, { code: 'X', message: '没有权限' }] };
    expect(saidOf('text', found, made, [PHOTO])).toBe('太长');
    expect(saidOf('text', found, { ...made, text: '短' }, [PHOTO])).toBeUndefined();
    expect(saidOf('photos', found, { ...made, text: '短' }, [PHOTO])).toBe('看不清');
    expect(saidOf('photos', found, made, [])).toBeUndefined();
    expect(saidOf('general', found, { ...made, text: '短' }, [])).toBe('没有权限');
    expect(saidOf('kind', found, made, [PHOTO])).toBeUndefined();
  });
});
