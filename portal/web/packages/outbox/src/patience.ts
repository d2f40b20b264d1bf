/** Waiting that ends. */
import { WireError } from '@anhuan/wire';

const USUAL = 30_000;

/** The answer, or the network's silence after so many milliseconds: an answer that stops half-way would hold the queue for ever. */
export async function patient<Result>(answer: Promise<Result>, ms = USUAL): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new WireError('network', 'NETWORK')), ms + 5_000);
  });
  try {
    return await Promise.race([answer, silence]);
  } finally {
    clearTimeout(timer);
  }
}

/** Wait. */
export async function sleep(ms: number): Promise<void> {
  return new Promise((wake) => {
    setTimeout(wake, ms);
  });
}
