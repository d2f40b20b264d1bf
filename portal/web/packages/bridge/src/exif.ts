/** What a JPEG says of itself before it is decoded: which way up it is, how large it is, when and where it was taken. */
import { Folder, type Ratio } from './tiff';

/** Degrees, minutes and seconds, and the side of the equator or of Greenwich. */
export interface Angle {
  side: string;
  parts: readonly Ratio[];
}

/** When and where, in the camera's own words; what it did not say is not there. */
export interface Origin {
  /** `2026:11:21 10:30:05`, by the camera's clock. */
  taken?: string;
  /** How far that clock stood from UTC, `+08:00`. */
  offset?: string;
  place?: { latitude: Angle; longitude: Angle; accuracy?: Ratio };
}

export interface Facts {
  /** EXIF 1 to 8; 1 is upright. */
  orientation: number;
  /** Milliseconds; by the phone's own clock where the camera named no zone. */
  takenAt: number | undefined;
  origin: Origin;
  /** As stored, before turning. */
  width: number;
  height: number;
}

const ORIENTATION = 0x0112;
const EXIF_FOLDER = 0x8769;
const GPS_FOLDER = 0x8825;
const TAKEN = 0x9003;
const OFFSET = 0x9011;
const LATITUDE_SIDE = 1;
const LATITUDE = 2;
const LONGITUDE_SIDE = 3;
const LONGITUDE = 4;
const ACCURACY = 0x1f;
const MOMENT = /^(\d{4}):(\d{2}):(\d{2}) (\d{2}):(\d{2}):(\d{2})$/;
const ZONE = /^[+-](?:0\d|1[0-4]):[0-5]\d$/;

/** Read the head of a JPEG; undefined where it is none. Broken metadata is passed over, for the picture may be good. */
export function facts(bytes: ArrayBuffer): Facts | undefined {
  const view = new DataView(bytes);
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return undefined;
  const found: Facts = { orientation: 1, takenAt: undefined, origin: {}, width: 0, height: 0 };
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
    if (marker === 0xffe1 && at + 10 <= view.byteLength && view.getUint32(at + 4) === 0x45786966)
      readExif(new DataView(bytes, at + 10, Math.max(0, Math.min(long - 8, view.byteLength - at - 10))), found);
    at += 2 + long;
  }
  return found;
}

/** SOF0 to SOF15 without the three that are tables. */
function isFrame(marker: number): boolean {
  return marker >= 0xffc0 && marker <= 0xffcf && marker !== 0xffc4 && marker !== 0xffc8 && marker !== 0xffcc;
}

function readExif(block: DataView, into: Facts): void {
  const first = Folder.first(block);
  const turned = first?.short(ORIENTATION) ?? 1;
  if (turned >= 1 && turned <= 8) into.orientation = turned;
  const own = first?.below(EXIF_FOLDER);
  const taken = own?.text(TAKEN, 19);
  const offset = own?.text(OFFSET, 6);
  const at = taken === undefined ? undefined : momentOf(taken, offset);
  const place = placeIn(first?.below(GPS_FOLDER));
  if (at !== undefined) {
    into.takenAt = at;
    into.origin = { taken, ...(offset && ZONE.test(offset) ? { offset } : {}) };
  }
  if (place) into.origin = { ...into.origin, place };
}

function momentOf(text: string, offset: string | undefined): number | undefined {
  const match = MOMENT.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [number, number, number, number, number, number];
  const local = new Date(year, month - 1, day, hour, minute, second);
  // The 31st of February, and the zeros of a camera that was never set.
  if (year <= 1990 || local.getMonth() !== month - 1 || local.getDate() !== day) return undefined;
  return offset && ZONE.test(offset) ? Date.parse(`${match[1]}-${match[2]}-${match[3]}T${text.slice(11)}${offset}`) : local.getTime();
}

/** Half a position, or the point off Africa that empty fields stand for, is no position. */
function placeIn(gps: Folder | undefined): Origin['place'] {
  const latitude = angle(gps?.text(LATITUDE_SIDE, 1), 'NS', gps?.ratios(LATITUDE, 3));
  const longitude = angle(gps?.text(LONGITUDE_SIDE, 1), 'EW', gps?.ratios(LONGITUDE, 3));
  if (!latitude || !longitude || ![...latitude.parts, ...longitude.parts].some(([above]) => above)) return undefined;
  const accuracy = gps?.ratios(ACCURACY, 1)?.[0];
  return { latitude, longitude, ...(accuracy?.[1] ? { accuracy } : {}) };
}

function angle(side: string | undefined, sides: string, parts: readonly Ratio[] | undefined): Angle | undefined {
  return side && sides.includes(side) && parts?.every(([, below]) => below) ? { side, parts } : undefined;
}
