/** Which limit counts now, in words: people accept a deadline whose reason they can read. */
import { words } from '@anhuan/i18n';

const t = words({
  grading: ['定级时限', 'limit for grading'],
  dispatch: [(grade: string) => `${grade} 级派发时限`, (grade: string) => `limit for assigning grade ${grade}`],
  plan: [(grade: string) => `${grade} 级整改方案时限`, (grade: string) => `limit for the plan, grade ${grade}`],
  control: [(grade: string) => `${grade} 级临时管控时限`, (grade: string) => `limit for interim control, grade ${grade}`],
  approval: [(grade: string) => `${grade} 级方案审批时限`, (grade: string) => `limit for approving the plan, grade ${grade}`],
  grade: [(grade: string) => `${grade} 级隐患整改时限`, (grade: string) => `limit for grade ${grade}`],
  tier: [(tier: string) => `${tier}整改时限（比等级时限更早）`, (tier: string) => `limit of the ${tier} (earlier than the grade’s)`],
  workshop: ['车间级', 'workshop'],
  team: ['班组级', 'team'],
  branch: ['分厂级', 'branch'],
  hq: ['公司级', 'headquarters'],
  review: ['验收时限（按工作日计）', 'limit for review, in working time'],
  verification: ['现场验证时限（按工作日计）', 'limit for verification, in working time'],
  other: ['本单位规定的时限', 'limit set by your company'],
  provisional: ['暂定，日历未发布', 'provisional: the calendar is not published yet'],
});

/** The rule that won, as the server names it: `grade.B`, `tier.workshop`, `review`. */
export function clockWords(rule: string, isProvisional = false): string {
  const [kind = '', of = ''] = rule.split('.');
  const said = sentence(kind, of);
  return isProvisional ? `${said} · ${t.provisional}` : said;
}

function sentence(kind: string, of: string): string {
  switch (kind) {
    case 'grading':
    case 'review':
    case 'verification':
      return t[kind];
    case 'dispatch':
    case 'plan':
    case 'control':
    case 'approval':
    case 'grade':
      return of ? t[kind](of) : t.other;
    case 'tier':
      return of === 'workshop' || of === 'team' || of === 'branch' || of === 'hq' ? t.tier(t[of]) : t.other;
    default:
      return t.other;
  }
}
