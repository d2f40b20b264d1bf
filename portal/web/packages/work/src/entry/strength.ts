/** What a new password still lacks, told while it is typed; the server decides and knows more. */

export const LEAST = 10;
const KINDS = 3;

export interface Strength {
  isLong: boolean;
  isMixed: boolean;
}

/** The two rules that can be seen from here: long enough, and three of four kinds of signs. */
export function strength(password: string): Strength {
  const kinds = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{Lu}\p{Ll}\p{Nd}]/u].filter((kind) => kind.test(password)).length;
  return { isLong: [...password].length >= LEAST, isMixed: kinds >= KINDS };
}
