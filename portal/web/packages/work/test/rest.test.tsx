/** Pages after the first: one by one, asked for again where they did not arrive, and kept when the case is told anew. */
import { act as settle } from 'preact/test-utils';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeEach, expect, test } from 'vitest';
import { useRest, type Pages, type Rest } from '../src/case/use-rest';

type Page = Pages<string>;

function page(words: string, next: string | null): Page {
  return { edges: words.split('').map((node) => ({ node })), pageInfo: { hasNextPage: next !== null, endCursor: next ?? 'end' } };
}

let pages: Record<string, Page | Error>;
let asked: string[];
let rest: Rest<string>;
let tell: (first: Page) => Promise<void>;

beforeEach(async () => {
  pages = { b: page('cd', 'd'), d: page('e', null) };
  asked = [];
  function Screen({ first }: { first: Page }) {
    const now = useRest(first, async (after) => {
      asked.push(after);
      const found = pages[after];
      if (found instanceof Error) throw found;
      return found;
    });
    useEffect(() => {
      rest = now;
    });
    return null;
  }
  const root = createRoot(document.createElement('div'));
  tell = async (first) => {
    await settle(async () => root.render(<Screen first={first} />));
    await settle(async () => new Promise((wake) => setTimeout(wake, 5)));
  };
  await tell(page('ab', 'b'));
});

async function more(): Promise<void> {
  await settle(async () => rest.more?.());
  await settle(async () => new Promise((wake) => setTimeout(wake, 5)));
}

test('come when asked for, until there are no more', async () => {
  expect(asked).toEqual([]);
  expect(rest.nodes.join('')).toBe('ab');

  await more();
  expect(rest.nodes.join('')).toBe('abcd');
  await more();
  expect(rest.nodes.join('')).toBe('abcde');
  expect(rest.more).toBeUndefined();
});

test('that did not arrive are said so and asked for again, not passed over', async () => {
  pages['b'] = new Error('network');
  await more();
  expect(rest.hasFailed).toBe(true);
  expect(rest.nodes.join('')).toBe('ab');

  pages['b'] = page('cd', 'd');
  await more();
  expect(rest.hasFailed).toBe(false);
  expect(rest.nodes.join('')).toBe('abcd');
});

test('are fetched again when the case is told anew, with what came meanwhile', async () => {
  await more();
  await more();
  pages['d'] = page('ef', null);

  await tell(page('ab', 'b'));

  expect(rest.nodes.join('')).toBe('abcdef');
});

test('are none where an earlier version remembered no end', async () => {
  await tell({ edges: [{ node: 'a' }] });
  expect(rest.more).toBeUndefined();
});
