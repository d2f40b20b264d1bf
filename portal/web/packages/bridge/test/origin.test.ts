/** When and where a photo was taken goes with it through the canvas, and nothing else of the camera's does. */
import { describe, expect, it } from 'vitest';
import { facts, type Origin } from '../src/exif';
import { withOrigin } from '../src/exif-write';

/** A picture as a canvas gives it: JFIF, a frame of 4 × 3, the end. */
const PLAIN = bytesOf('ffd8 ffe0 0010 4a46494600 0101 00 0001 0001 0000 ffc0 0011 08 0003 0004 03 012200 021101 031101 ffd9');
const ORIGIN: Origin = {
  taken: '2026:11:21 10:30:05',
  offset: '+08:00',
  place: { latitude: { side: 'N', parts: [[31, 1], [12, 1], [3045, 100]] }, longitude: { side: 'E', parts: [[121, 1], [30, 1], [4_000_000_000, 4_294_967_295]] }, accuracy: [65, 10] },
};

function bytesOf(hex: string): ArrayBuffer {
  return new Uint8Array(hex.replace(/\s/g, '').match(/../g)!.map((pair) => parseInt(pair, 16))).buffer;
}

function hexOf(bytes: ArrayBuffer): string {
  return Buffer.from(bytes).toString('hex');
}

/** A camera's block, little-endian as most phones write it, with make and serial number beside the rest. */
function camera(own: string, gps: string): ArrayBuffer {
  const ifd = `0400 0f01 0200 04000000 41434d00 1201 0300 01000000 06000000 6987 0400 01000000 80000000 2588 0400 01000000 00010000 00000000`;
  const block = `49492a00 08000000 ${ifd}`.replace(/\s/g, '').padEnd(0x80 * 2, '0') + own.replace(/\s/g, '').padEnd(0x80 * 2, '0') + gps.replace(/\s/g, '').padEnd(0x100 * 2, '0');
  const long = (block.length / 2 + 8).toString(16).padStart(4, '0');
  return bytesOf(`ffd8 ffe1 ${long} 457869660000 ${block} ${hexOf(PLAIN).slice(4)}`);
}

const CLOCK = '0300 0390 0200 14000000 c0000000 1190 0200 07000000 d8000000 31a4 0200 04000000 53310000 00000000'.replace(/\s/g, '').padEnd(0x40 * 2, '0')
  + Buffer.from('2026:11:21 10:30:05\0\0\0\0\0+08:00\0').toString('hex');
const FIX = '0400 0100 0200 02000000 4e000000 0200 0500 03000000 60010000 0300 0200 02000000 45000000 0400 0500 03000000 80010000 00000000'.replace(/\s/g, '').padEnd(0x60 * 2, '0')
  + '1f000000 01000000 0c000000 01000000 e50b0000 64000000 0000000000000000 79000000 01000000 1e000000 01000000 00000000 01000000'.replace(/\s/g, '');

describe('the origin of a photo', () => {
  it('is laid down as the standard says, byte for byte', () => {
    expect(hexOf(withOrigin(PLAIN, { taken: '2026:11:21 10:30:05', offset: '-03:30' }))).toBe(
      (
        'ffd8 ffe1 0068 457869660000 4d4d002a 00000008' +
        // Orientation 1 and the place of the second folder, 0x26.
        '0002 0112 0003 00000001 00010000 8769 0004 00000001 00000026 00000000' +
        // The clock's text at 0x44, its zone's at 0x58.
        '0002 9003 0002 00000014 00000044 9011 0002 00000007 00000058 00000000' +
        `${Buffer.from('2026:11:21 10:30:05\0-03:30\0\0').toString('hex')}`
      ).replace(/\s/g, '') + hexOf(PLAIN).slice(4),
    );
  });

  it('is read again as it was written, and the picture behind it is the same', () => {
    const written = withOrigin(PLAIN, ORIGIN);

    expect(facts(written)).toEqual({ orientation: 1, takenAt: Date.parse('2026-11-21T10:30:05+08:00'), origin: ORIGIN, width: 4, height: 3 });
    expect(hexOf(written).endsWith(hexOf(PLAIN).slice(4))).toBe(true);
  });

  it('may be a moment alone, or a place alone', () => {
    const { place, ...moment } = ORIGIN;

    expect(facts(withOrigin(PLAIN, moment))?.origin).toEqual(moment);
    expect(facts(withOrigin(PLAIN, { place }))?.origin).toEqual({ place });
  });

  it('is not made up where the camera said nothing', () => {
    expect(withOrigin(PLAIN, {})).toBe(PLAIN);
    expect(facts(PLAIN)?.origin).toEqual({});
  });

  it('comes from a camera without what the camera says of itself', () => {
    const found = facts(camera(CLOCK, FIX));

    expect(found).toMatchObject({ orientation: 6, takenAt: Date.parse('2026-11-21T10:30:05+08:00') });
    expect(found?.origin).toEqual({ taken: '2026:11:21 10:30:05', offset: '+08:00', place: { latitude: { side: 'N', parts: [[31, 1], [12, 1], [3045, 100]] }, longitude: { side: 'E', parts: [[121, 1], [30, 1], [0, 1]] } } });
    const passed = hexOf(withOrigin(PLAIN, found!.origin));
    expect(passed).not.toContain(Buffer.from('ACM').toString('hex'));
    expect(passed).not.toContain(Buffer.from('S1').toString('hex'));
  });

  it.each([
    ['half a position', CLOCK, FIX.replace('4e000000', '58000000')],
    ['a fraction of nothing', CLOCK, FIX.replace('6400000000', '0000000000')],
    ['empty fields', CLOCK, FIX.slice(0, 0x60 * 2) + '0000000001000000'.repeat(8)],
  ])('has no place where there is %s', (_what, own, gps) => {
    expect(facts(camera(own, gps))?.origin.place).toBeUndefined();
    expect(facts(camera(own, gps))?.origin.taken).toBe('2026:11:21 10:30:05');
  });

  it('has no moment where the clock was never set, or says what no clock can', () => {
    for (const said of ['0000:00:00 00:00:00', '2026:02:31 10:00:00', '2026-11-21 10:30:05'])
      expect(facts(camera(CLOCK.replace(Buffer.from('2026:11:21 10:30:05').toString('hex'), Buffer.from(said).toString('hex')), FIX))?.origin.taken).toBeUndefined();
  });
});
