/** The problems of a workbook: their order, what narrows them, and what a spreadsheet makes of the file. */
import { describe, expect, it } from 'vitest';
import { asCsv, counted, inOrder, narrowed, type RowProblem } from '../../src/organisation/problems';

const one = (sheet: string, row: number, column: string, code = 'X', message = '错误'): RowProblem => ({ sheet, row, column, code, message });
const SOME = [one('组织', 9, '编号', 'CODE_TAKEN', '编号重复'), one('人员', 3, '姓名', 'EMPTY', '姓名为空'), one('组织', 2, '名称', 'EMPTY', '名称为空'), one('人员', 3, '单位编号', 'UNIT_UNKNOWN', '单位不存在')];

describe('problems of a workbook', () => {
  it('stand sheet by sheet, row by row', () => {
    expect(inOrder(SOME).map((problem) => `${problem.sheet}${problem.row}${problem.column}`)).toEqual(['组织2名称', '组织9编号', '人员3单位编号', '人员3姓名']);
  });

  it('are narrowed by everything at once', () => {
    expect(narrowed(SOME, { sheet: '人员' })).toHaveLength(2);
    expect(narrowed(SOME, { sheet: '人员', code: 'EMPTY' })).toEqual([SOME[1]]);
    expect(narrowed(SOME, { text: '重复' })).toEqual([SOME[0]]);
    expect(narrowed(SOME, { text: '3' }).map((problem) => problem.row)).toEqual([3, 3]);
    expect(narrowed(SOME, {})).toHaveLength(4);
  });

  it('are counted, the most frequent first', () => {
    expect(counted(SOME, 'code')).toEqual([{ value: 'EMPTY', count: 2 }, { value: 'CODE_TAKEN', count: 1 }, { value: 'UNIT_UNKNOWN', count: 1 }]);
  });

  it('become a file in which nothing is a formula and nothing breaks a cell', () => {
    const text = asCsv([one('组织', 2, '名称', 'BAD', '=HYPERLINK("http://x")'), one('组织', 3, '编号', 'BAD', 'a,b\nc')], ['表', '行', '列', '代码', '说明']);
    expect(text.startsWith('\uFEFF表,行,列,代码,说明\r\n')).toBe(true);
    expect(text).toContain('"\'=HYPERLINK(""http://x"")"');
    expect(text).toContain('"a,b\nc"');
    expect(text).toContain('组织,2,名称,BAD');
  });
});
