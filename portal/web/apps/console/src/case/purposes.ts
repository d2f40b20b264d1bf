/** What a piece of evidence shows, in words. */
import { words } from '@anhuan/i18n';

const t = words({
  report: ['上报时', 'As reported'],
  before: ['整改前', 'Before'],
  after: ['整改后', 'After'],
  test: ['测试', 'Test'],
  verification: ['现场验证', 'On-site check'],
  progress: ['进展', 'Progress'],
  comment: ['讨论', 'Comments'],
  resume: ['复工核查', 'Before resuming'],
  other: ['其他', 'Other'],
});

/** A purpose as the server names it, in any case of letters. */
export function purposeName(purpose: string): string {
  const code = purpose.toLowerCase();
  return code in t ? t[code as keyof typeof t] : t.other;
}
