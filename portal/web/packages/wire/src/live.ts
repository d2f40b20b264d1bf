/** Hints of the server that something changed; what changed is then asked for as usual. */
import { createClient, type Client, type SubscribePayload } from 'graphql-ws';
import { Changes } from './gql';
import { whoIsHere } from './session';

export interface Change {
  topic: string;
  caseId: string | null;
  noticeId: string | null;
}

let client: Client | null = null;

/** Hear changes from now on; after every reconnect comes `resync`, since some may have been missed. Answers how to stop. */
export function hear(listen: (change: Change) => void): () => void {
  if (!whoIsHere()) return () => undefined;
  client ??= createClient({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
    retryAttempts: Number.POSITIVE_INFINITY,
    // Whatever the network does is tried again; a fault of our own would be tried without end and without a pause.
    shouldRetry: (problem) => !(problem instanceof Error),
    retryWait: async (tries) => new Promise((wake) => setTimeout(wake, Math.min(60_000, 1_000 * 2 ** Math.min(tries, 6)) * (0.5 + Math.random() / 2))),
    keepAlive: 20_000,
    on: { connected: (_socket, _payload, again) => again && listen({ topic: 'resync', caseId: null, noticeId: null }) },
  });
  // The server knows the subscription by its hash, as every other question of ours; the protocol's library insists on a text.
  const question: SubscribePayload & { id: string } = { id: Changes, query: '' };
  return client.subscribe<{ changes: Change }>(
    question,
    { next: ({ data }) => data && listen(data.changes), error: () => undefined, complete: () => undefined },
  );
}

/** Let go of the connection, as when somebody signs out. */
export function hush(): void {
  const leaving = client;
  client = null;
  // A connection that was still being tried ends as a failure, and nobody waits for it any more.
  Promise.resolve(leaving?.dispose()).catch(() => undefined);
}
