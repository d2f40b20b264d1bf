/** Says beneath the choices of a list that there are more than it shows: it is searched on the server, not scrolled. */
import type { ReactElement } from 'react';
import { words } from '@anhuan/i18n';

const t = words({ more: ['未全部列出，请输入关键字缩小范围', 'There are more. Type to narrow it down'] });

/** For a Select's `popupRender`. */
export function withRest(hasMore: boolean): (menu: ReactElement) => ReactElement {
  return (menu) => (
    <>
      {menu}
      {hasMore && <div role="note" style={{ padding: '6px 12px', borderTop: '1px solid var(--line)', color: 'var(--sub)', fontSize: 13 }}>{t.more}</div>}
    </>
  );
}
