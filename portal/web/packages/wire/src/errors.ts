/** What can come instead of an answer, told apart by what a person or the outbox should do about it. */
import { words } from '@anhuan/i18n';

/** One reason why an act was declined, in the reader's language. */
export interface Problem {
  code: string;
  path?: string | null;
  message: string;
}

/**
 * `network`: no answer came, nothing is known; `busy`: the server could not just now; both are tried again.
 * `signed-out`: sign in again. `other-person`: somebody else is signed in here. `outdated`: this page is older than the server
 * knows. `declined`: the server understood and said no. `broken`: a fault of ours.
 */
export type Trouble = 'network' | 'busy' | 'signed-out' | 'other-person' | 'outdated' | 'declined' | 'broken';

/** Why there is no answer. */
export class WireError extends Error {
  readonly trouble: Trouble;
  readonly code: string;
  readonly problems: readonly Problem[];

  constructor(trouble: Trouble, code: string, problems: readonly Problem[] = []) {
    super(problems[0]?.message ?? code);
    this.trouble = trouble;
    this.code = code;
    this.problems = problems;
  }
}

const SIGNED_OUT = ['NOT_SIGNED_IN', 'UNAUTHENTICATED'];
const BUSY = ['RATE_LIMITED', 'TRY_AGAIN', 'BUSY', 'UNAVAILABLE', 'TIMEOUT'];

/** The error that an answer of the server stands for. */
export function troubleOf(status: number, problems: readonly Problem[]): WireError {
  const code = problems[0]?.code ?? `HTTP_${status}`;
  if (SIGNED_OUT.includes(code) || status === 401) return new WireError('signed-out', code, problems);
  if (code === 'OTHER_PERSON') return new WireError('other-person', code, problems);
  if (code === 'DOCUMENT_UNKNOWN') return new WireError('outdated', code, problems);
  if (BUSY.includes(code) || status === 408 || status === 425 || status === 429 || status >= 502)
    return new WireError('busy', code, problems);
  if (code === 'INTERNAL' || status >= 500) return new WireError('broken', code, problems);
  return new WireError('declined', code, problems);
}

const t = words({
  network: ['连不上服务器，请检查网络后重试', 'Cannot reach the server. Check the network and try again'],
  busy: ['服务器正忙，请稍后重试', 'The server is busy. Try again in a moment'],
  'signed-out': ['登录已过期，请重新登录', 'Your session has ended. Please sign in again'],
  'other-person': ['本设备已登录另一个账号，请刷新页面', 'Somebody else has signed in on this device. Reload the page'],
  outdated: ['应用已更新，请刷新页面', 'The app has been updated. Reload the page'],
  declined: ['操作未被接受', 'This was declined'],
  broken: ['系统出错，已记录，请稍后重试', 'Something went wrong on our side. It is logged; try again later'],
});

/** What to tell a person. */
export function said(problem: unknown): string {
  if (!(problem instanceof WireError)) return t.broken;
  return problem.trouble === 'declined' && problem.problems.length
    ? problem.problems.map((one) => one.message).join(' ')
    : t[problem.trouble];
}
