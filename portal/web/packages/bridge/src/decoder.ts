/** Reads codes out of pictures: the system's detector where it is real, otherwise a decoder that we carry along. */

/** The text of the code in a picture, or undefined. */
export type Decode = (picture: HTMLCanvasElement | ImageData) => Promise<string | undefined>;

interface Detector {
  detect(picture: ImageBitmapSource): Promise<{ rawValue: string }[]>;
}

interface DetectorMaker {
  new (how: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

let decoder: Promise<Decode> | undefined;

/** The decoder of this browser; loaded once. A load that failed is tried again the next time. */
export function theDecoder(): Promise<Decode> {
  decoder ??= choose().catch((problem: unknown) => {
    decoder = undefined;
    throw problem;
  });
  return decoder;
}

async function choose(): Promise<Decode> {
  const Maker = (globalThis as { BarcodeDetector?: DetectorMaker }).BarcodeDetector;
  // Desktop Chrome and some webviews have the class and no engine behind it: then the list of formats is empty.
  const formats = Maker ? await Maker.getSupportedFormats().catch(() => []) : [];
  if (Maker && formats.includes('qr_code')) {
    const detector = new Maker({ formats: ['qr_code'] });
    return async (picture) => (await detector.detect(picture))[0]?.rawValue;
  }
  const { own } = await import('./zxing');
  return own();
}
