/** One column of the board, read page by page. */
import { useMemo } from 'react';
import { Button } from 'antd';
import { words } from '@anhuan/i18n';
import { count } from '@anhuan/i18n/time';
import type { Doing } from '../case/doings';
import { BoardColumn as BoardColumnDocument } from '../gql';
import { FRESH } from '../shared/Photo';
import { usePages } from '../shared/query';
import { useWho } from '../shared/rights';
import { Loading, Trouble } from '../shared/states';
import css from './board.module.css';
import { pageOf, type Filter } from './filter';
import { HazardCard } from './HazardCard';
import { useMoving } from './moving';

const t = words({
  more: [(n: number) => `再显示 ${n} 条`, (n: number) => `${n} more`],
  none: ['暂无', 'None'],
  month: ['近 30 天上报的', 'reported in the last 30 days'],
});

/** `isEnd`: what is closed, for looking back. */
export function BoardColumn({ name, filter, isEnd, onDo }: { name: string; filter: Filter; isEnd?: boolean; onDo: (id: string, doing: Doing) => void }) {
  const zone = useWho()?.company.zone ?? 'Asia/Shanghai';
  const variables = useMemo(() => pageOf(filter, zone), [filter, zone]);
  const { answer, rows, total } = usePages(BoardColumnDocument, variables, ['case'], (result) => result.hazards, FRESH);
  const list = useMoving(rows.map(({ id }) => id));
  return (
    <section className={css.column} aria-label={name}>
      <header>
        <h2>{name}</h2>
        {isEnd && <small>{t.month}</small>}
        <span className={css.count} aria-live="polite">{total === undefined ? '' : count(total)}</span>
      </header>
      <div className={css.cards}>
        {answer.isLoading && <Loading shape="cards" rows={3} />}
        {answer.error && !answer.data && <Trouble problem={answer.error} onAgain={answer.refetch} isSmall />}
        {answer.data && rows.length === 0 && <p className={css.none}>{t.none}</p>}
        <ul ref={list}>
          {rows.map((hazard) => (
            <li key={hazard.id} data-id={hazard.id}>
              <HazardCard hazard={hazard} onDo={onDo} />
            </li>
          ))}
        </ul>
        {answer.hasNextPage && (
          <Button type="text" block loading={answer.isFetchingNextPage} onClick={() => void answer.fetchNextPage()}>
            {t.more(Math.min(variables.first, (total ?? 0) - rows.length))}
          </Button>
        )}
      </div>
    </section>
  );
}
