/** Pages of this device tell one another that an outbox changed; a browser without channels uses the storage event. */

type Hear = (name: string) => void;

const TOPIC = 'anhuan.outbox';
const listeners = new Set<Hear>();
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(TOPIC);
let count = 0;

if (channel) channel.addEventListener('message', (event: MessageEvent<string>) => heard(event.data));
else if (typeof addEventListener !== 'undefined')
  addEventListener('storage', (event) => {
    if (event.key === TOPIC && event.newValue) heard(event.newValue.split(' ')[0]!);
  });

/** Tell the other pages that something changed in the outbox of this name. */
export function shout(name: string): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
  if (channel) channel.postMessage(name);
  else
    try {
      localStorage.setItem(TOPIC, `${name} ${Date.now()} ${count++}`);
    } catch {
      // Then each page looks for itself, every half minute.
    }
}

/** Be told of changes that other pages made; answers how to stop. */
export function onShout(hear: Hear): () => void {
  listeners.add(hear);
  return () => {
    listeners.delete(hear);
  };
}

function heard(name: string): void {
  for (const listener of listeners) listener(name);
}
