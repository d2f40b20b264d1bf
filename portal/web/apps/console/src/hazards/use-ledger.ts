/** One page of the list after another, back and forth, and what is marked on it. */
import { useMemo, useState } from 'react';
import { LedgerPage } from '../gql';
import { useAnswer } from '../shared/query';
import type { Row } from './columns';
import { wanted, type Filter } from './filter';

/** The page that is shown; another filter, order or size begins at the first. */
export function useLedger(filter: Filter, size: number, zone: string) {
  const asked = useMemo(() => JSON.stringify([wanted(filter, zone), filter.order, size]), [filter, zone, size]);
  const [way, setWay] = useState<{ asked: string; after: (string | null)[] }>({ asked, after: [null] });
  const after = way.asked === asked ? way.after : [null];
  const [query, order] = JSON.parse(asked) as [ReturnType<typeof wanted>, Filter['order']];
  const answer = useAnswer(LedgerPage, { filter: query, order, first: size, after: after[after.length - 1]! }, ['case'], { keeps: true });
  const page = answer.data?.hazards;
  return {
    answer,
    rows: page?.edges.map(({ node }) => node) ?? ([] as Row[]),
    total: page?.totalCount,
    no: after.length,
    next: page?.pageInfo.hasNextPage ? () => setWay({ asked, after: [...after, page.pageInfo.endCursor ?? null] }) : null,
    back: after.length > 1 ? () => setWay({ asked, after: after.slice(0, -1) }) : null,
  };
}
