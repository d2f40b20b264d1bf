/** A calendar speaks the reader's language and begins on Monday only where its words have been fetched. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const home = join(import.meta.dirname, '../../src');

it('every screen that shows a calendar fetches its words', () => {
  const screens = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'));
  const shows = screens.filter((name) => /<DatePicker/.test(readFileSync(join(home, name), 'utf8')));

  expect(shows.length).toBeGreaterThan(3);
  expect(shows.filter((name) => !readFileSync(join(home, name), 'utf8').includes('shared/calendar'))).toEqual([]);
});
