/** The whole console: theme, language, cache, address, and whether somebody is signed in. */
import { Suspense, lazy } from 'react';
import { QueryClientProvider } from '@tanstack/react-query';
import { App, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { BrowserRouter } from 'react-router';
import { useLanguage } from '@anhuan/i18n/react';
import { client } from '../shared/query';
import { useWho } from '../shared/rights';
import { useMustChange } from './duty';
import { Boundary } from './Boundary';
import { Frame } from './Frame';
import { useDark } from './look';
import { themeOf } from './theme';

const Entry = lazy(() => import('../entry/Entry'));
const Outside = lazy(() => import('../entry/Outside'));
const NewPassword = lazy(() => import('../entry/NewPassword'));
const plain = { autoInsertSpace: false };
const themes = { light: themeOf(false), dark: themeOf(true) };

/** Everything; it is drawn again as a whole when the language or the theme changes. */
export function Root() {
  const language = useLanguage();
  const isDark = useDark();
  return (
    <ConfigProvider theme={isDark ? themes.dark : themes.light} locale={language === 'zh' ? zhCN : enUS} button={plain}>
      <App>
        <QueryClientProvider client={client}>
          <BrowserRouter basename="/console">
            <Boundary>
              <Suspense fallback={null}>
                <Gate />
              </Suspense>
            </Boundary>
          </BrowserRouter>
        </QueryClientProvider>
      </App>
    </ConfigProvider>
  );
}

function Gate() {
  const who = useWho();
  const mustChange = useMustChange();
  if (!who) return <Entry />;
  if (mustChange) return <NewPassword />;
  if (who.person.partyId) return <Outside who={who} />;
  // Another person begins with an empty page, not with the first one's.
  return <Frame key={who.person.id} who={who} />;
}
