/** The one way to the server: a trusted document by its hash, with the cookies of this browser. */
import { tag } from '@anhuan/i18n';
import { learn } from './clock';
import type { Document } from './document';
import { WireError, troubleOf, type Problem } from './errors';
import { outdate } from './share';

const PATIENCE = 20_000;
let person: string | null = null;
let renew: (() => Promise<void>) | null = null;
let outdated: () => void = () => undefined;

/** Whose page this is from now on; the server declines to do one person's acts under another's cookie. */
export function actAs(personId: string | null): void {
  person = personId;
}

/** Whose page this is now. */
export function actingAs(): string | null {
  return person;
}

/** How to get a fresh access cookie when the old one has run out. */
export function renewBy(how: () => Promise<void>): void {
  renew = how;
}

/** What to do when the server says that this page is older than what it knows. */
export function whenOutdated(how: () => void): void {
  outdated = how;
}

export interface Asking {
  signal?: AbortSignal;
  /** Milliseconds until an answer is given up. */
  patience?: number;
  /** Do it for this person or not at all, whoever's page it is by then. */
  as?: string;
  /** Asked while signing in, where no session can be renewed. */
  once?: boolean;
}

/** Ask; the data, or a WireError that says what to do. A session that has run out is renewed and the question asked again. */
export async function ask<Result, Variables>(document: Document<Result, Variables>, variables: Variables, how: Asking = {}): Promise<Result> {
  return renewing(() => asked(document, variables, how), how);
}

async function renewing<Answer>(attempt: () => Promise<Answer>, how: Asking): Promise<Answer> {
  try {
    return await attempt();
  } catch (problem) {
    if (how.once || !renew || !(problem instanceof WireError) || problem.trouble !== 'signed-out') throw problem;
    await renew();
    return attempt();
  }
}

interface Payload {
  result: unknown;
  errors: readonly Problem[];
}

/** What an act answers when it was done. */
type Outcome<Result> = Result[keyof Result] extends { result: infer Out } ? Out : never;

/** Do an act: its result, or a WireError that carries why the server declined. Acts say in their own answer that a session has run out. */
export async function act<Result extends object, Variables>(document: Document<Result, Variables>, variables: Variables, how: Asking = {}): Promise<Outcome<Result>> {
  return renewing(async () => {
    const answer = await asked(document, variables, how);
    const payload = Object.values(answer)[0] as Payload;
    if (payload.errors.length) throw troubleOf(200, payload.errors);
    return payload.result as Outcome<Result>;
  }, how).finally(outdate);
}

async function asked<Result, Variables>(document: Document<Result, Variables>, variables: Variables, how: Asking): Promise<Result> {
  const headers: Record<string, string> = { 'content-type': 'application/json', 'accept-language': tag() };
  const whose = how.as ?? person;
  if (whose) headers['x-person'] = whose;
  const began = Date.now();
  const init: RequestInit = { method: 'POST', headers, body: JSON.stringify({ id: document, variables }), credentials: 'same-origin' };
  const [response, body] = await reach('/graphql', init, how, async (found) => [found, await decoded(found)] as const);
  learn(response, began);
  const errors = body.errors?.map((one) => ({ code: one.extensions?.code ?? 'INTERNAL', path: one.extensions?.path ?? null, message: one.message }));
  if (errors?.length) {
    const problem = troubleOf(response.status, errors);
    if (problem.trouble === 'outdated') outdated();
    throw problem;
  }
  if (!response.ok || !body.data) throw troubleOf(response.status, []);
  return body.data as Result;
}

/** A fetch that ends, its body too where `read` takes it: after `patience` there is no answer, which is all that can be known. */
export async function reach<Answer = Response>(
  url: string,
  init: RequestInit,
  how: Pick<Asking, 'signal' | 'patience'> = {},
  read: (response: Response) => Promise<Answer> = async (response) => response as Answer,
): Promise<Answer> {
  const own = new AbortController();
  const stop = (): void => own.abort();
  const timer = setTimeout(stop, how.patience ?? PATIENCE);
  how.signal?.addEventListener('abort', stop);
  try {
    return await read(await fetch(url, { ...init, signal: own.signal }));
  } catch (problem) {
    throw problem instanceof WireError ? problem : new WireError('network', 'NETWORK');
  } finally {
    clearTimeout(timer);
    how.signal?.removeEventListener('abort', stop);
  }
}

interface Body {
  data?: unknown;
  errors?: { message: string; extensions?: { code?: string; path?: string | null } }[];
}

async function decoded(response: Response): Promise<Body> {
  try {
    return (await response.json()) as Body;
  } catch {
    // The answer was cut, or a proxy spoke in the server's place: nothing is known.
    throw response.ok ? new WireError('network', 'CUT') : troubleOf(response.status, []);
  }
}
