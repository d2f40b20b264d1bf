/** Sending a file as evidence from the desktop: announced by its hash, posted straight to the store, confirmed by the server. */
import { words } from '@anhuan/i18n';
import { act, said } from '@anhuan/wire';
import { DoConfirmUpload, DoRequestUpload } from '../../gql';

/** One file on its way. */
export interface Upload {
  /** The evidence's id, the same over every try. */
  id: string;
  name: string;
  /** For showing it before the server can. */
  local: string;
  state: 'sending' | 'ready' | 'failed';
  percent: number;
  why?: string;
}

export const MOST_BYTES = 20 * 1024 * 1024;
const t = words({
  empty: ['文件是空的', 'The file is empty'],
  large: ['超过 20 MB', 'Larger than 20 MB'],
  kind: ['只支持照片（JPEG、PNG、WebP、HEIC）和 PDF', 'Photos (JPEG, PNG, WebP, HEIC) and PDF only'],
  unsafe: ['当前网址不是 https，浏览器不允许计算文件校验值，请用 https 打开', 'This page is not on https; browsers compute no checksum here. Open it by https'],
  network: ['上传中断，请重试', 'The upload was cut. Try again'],
  store: ['存储服务未接受该文件，请重试', 'The store did not take the file. Try again'],
  refused: ['未通过核验，请换一张', 'It was not taken. Choose another'],
});
const KINDS = /^(image\/(jpeg|png|webp|heic|heif)|application\/pdf)$/;

/** Why a file cannot be taken, before anything is sent; null if it can. */
export function unfit(file: { size: number; type: string }): string | null {
  if (file.size === 0) return t.empty;
  if (file.size > MOST_BYTES) return t.large;
  return KINDS.test(file.type) ? null : t.kind;
}

/** Send it; `tell` hears how far it is. Ends in `ready` or `failed` with a reason, never in an exception. */
export async function send(id: string, file: File, tell: (change: Partial<Upload>) => void): Promise<void> {
  const fail = (why: string): void => tell({ state: 'failed', why });
  const reason = unfit(file);
  if (reason) return fail(reason);
  if (!globalThis.crypto?.subtle) return fail(t.unsafe);
  tell({ state: 'sending', percent: 0, why: undefined });
  try {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
    const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const ticket = await act(DoRequestUpload, { input: { id, name: file.name.slice(0, 200), mediaType: file.type, size: file.size, sha256 } });
    // Without an address it has arrived in an earlier try.
    if (ticket?.url) {
      const problem = await post(ticket.url, ticket.fields as Record<string, string>, file, (percent) => tell({ percent: Math.min(95, percent) }));
      if (problem) return fail(problem);
    }
    const evidence = await act(DoConfirmUpload, { input: { id } }, { patience: 60_000 });
    if (evidence?.status === 'REFUSED') return fail(evidence.refusal ? `${t.refused}（${evidence.refusal}）` : t.refused);
    tell({ state: 'ready', percent: 100 });
  } catch (problem) {
    fail(said(problem));
  }
}

async function post(url: string, fields: Record<string, string>, file: File, tell: (percent: number) => void): Promise<string | null> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.append('file', file);
  return new Promise((done) => {
    // Only XMLHttpRequest tells how much has been sent.
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.upload.addEventListener('progress', ({ loaded, total }) => tell(Math.round((100 * loaded) / total)));
    request.addEventListener('load', () => done(request.status < 300 ? null : t.store));
    request.addEventListener('error', () => done(t.network));
    request.addEventListener('timeout', () => done(t.network));
    request.timeout = 180_000;
    request.send(body);
  });
}
