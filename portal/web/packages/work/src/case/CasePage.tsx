/** One case on a phone: what it is, what it needs, who said what, what the record holds. */
import { words } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { Loading, Page, Stale, Trouble } from '@anhuan/ui';
import { whoIsHere } from '@anhuan/wire';
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
});

const STALE = 60_000;

/** The screen at `/case/:id`. */
export default function CasePage() {
  useLanguage();
  const { id = '' } = useParams<{ id: string }>();
  const [, go] = useLocation();
  const { found, at, problem, again, pending, handed } = useCase(id);
  // Addresses of pictures live a few minutes; a store that cannot be reached at all is not asked for over and over.
  const stale = (): void => {
    if (!at || Date.now() - at > STALE) void again();
  };
  const buttons = found && buttonsOf(found, whoIsHere()?.person.id ?? null);
  const hasButtons = Boolean(buttons && buttons.main.length + buttons.more.length > 0);
  const isGone = problem && problem.trouble === 'declined';
  return (
    <Page title={found?.number || t.title} onBack={() => back(go, '/tasks')} foot={found && handed && !isGone && hasButtons ? <Actions one={found} handed={handed} /> : undefined}>
      {(isGone || (!found && problem)) && <Trouble problem={problem} onAgain={() => void again()} />}
      {!found && !problem && <Loading lines={9} />}
      {found && !isGone && (
        <>
          <Stale problem={problem} at={at} />
          <StopBanner one={found} />
          <Head one={found} />
          {pending && <Pending entries={pending} />}
          <About one={found} onStale={stale} />
          <Steps one={found} />
          <Talk key={`talk ${id}`} one={found} pending={pending ?? []} onStale={stale} />
          <People one={found} />
          <History key={`record ${id}`} one={found} />
        </>
      )}
    </Page>
  );
}
