/** Where something of the outbox is, in the three words of the trade: 待上传, 已上报, 照片已归档. */
import { words } from '@anhuan/i18n';
import type { Entry } from '@anhuan/outbox';
import type { Tone } from '@anhuan/ui';

const t = words({
  waiting: ['待上传', 'Waiting'],
  sending: ['上传中', 'Uploading'],
  received: ['已上报', 'Reported'],
  photos: ['已上报，照片上传中', 'Reported, photos on their way'],
  stored: ['已上报，照片归档中', 'Reported, photos being filed'],
  durable: ['照片已归档', 'Photos on file'],
  refused: ['有照片未被接收', 'A photo was not accepted'],
  attention: ['未被接受', 'Not accepted'],
});

export type Phase = 'waiting' | 'sending' | 'received' | 'photos' | 'stored' | 'durable' | 'refused' | 'attention';

/** How far an entry is. */
export function phaseOf(entry: Entry): Phase {
  if (entry.state === 'attention') return 'attention';
  if (!entry.receipt) return entry.state === 'sending' ? 'sending' : 'waiting';
  if (entry.photos.some((photo) => photo.level === 'refused')) return 'refused';
  if (!entry.photos.length) return 'received';
  if (entry.photos.some((photo) => photo.level === 'local' || photo.level === 'received')) return 'photos';
  return entry.photos.every((photo) => photo.level === 'durable') ? 'durable' : 'stored';
}

const tones: Record<Phase, Tone> = { waiting: 'warn', sending: 'brand', received: 'good', photos: 'brand', stored: 'good', durable: 'good', refused: 'major', attention: 'major' };

export function phaseWord(phase: Phase): { text: string; tone: Tone } {
  return { text: t[phase], tone: tones[phase] };
}

/** Whether it waits for nothing but a network. */
export function isStranded(entry: Entry): boolean {
  return entry.state === 'pending' && entry.error?.code === 'NETWORK';
}

/** When it is tried again by itself; nothing where that is at once, or waits for a network or a person. */
export function retryAt(entry: Entry, now = Date.now()): number | undefined {
  const isWaiting = entry.state === 'pending' && entry.tries > 0 && !isStranded(entry);
  return isWaiting && entry.nextAt > now ? entry.nextAt : undefined;
}

/** The counts of the first screen; each entry is in one of them. `attention` is what nothing but a person can bring on. */
export function counts(entries: readonly Entry[]): { waiting: number; received: number; durable: number; attention: number; refused: number } {
  const found = { waiting: 0, received: 0, durable: 0, attention: 0, refused: 0 };
  for (const entry of entries) {
    const phase = phaseOf(entry);
    if (phase === 'attention' || phase === 'refused') found[phase] += 1;
    else if (phase === 'waiting' || phase === 'sending') found.waiting += 1;
    else if (phase === 'durable') found.durable += 1;
    else found.received += 1;
  }
  return found;
}
