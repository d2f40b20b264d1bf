/** The decoder that we carry along, for browsers without one: 400 kB, loaded when first wanted, from our own server. */
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';
import type { Decode } from './decoder';

/** Load and start it. */
export async function own(): Promise<Decode> {
  await prepareZXingModule({ overrides: { locateFile: (path: string, prefix: string) => (path.endsWith('.wasm') ? wasm : prefix + path) }, fireImmediately: true });
  return async (picture) => {
    const data = picture instanceof ImageData ? picture : picture.getContext('2d')!.getImageData(0, 0, picture.width, picture.height);
    const [found] = await readBarcodes(data, { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 1 });
    return found?.text || undefined;
  };
}
