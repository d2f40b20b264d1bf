/** Writes into a JPEG when and where it was taken, and that it stands upright; nothing else of the camera's is passed on. */
import type { Origin } from './exif';
import type { Ratio } from './tiff';

/** A tag: its number, its kind, how many of them, and their bytes. */
type Tag = readonly [tag: number, kind: number, count: number, bytes: readonly number[]];

const HEAD = 8;

/** The JPEG with its origin; the same bytes where nothing is known. */
export function withOrigin(jpeg: ArrayBuffer, origin: Origin): ArrayBuffer {
  if (!origin.taken && !origin.place) return jpeg;
  const segment = written(origin);
  const bytes = new Uint8Array(jpeg.byteLength + segment.length);
  bytes.set(new Uint8Array(jpeg, 0, 2));
  bytes.set(segment, 2);
  bytes.set(new Uint8Array(jpeg, 2), 2 + segment.length);
  return bytes.buffer;
}

function written({ taken, offset, place }: Origin): number[] {
  const own = taken ? [text(0x9003, taken), ...(offset ? [text(0x9011, offset)] : [])] : [];
  const gps = place
    ? [
        text(1, place.latitude.side),
        ratios(2, place.latitude.parts),
        text(3, place.longitude.side),
        ratios(4, place.longitude.parts),
        ...(place.accuracy ? [ratios(0x1f, [place.accuracy])] : []),
      ]
    : [];
  // The first folder points to the others, whose places depend only on how many pointers there are.
  const pointers = (ownAt: number, gpsAt: number): Tag[] => [
    [0x0112, 3, 1, [0, 1, 0, 0]],
    ...(own.length ? [[0x8769, 4, 1, long(ownAt)] as const] : []),
    ...(gps.length ? [[0x8825, 4, 1, long(gpsAt)] as const] : []),
  ];
  const ownAt = HEAD + folder(pointers(0, 0), HEAD).length;
  const gpsAt = ownAt + (own.length ? folder(own, ownAt).length : 0);
  const block = [
    0x4d, 0x4d, 0, 42, 0, 0, 0, HEAD,
    ...folder(pointers(ownAt, gpsAt), HEAD),
    ...(own.length ? folder(own, ownAt) : []),
    ...(gps.length ? folder(gps, gpsAt) : []),
  ];
  return [0xff, 0xe1, ...short(block.length + 8), ...letters('Exif\0\0'), ...block];
}

/** A folder at this place of the block: its entries, then what does not fit into them. */
function folder(tags: readonly Tag[], at: number): number[] {
  let free = at + 2 + tags.length * 12 + 4;
  const entries: number[] = [];
  const values: number[] = [];
  for (const [tag, kind, count, bytes] of tags) {
    entries.push(...short(tag), ...short(kind), ...long(count));
    if (bytes.length <= 4) {
      entries.push(...bytes, ...[0, 0, 0, 0].slice(bytes.length));
      continue;
    }
    entries.push(...long(free));
    // Values begin at even places.
    const even = bytes.length % 2 ? [...bytes, 0] : bytes;
    values.push(...even);
    free += even.length;
  }
  return [...short(tags.length), ...entries, 0, 0, 0, 0, ...values];
}

function text(tag: number, value: string): Tag {
  const bytes = letters(`${value}\0`);
  return [tag, 2, bytes.length, bytes];
}

function ratios(tag: number, values: readonly Ratio[]): Tag {
  return [tag, 5, values.length, values.reduce<number[]>((bytes, [above, below]) => [...bytes, ...long(above), ...long(below)], [])];
}

function letters(value: string): number[] {
  return [...value].map((letter) => letter.charCodeAt(0));
}

function short(value: number): number[] {
  return [(value >> 8) & 255, value & 255];
}

function long(value: number): number[] {
  return [...short(value >>> 16), ...short(value & 0xffff)];
}
