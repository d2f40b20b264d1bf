/** Why this device cannot keep something; said in words that a person can act on. */
import { words } from '@anhuan/i18n';

/**
 * `FULL`: no room. `DEAD`: the browser keeps nothing, as in private windows. `NEWER`: a newer version of the app has been here.
 * `BLOCKED`: another page of the app is in the way. `NEEDS_HTTPS`: photos cannot be sealed on an insecure address. `CLOSED`: nobody
 * is signed in. `TAKEN`: something else is kept under this id. `NOT_NOW`: it is on its way and cannot be thrown away.
 * `PHOTO_*`: a photo that no server would take.
 */
export type StorageCode =
  | 'FULL'
  | 'DEAD'
  | 'NEWER'
  | 'BLOCKED'
  | 'NEEDS_HTTPS'
  | 'CLOSED'
  | 'TAKEN'
  | 'NOT_NOW'
  | 'PHOTO_EMPTY'
  | 'PHOTO_TYPE'
  | 'PHOTO_LARGE';

const t = words({
  FULL: ['手机存储空间不足，内容还在本页。请清理空间后重试，或先导出', 'This device is out of space. Everything is still on this page: free some space and try again, or export it'],
  DEAD: ['浏览器无法在本机保存（可能是无痕模式）。内容还在本页，请导出，或换用普通模式打开', 'This browser cannot keep anything (a private window?). Everything is still on this page: export it, or open the app in an ordinary window'],
  NEWER: ['应用已更新，请刷新页面后继续，已保存的内容不会丢失', 'The app has been updated. Reload this page to go on; nothing that was saved is lost'],
  BLOCKED: ['请关闭本应用的其他页面后重试', 'Close the other pages of this app and try again'],
  NEEDS_HTTPS: ['当前网址不安全，无法提交照片，请使用 https 网址打开', 'Photos cannot be submitted from an insecure address. Open the app by its https address'],
  CLOSED: ['请先登录', 'Please sign in first'],
  TAKEN: ['这一条已经保存过不同的内容', 'Something different was already saved under this entry'],
  NOT_NOW: ['正在上传，暂时不能删除', 'It is being uploaded and cannot be removed now'],
  PHOTO_EMPTY: ['照片没有内容，请重新拍摄', 'This photo is empty. Take it again'],
  PHOTO_TYPE: ['不支持这种文件，请用照片、PDF 或视频', 'This type of file is not accepted. Use a photo, a PDF or a video'],
  PHOTO_LARGE: ['文件太大，请压缩或重新拍摄', 'This file is too large. Take it again at a smaller size'],
});

/** Nothing was kept. Whoever called still has all that was given and must not let go of it. */
export class StorageError extends Error {
  readonly code: StorageCode;

  constructor(code: StorageCode) {
    super(t[code]);
    this.code = code;
  }
}

/** What a failure of the browser's storage means. */
export function storageError(problem: unknown): Error {
  if (problem instanceof StorageError) return problem;
  const name = (problem as { name?: string } | null)?.name;
  if (name === 'QuotaExceededError') return new StorageError('FULL');
  if (name === 'VersionError') return new StorageError('NEWER');
  return new StorageError('DEAD');
}
