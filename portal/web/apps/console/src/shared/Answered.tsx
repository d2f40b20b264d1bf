/** An answer on the screen: its bones while it comes, why it does not come, then what it says; an old answer stays under a newer trouble. */
import type { ReactNode } from 'react';
import { Alert } from 'antd';
import type { UseQueryResult } from '@tanstack/react-query';
import { said, type WireError } from '@anhuan/wire';
import { Loading, Trouble } from './states';

interface AnsweredProps<Result> {
  of: UseQueryResult<Result, WireError>;
  shape?: 'lines' | 'table' | 'cards' | 'page';
  rows?: number;
  isSmall?: boolean;
  children: (data: Result) => ReactNode;
}

/** `<Answered of={useAnswer(…)}>{(data) => …}</Answered>` */
export function Answered<Result>({ of, shape = 'lines', rows, isSmall, children }: AnsweredProps<Result>) {
  if (of.data === undefined) {
    if (of.error) return <Trouble problem={of.error} onAgain={of.refetch} isSmall={isSmall} />;
    return <Loading shape={shape} rows={rows} />;
  }
  return (
    <>
      {of.error && <Alert type="warning" showIcon title={said(of.error)} style={{ marginBottom: 12 }} />}
      {children(of.data)}
    </>
  );
}
