/** The seal of a photo: SHA-256, as the server will compute it again. */
import { StorageError } from './trouble';

/** 64 hexadecimal digits. */
export async function sha256(data: ArrayBuffer): Promise<string> {
  if (typeof crypto === 'undefined' || !crypto.subtle) throw new StorageError('NEEDS_HTTPS');
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
  let text = '';
  for (const byte of digest) text += (byte < 16 ? '0' : '') + byte.toString(16);
  return text;
}
