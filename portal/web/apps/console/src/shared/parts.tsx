/** Small things that every screen shows the same way: a grade, a deadline, a person, a coloured word. */
import type { ReactNode } from 'react';
import { AlertFilled, ClockCircleOutlined } from '@ant-design/icons';
import { words } from '@anhuan/i18n';
import { due, moment } from '@anhuan/i18n/time';
import { levels } from '@anhuan/tokens';
import { useNow } from './now';
import css from './shared.module.css';

export type Tone = 'major' | 'larger' | 'general' | 'low' | 'good' | 'warn' | 'brand' | 'plain';

const t = words({
  A: ['A 重大', 'A Major'],
  B: ['B 较大', 'B Larger'],
  C: ['C 一般', 'C General'],
  none: ['待定级', 'Not graded'],
});

/** The colour that belongs to a grade or a risk level. */
export function toneOf(level: string | null | undefined): Tone {
  return level && level in levels ? levels[level as keyof typeof levels] : level === 'low' ? 'low' : 'plain';
}

/** What a grade is called: always the letter and the word. */
export function gradeName(grade: string | null | undefined): string {
  return grade === 'A' || grade === 'B' || grade === 'C' ? t[grade] : t.none;
}

/** A word on a ground of its colour. */
export function Tag({ tone = 'plain', children, title }: { tone?: Tone; children: ReactNode; title?: string }) {
  return (
    <span className={tone === 'plain' ? css.tag : `${css.tag} ${css[tone]}`} title={title}>
      {children}
    </span>
  );
}

/** A grade: colour and word. */
export function Grade({ of }: { of: string | null | undefined }) {
  return <Tag tone={toneOf(of)}>{gradeName(of)}</Tag>;
}

/** A deadline as what it means now, with the moment itself under the pointer; it counts down by itself. */
export function Due({ at, isOver = false }: { at: string | null | undefined; isOver?: boolean }) {
  const now = useNow();
  if (!at) return <span className={css.quiet}>—</span>;
  const said = due(at, now);
  if (isOver) return <span className={`${css.due} ${css.quiet}`}>{moment(at)}</span>;
  const tone = said.isLate ? css.late : said.isSoon ? css.soon : undefined;
  return (
    <span className={tone ? `${css.due} ${tone}` : css.due} title={moment(at)}>
      {said.isLate ? <AlertFilled aria-hidden /> : <ClockCircleOutlined aria-hidden />} {said.text}
    </span>
  );
}

/** A person by name, with the sign of the name before it. */
export function PersonName({ of, none = '—' }: { of: { name: string } | null | undefined; none?: string }) {
  if (!of) return <span className={css.quiet}>{none}</span>;
  return (
    <span className={css.person} title={of.name}>
      <i aria-hidden="true">{of.name.slice(0, 1)}</i>
      <span>{of.name}</span>
    </span>
  );
}
