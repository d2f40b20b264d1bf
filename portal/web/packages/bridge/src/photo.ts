/** A photo as it is sent: upright, at most 1600 px and 400 kB, its lines burned in and its origin kept; or a word why it cannot be used. */
import { facts, type Facts } from './exif';
import { withOrigin } from './exif-write';
import { fit, isSideways, upright } from './fit';
import { burn } from './watermark';

/** `empty`: no bytes; `type`: no picture; `heic`: a picture that this browser cannot open; `huge`; `corrupt`. */
export type PhotoFault = 'empty' | 'type' | 'heic' | 'huge' | 'corrupt';

/** Why a file is no photo for us. */
export class PhotoError extends Error {
  readonly fault: PhotoFault;

  constructor(fault: PhotoFault) {
    super(fault);
    this.fault = fault;
  }
}

export interface Prepared {
  data: ArrayBuffer;
  mime: 'image/jpeg';
  width: number;
  height: number;
  /** A small data URL. */
  thumbnail: string;
  /** When the picture was taken, by its own word or the file's. */
  takenAt: number;
}

const LONGEST = 1600;
const ENOUGH = 400_000;
const TOO_LARGE = 60_000_000;
const TOO_MANY_PIXELS = 130_000_000;
const HEAD = 256 * 1024;
const QUALITIES = [0.72, 0.6, 0.48];

/** Make a photo ready; `lines` says what to burn in once it is known when it was taken. */
export async function prepare(file: File, lines: (takenAt: number) => readonly string[]): Promise<Prepared> {
  if (!file.size) throw new PhotoError('empty');
  if (file.size > TOO_LARGE) throw new PhotoError('huge');
  const head = await read(file.slice(0, HEAD));
  if (!isPicture(file, head)) throw new PhotoError('type');
  const known = facts(head);
  if (known && known.width * known.height > TOO_MANY_PIXELS) throw new PhotoError('huge');
  const takenAt = known?.takenAt ?? (file.lastModified || Date.now());
  const canvas = await drawn(file, known, head);
  burn(canvas, lines(takenAt));
  const { width, height } = canvas;
  const thumbnail = small(canvas);
  const blob = await encoded(canvas);
  // A canvas holds its pixels until it is collected, which a cheap phone cannot wait for.
  canvas.width = 0;
  // Only what the camera itself wrote. When a file was written says nothing of the picture: one that was forwarded or copied a moment
  // ago is as new as one just taken, and its age is what the server warns of.
  return { data: withOrigin(await read(blob), known?.origin ?? {}), mime: 'image/jpeg', width, height, thumbnail, takenAt };
}

/** Blob.arrayBuffer() came with Chrome 76. */
async function read(blob: Blob): Promise<ArrayBuffer> {
  return new Response(blob).arrayBuffer();
}

function isPicture(file: File, head: ArrayBuffer): boolean {
  const bytes = new Uint8Array(head.slice(0, 12));
  const text = String.fromCharCode(...bytes);
  const isKnown = (bytes[0] === 0xff && bytes[1] === 0xd8) || text.startsWith('\x89PNG') || text.startsWith('GIF8') || text.startsWith('BM') || text.slice(8, 12) === 'WEBP' || text.slice(4, 8) === 'ftyp';
  return isKnown && !/^(video|audio)\//.test(file.type);
}

async function drawn(file: File, known: Facts | undefined, head: ArrayBuffer): Promise<HTMLCanvasElement> {
  const picture = await decode(file).catch(() => {
    throw new PhotoError(isHeic(head) ? 'heic' : 'corrupt');
  });
  const turn = known && known.orientation > 1 && !(await turnsByItself()) ? known.orientation : 1;
  const size = fit(picture.width, picture.height, LONGEST);
  const canvas = document.createElement('canvas');
  canvas.width = isSideways(turn) ? size.height : size.width;
  canvas.height = isSideways(turn) ? size.width : size.height;
  const pen = canvas.getContext('2d');
  if (!pen || !size.width) throw new PhotoError('corrupt');
  pen.imageSmoothingQuality = 'high';
  pen.setTransform(...upright(turn, size.width, size.height));
  pen.drawImage(picture, 0, 0, size.width, size.height);
  pen.setTransform(1, 0, 0, 1, 0, 0);
  if ('close' in picture) picture.close();
  return canvas;
}

/** HEIC and AVIF brands in the first box. */
function isHeic(head: ArrayBuffer): boolean {
  const text = String.fromCharCode(...new Uint8Array(head.slice(4, 12)));
  return text.startsWith('ftyp');
}

async function decode(file: Blob): Promise<ImageBitmap | HTMLImageElement> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    // Old webviews know no options, or no files: an <img> can do it too.
    const address = URL.createObjectURL(file);
    try {
      return await loaded(address);
    } finally {
      URL.revokeObjectURL(address);
    }
  }
}

function loaded(address: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.addEventListener('load', () => resolve(image));
    image.addEventListener('error', () => reject(new Error('decode')));
    image.src = address;
  });
}

let turning: Promise<boolean> | undefined;

/** Whether this browser stands pictures upright when it decodes them; asked of a picture 2 × 1 that lies on its side. */
async function turnsByItself(): Promise<boolean> {
  turning ??= (async () => {
    const canvas = document.createElement('canvas');
    canvas.width = 2;
    canvas.height = 1;
    const plain = new Uint8Array(await read(await jpeg(canvas, 0.5)));
    // APP1 with one entry: orientation 6.
    const exif = [0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
    const picture = await decode(new Blob([plain.slice(0, 2), new Uint8Array(exif), plain.slice(2)], { type: 'image/jpeg' }));
    return picture.width === 1;
  })().catch(() => false);
  return turning;
}

async function encoded(canvas: HTMLCanvasElement): Promise<Blob> {
  let from = canvas;
  for (;;) {
    let blob: Blob | undefined;
    for (const quality of QUALITIES) {
      // oxlint-disable-next-line no-await-in-loop -- each try costs time on a slow phone; the first is nearly always enough
      blob = await jpeg(from, quality);
      if (blob.size <= ENOUGH) return blob;
    }
    if (blob && from.width < 600) return blob;
    from = shrunk(from, Math.max(from.width, from.height) * 0.75);
  }
}

function shrunk(canvas: HTMLCanvasElement, longest: number): HTMLCanvasElement {
  const size = fit(canvas.width, canvas.height, longest);
  const next = document.createElement('canvas');
  next.width = size.width;
  next.height = size.height;
  next.getContext('2d')?.drawImage(canvas, 0, 0, size.width, size.height);
  return next;
}

function small(canvas: HTMLCanvasElement): string {
  const next = shrunk(canvas, 240);
  const address = next.toDataURL('image/jpeg', 0.6);
  next.width = 0;
  return address;
}

function jpeg(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new PhotoError('corrupt'))), 'image/jpeg', quality);
  });
}
