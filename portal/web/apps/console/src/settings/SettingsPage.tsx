/** The company's facts, its modules, and one's own account. */
import { useSearchParams } from 'react-router';
import { words } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { Page, Panel } from '../shared/Page';
import { Tabs } from '../shared/Tabs';
import { may, useWho } from '../shared/rights';
import { Account } from './Account';
import { Calendars } from './Calendars';
import { CompanyFacts } from './CompanyFacts';
import { Modules } from './Modules';
import { Strictness } from './Strictness';

const t = words({
  title: ['设置', 'Settings'],
  account: ['我的账号', 'My account'],
  company: ['企业信息', 'Company'],
  calendar: ['工作日历', 'Working calendar'],
  door: ['登录安全', 'Sign-in security'],
  modules: ['模块与订阅', 'Modules'],
});

/** The screen; its part stands in the address. */
export default function SettingsPage() {
  useLanguage();
  const who = useWho();
  const [search, setSearch] = useSearchParams();
  return (
    <Page title={t.title}>
      <Panel>
        <Tabs
          activeKey={search.get('part') ?? 'account'}
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
            { key: 'account', label: t.account, children: <Account /> },
            { key: 'company', label: t.company, children: <CompanyFacts /> },
            ...(may(who, ['calendar.manage']) ? [{ key: 'calendar', label: t.calendar, children: <Calendars /> }] : []),
            ...(may(who, ['policy.read']) ? [{ key: 'door', label: t.door, children: <Strictness /> }] : []),
            ...(may(who, ['subscription.read', 'subscription.manage']) ? [{ key: 'modules', label: t.modules, children: <Modules /> }] : []),
          ]}
        />
      </Panel>
    </Page>
  );
}
