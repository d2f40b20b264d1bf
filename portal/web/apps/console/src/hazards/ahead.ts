/** What the board asks when it opens, asked while the board itself is still on its way. */
import { ask, whoIsHere } from '@anhuan/wire';
import { BoardColumn, BoardStages } from '../gql';
import { client } from '../shared/query';
import { stagesOf } from './choices';
import { columnsOf, pageOf, read } from './filter';

/** Stages first, then every column side by side; the board finds the answers under the same questions. */
export async function askAhead(): Promise<void> {
  const zone = whoIsHere()?.company.zone ?? 'Asia/Shanghai';
  const filter = read(new URLSearchParams(location.search));
  const { loopDefinition } = await client.fetchQuery({ queryKey: [BoardStages, {}, ['definition']], queryFn: ({ signal }) => ask(BoardStages, {}, { signal }) });
  const columns = columnsOf(filter, stagesOf(loopDefinition?.body).map(({ code }) => code));
  await Promise.all(
    columns.map(async (column) => {
      const variables = pageOf(column, zone);
      await client.prefetchInfiniteQuery({
        queryKey: [BoardColumn, variables, ['case']],
        queryFn: ({ pageParam, signal }) => ask(BoardColumn, { ...variables, after: pageParam }, { signal }),
        initialPageParam: null as string | null,
      });
    }),
  );
}
