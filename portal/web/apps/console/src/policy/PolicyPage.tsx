/** Who may do what: roles, the posts that bring them, and why a person can or cannot. */
import { useSearchParams } from 'react-router';
import { words } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { Page, Panel } from '../shared/Page';
import { Tabs } from '../shared/Tabs';
import { Posts } from './Posts';
import { Roles } from './Roles';
import { Why } from './Why';

const t = words({
  title: ['角色与权限', 'Roles and rights'],
  about: ['权限 = 角色 × 授予角色的单位。角色可以直接授予，也可以随岗位带来；改动从对方下一次操作起生效。', 'A right is a role at a unit. Roles are given directly or come with a post; a change holds from the next request on.'],
  roles: ['角色', 'Roles'],
  posts: ['岗位', 'Posts'],
  why: ['为什么能／不能', 'Why or why not'],
});

/** The screen; its part stands in the address. */
export default function PolicyPage() {
  useLanguage();
  const [search, setSearch] = useSearchParams();
  return (
    <Page title={t.title} about={t.about}>
      <Panel>
        <Tabs
          activeKey={search.get('part') ?? 'roles'}
          onChange={(next) =>
            setSearch(
              (before) => {
                before.set('part', next);
                return before;
              },
              { replace: true },
            )
          }
          items={[
            { key: 'roles', label: t.roles, children: <Roles /> },
            { key: 'posts', label: t.posts, children: <Posts /> },
            { key: 'why', label: t.why, children: <Why /> },
          ]}
        />
      </Panel>
    </Page>
  );
}
