/** Columns as somebody set them survive a new version of the list. */
import { expect, it } from 'vitest';
import { columns, usual } from '../../src/hazards/columns';
import { stagesOf } from '../../src/hazards/choices';
import { moved, sound } from '../../src/hazards/layout';

const known = ['number', 'title', 'grade'];

it('forgets columns that are no more and widths that cannot be', () => {
  expect(sound({ codes: ['title', 'gone', 'title'], widths: { title: 300, gone: 90, number: 4 }, size: 50 }, known, ['number'])).toEqual({ codes: ['title'], widths: { title: 300 }, size: 50 });
});

it('is as usual where nothing sound was kept', () => {
  expect(sound('odd', known, ['number'])).toEqual({ codes: ['number'], widths: {}, size: 20 });
});

it('moves a column by one place, and none beyond the ends', () => {
  expect(moved(known, 'title', -1)).toEqual(['title', 'number', 'grade']);
  expect(moved(known, 'grade', 1)).toEqual(known);
  expect(moved(known, 'gone', 1)).toEqual(known);
});

it('knows every column that is usual', () => {
  expect(usual.filter((code) => !columns.some((column) => column.code === code))).toEqual([]);
});

it('reads the stages of a definition in their order, and none of another shape', () => {
  expect(stagesOf({ stages: [['grading', { zh: '待定级', en: 'Grading' }], ['x', {}], 7] })).toEqual([{ code: 'grading', zh: '待定级', en: 'Grading' }, { code: 'x', zh: 'x', en: 'x' }]);
  expect(stagesOf(null)).toEqual([]);
});
