/** What a JPEG says of itself before it is decoded: which way up it is, when it was taken, how large it is. */

export interface Facts {
  /** EXIF 1 to 8; 1 is upright. */
  orientation: number;
  /** Milliseconds; by the phone's own clock, since cameras write no zone. */
  takenAt: number | undefined;
  /** As stored, before turning. */
  width: number;
  height: number;
}

const ORIENTATION = 0x0112;
const EXIF_FOLDER = 0x8769;
const TAKEN = 0x9003;
const MOMENT = /^(\d{4}):(\d{2}):(\d{2}) (\d{2}):(\d{2}):(\d{2})/;

/** Read the head of a JPEG; undefined where it is none. Broken metadata is passed over, for the picture may be good. */
export function facts(bytes: ArrayBuffer): Facts | undefined {
  const view = new DataView(bytes);
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return undefined;
  const found: Facts = { orientation: 1, takenAt: undefined, width: 0, height: 0 };
  let at = 2;
  while (at + 4 <= view.byteLength) {
    const marker = view.getUint16(at);
    if ((marker & 0xff00) !== 0xff00 || marker === 0xffda) break;
    const long = view.getUint16(at + 2);
    if (isFrame(marker) && at + 9 <= view.byteLength) {
      found.height = view.getUint16(at + 5);
      found.width = view.getUint16(at + 7);
      break;
    }
    if (marker === 0xffe1) readExif(view, at + 4, long - 2, found);
    at += 2 + long;
  }
  return found;
}

/** SOF0 to SOF15 without the three that are tables. */
function isFrame(marker: number): boolean {
  return marker >= 0xffc0 && marker <= 0xffcf && marker !== 0xffc4 && marker !== 0xffc8 && marker !== 0xffcc;
}

function readExif(view: DataView, at: number, long: number, into: Facts): void {
  try {
    if (view.getUint32(at) !== 0x45786966) return;
    const tiff = at + 6;
    const end = at + long;
    const isLittle = view.getUint16(tiff) === 0x4949;
    const first = tiff + view.getUint32(tiff + 4, isLittle);
    const turned = entry(view, first, ORIENTATION, isLittle, end);
    if (turned !== undefined) {
      const value = view.getUint16(turned + 8, isLittle);
      if (value >= 1 && value <= 8) into.orientation = value;
    }
    const folder = entry(view, first, EXIF_FOLDER, isLittle, end);
    if (folder === undefined) return;
    const taken = entry(view, tiff + view.getUint32(folder + 8, isLittle), TAKEN, isLittle, end);
    if (taken !== undefined) into.takenAt = momentAt(view, tiff + view.getUint32(taken + 8, isLittle));
  } catch (problem) {
    if (!(problem instanceof RangeError)) throw problem;
  }
}

/** Where a tag stands in a folder of tags. */
function entry(view: DataView, folder: number, tag: number, isLittle: boolean, end: number): number | undefined {
  const count = view.getUint16(folder, isLittle);
  for (let index = 0; index < count; index += 1) {
    const at = folder + 2 + index * 12;
    if (at + 12 > end) return undefined;
    if (view.getUint16(at, isLittle) === tag) return at;
  }
  return undefined;
}

function momentAt(view: DataView, at: number): number | undefined {
  let text = '';
  for (let index = 0; index < 19; index += 1) text += String.fromCharCode(view.getUint8(at + index));
  const match = MOMENT.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [number, number, number, number, number, number];
  const time = new Date(year, month - 1, day, hour, minute, second).getTime();
  return year > 1990 && Number.isFinite(time) ? time : undefined;
}
