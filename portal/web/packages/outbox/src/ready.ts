/** Whether the app can be trusted without network, told from what is so and not from what is hoped. */
import { openBox } from './current';
import { isComplete } from './shell';

/** `ready`: worker in control, every file here, storage writable. `no-storage` is worse than `needs-network`: nothing would be kept. */
export async function offlineReady(): Promise<'ready' | 'needs-network' | 'no-storage'> {
  if (!(await isWritable())) return 'no-storage';
  return (await isComplete()) ? 'ready' : 'needs-network';
}

async function isWritable(): Promise<boolean> {
  try {
    const box = openBox();
    if (!box) return typeof indexedDB !== 'undefined' && indexedDB !== null;
    await box.base.write(['meta'], (tx) => tx.objectStore('meta').put(Date.now(), 'probe'));
    return true;
  } catch {
    return false;
  }
}
