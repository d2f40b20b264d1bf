/** Every act on a case has its own screen; here the right one is found, or it is said why there is none. */
import { words } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { Button, Empty, Loading, Notice, Page, State, Trouble } from '@anhuan/ui';
import { whoIsHere } from '@anhuan/wire';
import { CircleAlert, CloudUpload } from 'lucide-react';
import { useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { back } from '../back';
import { buttonsOf, handedIn, type Doing } from '../case/buttons';
import type { Case } from '../case/shape';
import { useCase } from '../case/use-case';
import { Assign } from './Assign';
import { CallOff, HandOver } from './End';
import { Grade } from './Grade';
import { Rectify } from './Rectify';
import { Review } from './Review';
import { Say } from './Say';
import { Resume, Stop } from './Stop';

const t = words({
  title: ['办理', 'Act'],
  over: ['现在不能办理', 'Not now'],
  overMore: ['这一步可能已由他人办理，或者流程已经进入下一步。', 'Somebody else may have done it, or the case has moved on.'],
  back: ['查看详情', 'Open the case'],
  waits: ['已提交，等待上传', 'Handed in, to be uploaded'],
  arrived: ['已提交', 'Handed in'],
  once: ['不用再提交一次。上传情况见详情里的“未发送”。', 'No need to do it again. The case shows how far it has come under “Not sent yet”.'],
});

/** The screen at `/case/:id/do/:act`. */
export default function Do() {
  useLanguage();
  const { id = '', act = '' } = useParams<{ id: string; act: string }>();
  const [, go] = useLocation();
  const { found, problem, again, handed } = useCase(id);
  const doing = (act === 'verify' ? 'review' : act) as Doing;
  // Once somebody has begun, news of the case do not take the form away from under their hands.
  const [begun, setBegun] = useState<{ act: string; one: Case } | null>(null);
  const offered = found && buttonsOf(found, whoIsHere()?.person.id ?? null);
  const isOffered = Boolean(offered && [...offered.main, ...offered.more].includes(doing));
  const earlier = handed && handedIn(doing, handed);
  // What this screen itself has just handed in does not take its form away either.
  const mayBegin = isOffered && handed && !earlier;
  if (found && mayBegin && (begun?.act !== act || begun.one !== found)) setBegun({ act, one: found });
  const one = mayBegin ? found : begun?.act === act ? begun.one : undefined;
  const leave = (): void => back(go, `/case/${id}`);
  if (found && one)
    return (
      <>
        {!isOffered && !earlier && <Notice tone="warn" picture={<CircleAlert size={18} aria-hidden="true" />}>{t.overMore}</Notice>}
        <Screen key={`${id}/${act}`} one={one} doing={doing} />
      </>
    );
  return (
    <Page title={t.title} onBack={leave}>
      {!found && (problem ? <Trouble problem={problem} onAgain={() => void again()} /> : <Loading lines={6} />)}
      {found && isOffered && !handed && <Loading lines={6} />}
      {found && isOffered && earlier && (
        <State picture={<CloudUpload size={44} strokeWidth={1.4} aria-hidden="true" />} title={earlier.state === 'done' ? t.arrived : t.waits} action={<Button kind="soft" onClick={leave}>{t.back}</Button>}>{t.once}</State>
      )}
      {found && !isOffered && <Empty title={t.over} action={<Button kind="soft" onClick={leave}>{t.back}</Button>}>{t.overMore}</Empty>}
    </Page>
  );
}

function Screen({ one, doing }: { one: Case; doing: Doing }) {
  switch (doing) {
    case 'grade': return <Grade one={one} />;
    case 'assign': return <Assign one={one} />;
    case 'control':
    case 'rectify': return <Rectify one={one} step={doing} />;
    case 'review': return <Review one={one} />;
    case 'progress':
    case 'comment': return <Say one={one} as={doing} />;
    case 'stop': return <Stop one={one} />;
    case 'resume': return <Resume one={one} />;
    case 'call-off': return <CallOff one={one} />;
    case 'hand-over': return <HandOver one={one} />;
  }
}
