/** One case on a phone: what it is, what it needs, who said what, what the record holds. */
import { words } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { near } from '@anhuan/i18n/time';
import { Loading, Notice, Page, Trouble } from '@anhuan/ui';
import { whoIsHere } from '@anhuan/wire';
import { CloudOff } from 'lucide-react';
import { useLocation, useParams } from 'wouter';
import { back } from '../back';
import { About } from './About';
import { Actions } from './Actions';
import { buttonsOf } from './buttons';
import { Head, StopBanner } from './Head';
import { History } from './History';
import { Pending } from './Pending';
import { People } from './People';
import { Steps } from './Steps';
import { Talk } from './Talk';
import { useCase } from './use-case';

const t = words({
  title: ['隐患详情', 'Hazard'],
  old: [(at: string) => `没有网络，显示的是 ${at} 的内容`, (at: string) => `No network. As of ${at}`],
});

const STALE = 60_000;

/** The screen at `/case/:id`. */
export default function CasePage() {
  useLanguage();
  const { id = '' } = useParams<{ id: string }>();
  const [, go] = useLocation();
  const { found, at, problem, again, pending } = useCase(id);
  // Addresses of pictures live a few minutes; a store that cannot be reached at all is not asked for over and over.
  const stale = (): void => {
    if (!at || Date.now() - at > STALE) void again();
  };
  const buttons = found && buttonsOf(found, whoIsHere()?.person.id ?? null);
  const hasButtons = Boolean(buttons && buttons.main.length + buttons.more.length > 0);
  const isGone = problem && problem.trouble === 'declined';
  return (
    <Page title={found?.number || t.title} onBack={() => back(go, '/tasks')} foot={found && !isGone && hasButtons ? <Actions one={found} /> : undefined}>
      {(isGone || (!found && problem)) && <Trouble problem={problem} onAgain={() => void again()} />}
      {!found && !problem && <Loading lines={9} />}
      {found && !isGone && (
        <>
          {problem && at && <Notice tone="warn" picture={<CloudOff size={18} aria-hidden="true" />}>{t.old(near(at))}</Notice>}
          <StopBanner one={found} />
          <Head one={found} />
          {pending && <Pending entries={pending} />}
          <About one={found} onStale={stale} />
          <Steps one={found} />
          <Talk one={found} pending={pending ?? []} onStale={stale} />
          <People one={found} />
          <History one={found} />
        </>
      )}
    </Page>
  );
}
