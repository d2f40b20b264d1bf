/** What comes after the first page of a list that is told oldest first: fetched page by page, and again when the case has changed. */
import { useEffect, useRef, useState } from 'react';

export interface Pages<Node> {
  edges: readonly { node: Node }[];
  /** Absent in what was remembered by an earlier version. */
  pageInfo?: { hasNextPage: boolean; endCursor?: string | null };
}

export interface Rest<Node> {
  /** All that is here, the first page included. */
  nodes: readonly Node[];
  /** Fetch the next page; undefined where there is none. */
  more: (() => void) | undefined;
  isLoading: boolean;
  hasFailed: boolean;
}

/** `after` asks for the page that follows a cursor. */
export function useRest<Node>(first: Pages<Node>, after: (cursor: string) => Promise<Pages<Node> | undefined>): Rest<Node> {
  const [wanted, setWanted] = useState({ pages: 0 });
  const [found, setFound] = useState<{ nodes: Node[]; end: Pages<Node>['pageInfo'] }>({ nodes: [], end: undefined });
  const [state, setState] = useState<'here' | 'loading' | 'failed'>('here');
  const ask = useRef(after);
  useEffect(() => {
    ask.current = after;
  });

  useEffect(() => {
    if (!wanted.pages) return undefined;
    let isHere = true;
    followed(first.pageInfo, wanted.pages, (cursor) => ask.current(cursor)).then(
      (all) => {
        if (!isHere) return;
        setFound(all);
        setState('here');
      },
      () => isHere && setState('failed'),
    );
    return () => {
      isHere = false;
    };
  }, [first, wanted]);

  const end = found.end ?? first.pageInfo;
  // What did not arrive is asked for again, not what follows it.
  const more = (): void => {
    setState('loading');
    setWanted((now) => ({ pages: state === 'failed' ? now.pages : now.pages + 1 }));
  };
  return { nodes: [...first.edges.map(({ node }) => node), ...found.nodes], more: end?.hasNextPage ? more : undefined, isLoading: state === 'loading', hasFailed: state === 'failed' };
}

async function followed<Node>(from: Pages<Node>['pageInfo'], pages: number, after: (cursor: string) => Promise<Pages<Node> | undefined>): Promise<{ nodes: Node[]; end: Pages<Node>['pageInfo'] }> {
  const nodes: Node[] = [];
  let end = from;
  for (let page = 0; page < pages && end?.hasNextPage && end.endCursor; page++) {
    // oxlint-disable-next-line no-await-in-loop -- a page is known by the end of the one before
    const found = await after(end.endCursor);
    if (!found) break;
    nodes.push(...found.edges.map(({ node }) => node));
    end = found.pageInfo;
  }
  return { nodes, end };
}
