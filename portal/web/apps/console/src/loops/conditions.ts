/** Conditions of a loop in words: the comparisons that people write, read aloud; anything else stays as it is written. */
import { words } from '@anhuan/i18n';
import { kinds } from '../organisation/words';

const t = words({
  grade: [(v: string) => `${v} 级`, (v: string) => `grade ${v}`],
  notGrade: [(v: string) => `非 ${v} 级`, (v: string) => `not grade ${v}`],
  ungraded: ['未定级', 'not graded'],
  isGraded: ['已定级', 'graded'],
  team: ['班组级', 'team level'],
  workshop: ['车间级', 'workshop level'],
  branch: ['分厂级', 'branch level'],
  hq: ['总部级', 'HQ level'],
  outside: ['由相关方整改', 'put right by an outside party'],
  inside: ['由本单位整改', 'put right by own people'],
  statutory: ['属重大事故隐患判定标准', 'a statutory major hazard'],
  notStatutory: ['不属重大事故隐患判定标准', 'no statutory major hazard'],
  type: [(v: string) => `类型为 ${v}`, (v: string) => `of type ${v}`],
  notType: [(v: string) => `类型不是 ${v}`, (v: string) => `not of type ${v}`],
  unit: [(v: string) => `发生在${v}`, (v: string) => `at a ${v}`],
  notUnit: [(v: string) => `不在${v}`, (v: string) => `not at a ${v}`],
  not: [(v: string) => `不是${v}`, (v: string) => `not ${v}`],
  or: [' 或 ', ' or '],
  and: [' 且 ', ' and '],
});

const COMPARED = /^(\w+)\s*(==|!=)\s*(?:'([^']*)'|"([^"]*)"|(true|false))$/;
const BARE = /^(!?)\s*(outside|statutory)$/;
const TIERS = ['team', 'workshop', 'branch', 'hq'] as const;

/** `grade == 'A' || grade == 'B'` as 「A 级 或 B 级」. */
export function inWords(source: string): string {
  if (/[()[\]?]/.test(source)) return source;
  const groups = source.split('||').map((group) => group.split('&&').map((part) => one(part.trim())));
  if (groups.some((group) => group.some((part) => part === null))) return source;
  return groups.map((group) => group.join(t.and)).join(t.or);
}

function one(source: string): string | null {
  const bare = BARE.exec(source);
  if (bare) return flag(bare[2]!, bare[1] === '');
  const read = COMPARED.exec(source);
  if (!read) return null;
  const [, name, sign, single, double, truth] = read;
  const is = sign === '==';
  if (truth !== undefined) return flag(name!, (truth === 'true') === is);
  return compared(name!, single ?? double ?? '', is);
}

function compared(name: string, value: string, is: boolean): string | null {
  switch (name) {
    case 'grade':
      if (!value) return is ? t.ungraded : t.isGraded;
      return is ? t.grade(value) : t.notGrade(value);
    case 'tier': {
      const tier = TIERS.find((known) => known === value);
      return tier ? (is ? t[tier] : t.not(t[tier])) : null;
    }
    case 'type':
      return is ? t.type(value) : t.notType(value);
    case 'unit_kind':
      return is ? t.unit(kinds(value.toUpperCase())) : t.notUnit(kinds(value.toUpperCase()));
    default:
      return null;
  }
}

function flag(name: string, holds: boolean): string | null {
  if (name === 'outside') return holds ? t.outside : t.inside;
  if (name === 'statutory') return holds ? t.statutory : t.notStatutory;
  return null;
}
