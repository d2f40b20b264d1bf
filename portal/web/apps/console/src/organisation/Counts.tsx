/** How many of each kind an import makes, changes, and finds as they are. */
import { words } from '@anhuan/i18n';
import { count } from '@anhuan/i18n/time';
import type { ConsoleCountsFragment } from '../gql';
import css from './organisation.module.css';

const t = words({
  units: ['组织机构', 'Units'],
  people: ['人员', 'People'],
  posts: ['任岗', 'Posts held'],
  parties: ['相关方', 'Outside parties'],
  kind: ['内容', 'What'],
  created: ['新增', 'New'],
  updated: ['修改', 'Changed'],
  unchanged: ['不变', 'As they are'],
  ended: [(n: string) => `另有 ${n} 项任岗，表中已没有，将免去。`, (n: string) => `${n} posts that are no longer in the workbook end.`],
});

interface CountsProps {
  of: Record<'units' | 'people' | 'posts' | 'parties', ConsoleCountsFragment> & { ended: number };
}

/** A small table. */
export function Counts({ of }: CountsProps) {
  return (
    <>
      <table className={css.counts}>
        <thead>
          <tr>
            <th scope="col">{t.kind}</th>
            <th scope="col">{t.created}</th>
            <th scope="col">{t.updated}</th>
            <th scope="col">{t.unchanged}</th>
          </tr>
        </thead>
        <tbody>
          {(['units', 'people', 'posts', 'parties'] as const).map((kind) => (
            <tr key={kind}>
              <th scope="row">{t[kind]}</th>
              {(['created', 'updated', 'unchanged'] as const).map((what) => (
                <td key={what} className={of[kind][what] ? undefined : css.zero}>
                  {count(of[kind][what])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {of.ended > 0 && <p>{t.ended(count(of.ended))}</p>}
    </>
  );
}
