/** Sizes, turns and metadata of photos, without decoding one. */
import { describe, expect, it, vi } from 'vitest';
import { facts } from '../src/exif';
import { fit, isSideways, upright } from '../src/fit';
import { prepare, PhotoError } from '../src/photo';
import { watermark } from '../src/watermark';

/** A JPEG head: an EXIF block with orientation and time, then a frame of the given size. */
function head({ orientation, taken, isLittle, width = 4000, height = 3000 }: { orientation: number; taken?: string; isLittle: boolean; width?: number; height?: number }): ArrayBuffer {
  const tiff = new DataView(new ArrayBuffer(100));
  tiff.setUint16(0, isLittle ? 0x4949 : 0x4d4d);
  tiff.setUint16(2, 42, isLittle);
  tiff.setUint32(4, 8, isLittle);
  tiff.setUint16(8, 2, isLittle);
  tag(tiff, 10, 0x0112, 3, 1, isLittle);
  tiff.setUint16(18, orientation, isLittle);
  tag(tiff, 22, 0x8769, 4, 1, isLittle);
  tiff.setUint32(30, 40, isLittle);
  tiff.setUint16(40, taken ? 1 : 0, isLittle);
  tag(tiff, 42, 0x9003, 2, 20, isLittle);
  tiff.setUint32(50, 60, isLittle);
  for (const [index, sign] of [...(taken ?? '')].entries()) tiff.setUint8(60 + index, sign.charCodeAt(0));
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0, ...new Uint8Array(tiff.buffer)];
  const frame = [0xff, 0xc0, 0, 17, 8, height >> 8, height & 255, width >> 8, width & 255, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  return new Uint8Array([0xff, 0xd8, 0xff, 0xe1, 0, exif.length + 2, ...exif, ...frame]).buffer;
}

function tag(view: DataView, at: number, name: number, kind: number, count: number, isLittle: boolean): void {
  view.setUint16(at, name, isLittle);
  view.setUint16(at + 2, kind, isLittle);
  view.setUint32(at + 4, count, isLittle);
}

describe('what a JPEG says of itself', () => {
  for (const isLittle of [true, false])
    it(`reads turn, time and size (${isLittle ? 'little' : 'big'} endian)`, () => {
      const found = facts(head({ orientation: 6, taken: '2026:11:21 10:30:05', isLittle }));

      expect(found).toEqual({ orientation: 6, takenAt: new Date(2026, 10, 21, 10, 30, 5).getTime(), origin: { taken: '2026:11:21 10:30:05' }, width: 4000, height: 3000 });
    });

  it('passes over metadata that points outside the file', () => {
    const cut = head({ orientation: 6, taken: '2026:11:21 10:30:05', isLittle: true }).slice(0, 70);

    expect(facts(cut)?.orientation).toBe(6);
    expect(facts(cut)?.takenAt).toBeUndefined();
  });

  it('takes an impossible turn for upright and an empty clock for unknown', () => {
    const found = facts(head({ orientation: 9, taken: '0000:00:00 00:00:00', isLittle: false }));

    expect(found).toMatchObject({ orientation: 1, takenAt: undefined, origin: {} });
  });

  it('knows what is no JPEG', () => {
    expect(facts(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]).buffer)).toBeUndefined();
    expect(facts(new ArrayBuffer(0))).toBeUndefined();
  });
});

describe('sizes and turns', () => {
  it('shrinks to the longer side and never enlarges', () => {
    expect(fit(4000, 3000, 1600)).toEqual({ width: 1600, height: 1200 });
    expect(fit(3000, 4000, 1600)).toEqual({ width: 1200, height: 1600 });
    expect(fit(800, 600, 1600)).toEqual({ width: 800, height: 600 });
    expect(fit(10_000, 1, 1600)).toEqual({ width: 1600, height: 1 });
  });

  it('keeps every corner inside the canvas, whatever the turn', () => {
    for (let turn = 1; turn <= 8; turn += 1) {
      const [a, b, c, d, e, f] = upright(turn, 40, 30);
      const [wide, tall] = isSideways(turn) ? [30, 40] : [40, 30];
      const corners = [[0, 0], [40, 0], [0, 30], [40, 30]].map(([x, y]) => `${a * x! + c * y! + e},${b * x! + d * y! + f}`);

      expect(corners.sort(), `orientation ${turn}`).toEqual(['0,0', `${wide},0`, `0,${tall}`, `${wide},${tall}`].sort());
    }
  });

  it('puts the top left of a picture taken with the phone upright (6) to the top right', () => {
    const [a, b, c, d, e, f] = upright(6, 40, 30);

    expect([a * 0 + c * 0 + e, b * 0 + d * 0 + f]).toEqual([30, 0]);
  });
});

const lines = (): string[] => [];

/** A browser that can decode nothing, as this one cannot. */
class Undecodable {
  src = '';

  addEventListener(name: string, tell: () => void): void {
    if (name === 'error') queueMicrotask(tell);
  }
}

describe('files that are no photos', () => {
  vi.stubGlobal('Image', Undecodable);
  const fault = async (file: File): Promise<string> => prepare(file, lines).then(() => 'none', (problem: unknown) => (problem as PhotoError).fault);

  it('are refused with the reason', async () => {
    expect(await fault(new File([], 'a.jpg', { type: 'image/jpeg' }))).toBe('empty');
    expect(await fault(new File(['%PDF-1.7 something'], 'a.jpg', { type: 'image/jpeg' }))).toBe('type');
    expect(await fault(new File([new Uint8Array([0, 0, 0, 24, 0x66, 0x74, 0x79, 0x70, 0x6d, 0x70, 0x34, 0x32])], 'a.mp4', { type: 'video/mp4' }))).toBe('type');
    expect(await fault(new File([new Uint8Array([0, 0, 0, 24, 0x66, 0x74, 0x79, 0x70, 0x68, 0x65, 0x69, 0x63])], 'a.heic', { type: 'image/heic' }))).toBe('heic');
    expect(await fault(new File([head({ orientation: 1, isLittle: true }).slice(0, 90)], 'a.jpg', { type: 'image/jpeg' }))).toBe('corrupt');
    expect(await fault(new File([head({ orientation: 1, isLittle: true, width: 20_000, height: 20_000 })], 'a.jpg', { type: 'image/jpeg' }))).toBe('huge');
  });
});

describe('the lines on a photo', () => {
  const at = Date.UTC(2026, 10, 21, 2, 30);

  it('say when, where and who', () => {
    expect(watermark({ at, place: '冲压一车间', person: '林小雨', company: '恒泰' })).toEqual(['2026-11-21 10:30', '冲压一车间', '林小雨 · 恒泰']);
  });

  it('fall back to the coordinates, and to nothing', () => {
    expect(watermark({ at, position: { latitude: 31.2, longitude: 121.5 }, person: '林小雨', company: '恒泰' })[1]).toBe('31.20000, 121.50000');
    expect(watermark({ at, person: '林小雨', company: '恒泰' })).toHaveLength(2);
  });
});
