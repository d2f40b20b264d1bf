/** How screens ask the server: through one cache, which hints of the server and acts of one's own make ask again. */
import { QueryClient, keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { act, ask, WireError, type Document } from '@anhuan/wire';

/** What an answer is about; a hint or an act with the same topic makes it stale. `case:<id>` is one case. */
export type Topic = 'case' | 'notice' | 'people' | 'organisation' | 'parties' | 'policy' | 'definition' | 'channels' | 'modules' | 'record' | 'views' | 'me' | 'company' | `case:${string}`;

export const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (times, problem) => times < 2 && problem instanceof WireError && (problem.trouble === 'network' || problem.trouble === 'busy'),
      // Our own states say it when nothing comes; paused questions would look like loading for ever.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

/** Milliseconds that an act that is done waits for what it touches. */
const MOST_WAITED = 800;

interface How {
  isWanted?: boolean;
  /** Show the answer to the last variables until the new one is there. */
  keeps?: boolean;
  /** Ask again by itself after so many milliseconds. */
  every?: number;
}

/** The answer to a document; asked again whenever one of its topics is touched. */
export function useAnswer<Result, Variables>(document: Document<Result, Variables>, variables: Variables, topics: readonly Topic[], how: How = {}): UseQueryResult<Result, WireError> {
  return useQuery<Result, WireError>({
    queryKey: [document, variables, topics],
    queryFn: ({ signal }) => ask(document, variables, { signal }),
    enabled: how.isWanted ?? true,
    refetchInterval: how.every ?? false,
    ...(how.keeps ? { placeholderData: keepPreviousData } : {}),
  });
}

/** Everything that is about one of these is out of date; what is on the screen is asked for again at once. */
export async function touch(topics: readonly Topic[], cache: QueryClient = client): Promise<void> {
  await cache.invalidateQueries({
    predicate: ({ queryKey }) => {
      const about = queryKey[2];
      return Array.isArray(about) && about.some((topic: Topic) => topics.includes(topic));
    },
  });
}

type Outcome<Result> = Result[keyof Result] extends { result: infer Out } ? NonNullable<Out> : never;

/** An act as a mutation; when it is done what it touches is asked for again. Its error is a WireError with the server's reasons. */
export function useAct<Result extends object, Variables>(document: Document<Result, Variables>, touches: readonly Topic[] = []) {
  const cache = useQueryClient();
  return useMutation<Outcome<Result>, WireError, Variables>({
    mutationFn: async (variables) => (await act(document, variables)) as Outcome<Result>,
    onSuccess: async () => {
      // The screen behind is to be right when the act is said to be done; but slow questions do not hold up what is done.
      if (touches.length) await Promise.race([touch(touches, cache), new Promise((go) => setTimeout(go, MOST_WAITED))]);
    },
  });
}

interface Connection {
  totalCount?: number;
  edges: readonly { node: unknown }[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
}

/** A list in pages of which one reads on; `of` finds the connection in the answer. */
export function usePages<Result, Variables extends { after?: string | null }, Found extends Connection>(
  document: Document<Result, Variables>,
  variables: Omit<Variables, 'after'>,
  topics: readonly Topic[],
  of: (result: Result) => Found,
  every?: number,
) {
  const answer = useInfiniteQuery<Result, WireError, { pages: Result[] }, readonly unknown[], string | null>({
    queryKey: [document, variables, topics],
    queryFn: ({ pageParam, signal }) => ask(document, { ...variables, after: pageParam } as Variables, { signal }),
    initialPageParam: null,
    getNextPageParam: (last) => {
      const { pageInfo } = of(last);
      return pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null;
    },
    placeholderData: keepPreviousData,
    refetchInterval: every ?? false,
  });
  const pages = answer.data?.pages.map(of) ?? [];
  return { answer, total: pages[0]?.totalCount, rows: pages.flatMap((page) => page.edges.map(({ node }) => node)) as Found['edges'][number]['node'][] };
}
