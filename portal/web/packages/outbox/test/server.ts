/** A server that keeps the promises of the real one: acts once per id, evidence by its seal, three receipts; and that fails on demand. */
import { createHash } from 'node:crypto';
import { vi } from 'vitest';
import { OutboxConfirmUpload, OutboxEvidence, OutboxRequestUpload } from '../src/gql';

export type Fault = 'drop' | 'lose' | 'hang' | 'cut' | { status: number; code?: string; html?: boolean } | { decline: string; path?: string };
export interface Call {
  what: 'announce' | 'post' | 'confirm' | 'durable?' | 'act' | 'refresh';
  id: string;
  person: string | null;
  variables: Record<string, unknown>;
}

interface Evidence {
  status: 'REQUESTED' | 'STORED' | 'DURABLE' | 'REFUSED';
  sha256: string;
  size: number;
  bytes?: Buffer;
}

const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { date: new Date().toUTCString(), 'content-type': 'application/json' } });

export class Server {
  readonly calls: Call[] = [];
  readonly acts = new Map<string, { seal: string; number: string; times: number; input: Record<string, unknown>; order: number }>();
  readonly evidence = new Map<string, Evidence>();
  person = 'lin';
  isUp = true;
  isSignedIn = true;
  canRefresh = true;
  settles = true;
  /** What goes wrong with a call; undefined: nothing. */
  fault: (call: Call, nth: number) => Fault | undefined = () => undefined;
  /** Photos that the inspection refuses. */
  refuses = new Set<string>();
  /** Fetches of a page that was killed never answer. */
  generation = 0;

  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const born = this.generation;
    const alive = async <T>(value: T): Promise<T> => (born === this.generation ? value : new Promise<T>(() => undefined));
    await alive(null);
    const call = this.read(url, init);
    const nth = this.calls.push(call);
    const fault = this.isUp ? this.fault(call, nth) : 'drop';
    if (fault === 'hang')
      return new Promise((_, reject) => init.signal?.addEventListener('abort', () => reject(new TypeError('aborted'))));
    if (fault === 'drop') throw new TypeError('Failed to fetch');
    if (typeof fault === 'object' && 'status' in fault)
      return alive(
        fault.html ? new Response('<html>网络认证</html>', { status: fault.status }) : json({ errors: [{ message: `status ${fault.status}`, extensions: { code: fault.code ?? 'INTERNAL' } }] }, fault.status),
      );
    const response = typeof fault === 'object' ? this.payload(call, null, { code: fault.decline, path: fault.path ?? null, message: `declined: ${fault.decline}` }) : await this.answer(call, init);
    if (fault === 'lose') throw new TypeError('connection reset');
    if (fault === 'cut') return alive(new Response('{"data": {', { status: 200 }));
    return alive(response);
  };

  install(): void {
    vi.stubGlobal('fetch', this.fetch);
  }

  count(what: Call['what']): number {
    return this.calls.filter((call) => call.what === what).length;
  }

  private read(url: string, init: RequestInit): Call {
    if (url.startsWith('http://store/')) return { what: 'post', id: url.slice('http://store/'.length), person: null, variables: {} };
    const { id, variables } = JSON.parse(init.body as string) as { id: string; variables: Record<string, unknown> };
    const input = (variables.input ?? variables) as Record<string, unknown>;
    const person = new Headers(init.headers).get('x-person');
    const known: Record<string, Call['what']> = { [OutboxRequestUpload]: 'announce', [OutboxConfirmUpload]: 'confirm', [OutboxEvidence]: 'durable?' };
    const what = known[id] ?? (id.startsWith('doc-') ? 'act' : 'refresh');
    return { what, id: String(input.id), person, variables: input };
  }

  private async answer(call: Call, init: RequestInit): Promise<Response> {
    if (call.what === 'post') return this.post(call.id, init.body as FormData);
    if (call.what === 'refresh') {
      if (!this.canRefresh) return this.payload(call, null, { code: 'NOT_SIGNED_IN', path: null, message: '请先登录' });
      this.isSignedIn = true;
      return this.payload(call, { accessExpiresAt: '' });
    }
    if (!this.isSignedIn) return this.refusal(call, 'NOT_SIGNED_IN', '请先登录');
    if (call.person !== this.person) return this.refusal(call, 'OTHER_PERSON', '本设备当前登录的是另一个人，未执行任何操作。');
    if (call.what === 'announce') return this.announce(call);
    if (call.what === 'confirm') return this.confirm(call);
    if (call.what === 'durable?') return this.durable(call);
    return this.act(call);
  }

  private announce(call: Call): Response {
    const { sha256, size } = call.variables as { sha256: string; size: number };
    const known = this.evidence.get(call.id);
    if (known && known.sha256 !== sha256) return this.payload(call, null, { code: 'CONFLICT', path: 'id', message: '编号已用于其他内容' });
    const row = known ?? { status: 'REQUESTED' as const, sha256, size };
    this.evidence.set(call.id, row);
    const isWanted = row.status === 'REQUESTED';
    return this.payload(call, { url: isWanted ? `http://store/${call.id}` : null, fields: isWanted ? { key: call.id } : null, evidence: { status: row.status, refusal: null } });
  }

  private async post(id: string, form: FormData): Promise<Response> {
    const row = this.evidence.get(id);
    const bytes = Buffer.from(await (form.get('file') as Blob).arrayBuffer());
    if (!row || createHash('sha256').update(bytes).digest('hex') !== row.sha256) return new Response('<Error/>', { status: 400 });
    row.bytes = bytes;
    return new Response(null, { status: 204 });
  }

  private confirm(call: Call): Response {
    const row = this.evidence.get(call.id);
    if (!row) return this.payload(call, null, { code: 'NOT_FOUND', path: 'id', message: 'evidence' });
    if (row.status === 'REQUESTED') {
      if (!row.bytes) return this.payload(call, null, { code: 'EVIDENCE_MISSING', path: 'id', message: '文件尚未送达' });
      if (this.refuses.has(call.id)) {
        row.status = 'REFUSED';
        return this.payload(call, null, { code: 'EVIDENCE_BROKEN', path: null, message: '文件已损坏' });
      }
      row.status = 'STORED';
    }
    return this.payload(call, { status: row.status, refusal: null });
  }

  private durable(call: Call): Response {
    const row = this.evidence.get(call.id);
    if (row?.status === 'STORED' && this.settles) row.status = 'DURABLE';
    return json({ data: { evidence: row ? { status: row.status, refusal: null } : null } });
  }

  private act(call: Call): Response {
    const seal = JSON.stringify(call.variables);
    const before = this.acts.get(call.id);
    if (before && before.seal !== seal) return this.payload(call, null, { code: 'CONFLICT', path: 'id', message: '编号已保存过不同的内容' });
    for (const id of (call.variables.evidence as string[] | undefined) ?? []) {
      if (before) break;
      const row = this.evidence.get(id);
      if (!row) return this.payload(call, null, { code: 'NOT_FOUND', path: 'evidence', message: 'evidence' });
      if (row.status === 'REFUSED') return this.payload(call, null, { code: 'EVIDENCE_REFUSED', path: 'evidence', message: '文件已被拒收' });
      if (row.status === 'REQUESTED' && call.variables.isReport !== true) return this.payload(call, null, { code: 'EVIDENCE_NOT_READY', path: 'evidence', message: '尚未上传' });
    }
    const done = before ?? { seal, number: `HZ-${this.acts.size + 1}`, times: 0, input: call.variables, order: this.acts.size };
    if (!before) done.times++;
    this.acts.set(call.id, done);
    return this.payload(call, { number: done.number, similar: [] });
  }

  /** Who it is not for: acts say so in their own answer, questions beside it; the status is 200 either way. */
  private refusal(call: Call, code: string, message: string): Response {
    if (call.what === 'durable?') return json({ data: null, errors: [{ message, extensions: { code } }] });
    return this.payload(call, null, { code, path: null, message });
  }

  private payload(_call: Call, result: unknown, problem?: { code: string; path: string | null; message: string }): Response {
    return json({ data: { it: { result, errors: problem ? [problem] : [] } } });
  }
}
