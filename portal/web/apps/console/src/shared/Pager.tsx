/** Pages of a list that is read forwards: the way back is remembered, the whole is said. */
import { useState } from 'react';
import { Button } from 'antd';
import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { words } from '@anhuan/i18n';
import { count } from '@anhuan/i18n/time';
import css from './pager.module.css';

const t = words({
  back: ['上一页', 'Back'],
  on: ['下一页', 'Next'],
  shown: [(from: string, to: string, all: string) => `第 ${from}–${to} 条，共 ${all} 条`, (from: string, to: string, all: string) => `${from}–${to} of ${all}`],
  some: [(from: string, to: string) => `第 ${from}–${to} 条`, (from: string, to: string) => `${from}–${to}`],
});

export interface Pages {
  /** What to ask for; undefined is the first page. */
  after: string | undefined;
  /** How many pages lie before this one. */
  before: number;
  on: (endCursor: string | null | undefined) => void;
  back: () => void;
}

/** Begins anew whenever `about` changes, as when the list is narrowed. */
export function usePages(about: string): Pages {
  const [state, set] = useState<{ about: string; cursors: string[] }>({ about, cursors: [] });
  const cursors = state.about === about ? state.cursors : [];
  return {
    after: cursors.at(-1),
    before: cursors.length,
    on: (endCursor) => endCursor && set({ about, cursors: [...cursors, endCursor] }),
    back: () => set({ about, cursors: cursors.slice(0, -1) }),
  };
}

interface PagerProps {
  pages: Pages;
  size: number;
  /** How many there are on this page. */
  here: number;
  total?: number;
  info: { hasNextPage: boolean; endCursor?: string | null };
}

/** Nothing where one page holds everything. */
export function Pager({ pages, size, here, total, info }: PagerProps) {
  if (!here && !pages.before) return null;
  const from = count(pages.before * size + 1);
  const to = count(pages.before * size + here);
  return (
    <nav className={css.pager}>
      <span>{total === undefined ? t.some(from, to) : t.shown(from, to, count(total))}</span>
      {(pages.before > 0 || info.hasNextPage) && (
        <>
          <Button size="small" icon={<LeftOutlined />} disabled={!pages.before} onClick={pages.back}>
            {t.back}
          </Button>
          <Button size="small" icon={<RightOutlined />} iconPlacement="end" disabled={!info.hasNextPage} onClick={() => pages.on(info.endCursor)}>
            {t.on}
          </Button>
        </>
      )}
    </nav>
  );
}
