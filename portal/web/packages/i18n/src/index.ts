/** Two languages, side by side: every word is written as the pair [中文, English], so that neither can be forgotten. */

export type Language = 'zh' | 'en';

type Phrase = string | ((...given: never[]) => string);
type Spoken<Table> = { readonly [Key in keyof Table]: Table[Key] extends readonly [infer Form, unknown] ? (Form extends string ? string : Form) : never };

const KEPT = 'anhuan.language';
const listeners = new Set<() => void>();
let language: Language = first();

/** The language that is spoken now. */
export function spoken(): Language {
  return language;
}

/** Speak another language from now on, here and in other tabs that open later. */
export function speak(next: Language): void {
  if (next === language) return;
  language = next;
  document.documentElement.lang = tag();
  try {
    localStorage.setItem(KEPT, next);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
  for (const tell of listeners) tell();
}

/** Be told when the language changes; answers how to stop. */
export function onLanguage(tell: () => void): () => void {
  listeners.add(tell);
  return () => {
    listeners.delete(tell);
  };
}

/** BCP 47, for `lang`, Accept-Language and Intl. */
export function tag(): string {
  return language === 'zh' ? 'zh-CN' : 'en-US';
}

/**
 * A table of words: `const t = words({ save: ['保存', 'Save'], late: [(n: number) => `超期 ${n} 天`, (n: number) => `${n} d late`] })`,
 * read as `t.save` and `t.late(3)` in the language of the moment.
 */
export function words<Table extends Record<string, readonly [Phrase, Phrase]>>(table: Table): Spoken<Table> {
  const read = {} as Record<string, unknown>;
  for (const key of Object.keys(table))
    Object.defineProperty(read, key, { enumerable: true, get: () => table[key]![language === 'zh' ? 0 : 1] });
  return read as Spoken<Table>;
}

/** The name that a thing has in the language of the moment. */
export function named(thing: { nameZh: string; nameEn: string }): string {
  return language === 'zh' ? thing.nameZh : thing.nameEn;
}

function first(): Language {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(KEPT);
  } catch {
    // As above.
  }
  const found = kept ?? (typeof navigator === 'undefined' ? 'zh' : navigator.language);
  const next: Language = found.slice(0, 2).toLowerCase() === 'en' ? 'en' : 'zh';
  if (typeof document !== 'undefined') document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en-US';
  return next;
}
