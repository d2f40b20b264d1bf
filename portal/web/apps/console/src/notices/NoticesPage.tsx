/** What one was told, what reached nobody, and how one wants to be told. */
import { useSearchParams } from 'react-router';
import { words } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { Page, Panel } from '../shared/Page';
import { Tabs } from '../shared/Tabs';
import { Own } from './Own';
import { Undelivered } from './Undelivered';
import { Wishes } from './Wishes';

const t = words({
  title: ['通知', 'Notices'],
  about: ['任务、到期提醒、升级和停工都会通知到人；紧急通知不受免打扰限制。', 'Tasks, reminders, escalations and stops reach people here; urgent ones ignore quiet hours.'],
  own: ['我的通知', 'Mine'],
  undelivered: ['未送达', 'Undelivered'],
  wishes: ['接收设置', 'How I am told'],
});

/** The screen; its part stands in the address. */
export default function NoticesPage() {
  useLanguage();
  const [search, setSearch] = useSearchParams();
  return (
    <Page title={t.title} about={t.about}>
      <Panel>
        <Tabs
          activeKey={search.get('part') ?? 'own'}
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
            { key: 'own', label: t.own, children: <Own /> },
            { key: 'undelivered', label: t.undelivered, children: <Undelivered /> },
            { key: 'wishes', label: t.wishes, children: <Wishes /> },
          ]}
        />
      </Panel>
    </Page>
  );
}
