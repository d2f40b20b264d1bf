/** What was wrong with a workbook: sorted as one goes through it, narrowed, and as a table to work off. Pure. */
import { csv } from '../shared/files';

export interface RowProblem {
  sheet: string;
  row: number;
  column: string;
  code: string;
  message: string;
}

export interface Narrowing {
  sheet?: string | null;
  code?: string | null;
  text?: string;
}

/** By sheet as the workbook has them, then by row; whole-sheet problems first. */
export function inOrder(problems: readonly RowProblem[]): RowProblem[] {
  const sheets = [...new Set(problems.map((one) => one.sheet))];
  return [...problems].sort((a, b) => sheets.indexOf(a.sheet) - sheets.indexOf(b.sheet) || a.row - b.row || a.column.localeCompare(b.column));
}

/** Those for which everything given holds. */
export function narrowed(problems: readonly RowProblem[], by: Narrowing): RowProblem[] {
  const text = by.text?.trim().toLowerCase() ?? '';
  return problems.filter(
    (one) =>
      (!by.sheet || one.sheet === by.sheet) &&
      (!by.code || one.code === by.code) &&
      (!text || one.message.toLowerCase().includes(text) || one.column.toLowerCase().includes(text) || String(one.row) === text),
  );
}

/** How often each value of a column occurs, the most frequent first. */
export function counted(problems: readonly RowProblem[], by: 'sheet' | 'code'): { value: string; count: number }[] {
  const found = new Map<string, number>();
  for (const one of problems) found.set(one[by], (found.get(one[by]) ?? 0) + 1);
  return [...found].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || a.value.localeCompare(b.value));
}

/** As a file; `heads` are the headings in the reader's language. */
export function asCsv(problems: readonly RowProblem[], heads: readonly string[]): string {
  return csv([heads, ...problems.map((one) => [one.sheet, one.row, one.column, one.code, one.message])]);
}
