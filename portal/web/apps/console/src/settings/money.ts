/** Money in words: the server counts in fen (分), people read yuan. Pure. */

/** 1200000 fen are 12,000; fen are shown only where there are any. */
export function yuan(fen: number): string {
  const isWhole = fen % 100 === 0;
  return new Intl.NumberFormat('en-US', { minimumFractionDigits: isWhole ? 0 : 2, maximumFractionDigits: 2 }).format(fen / 100);
}
