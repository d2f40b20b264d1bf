/** The first screen: which firm this is, what waits for me, what my firm has open here. */
import { words } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { offlineReady, useOutbox } from '@anhuan/outbox';
import { Card, Due, Loading, Notice, Row, Tag, Trouble, cx, toneOf } from '@anhuan/ui';
import { useAsk, type Who } from '@anhuan/wire';
import { TasksCard, useTasks } from '@anhuan/work';
import { Camera, CloudCheck, CloudOff, CloudUpload, TriangleAlert, Wifi } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { PortalCases, PortalFirm, type PortalFirmQuery } from './gql';
import css from './portal.module.css';
import { useSession } from './session';

const t = words({
  title: ['安环 · 相关方', 'Anhuan for partners'],
  CONTRACTOR: ['承包商', 'Contractor'],
  SUPPLIER: ['供应商', 'Supplier'],
  MAINTENANCE: ['外部维保单位', 'Maintenance firm'],
  serves: [(company: string) => `服务于 ${company}`, (company: string) => `Working for ${company}`],
  care: [(unit: string) => `归口管理：${unit}`, (unit: string) => `Looked after by ${unit}`],
  firm: ['本单位的整改', 'Your firm’s open work'],
  none: ['本单位目前没有未完成的整改。', 'Your firm has nothing open here.'],
  more: [(n: number) => `共 ${n} 项，显示最紧急的 20 项`, (n: number) => `${n} in all; the 20 most urgent are shown`],
  grade: [(grade: string) => `${grade} 级`, (grade: string) => `Grade ${grade}`],
  ready: ['离线可用', 'Works offline'],
  offline: ['无网络，可照常填写', 'No network, work as usual'],
  stranded: ['无网络', 'No network'],
  needs: ['需联网打开', 'Needs network'],
  broken: ['本机无法保存', 'Cannot store here'],
  looking: ['检查中', 'Checking'],
  waiting: [(n: number) => `${n} 条待上传，已安全保存在本机`, (n: number) => `${n} to upload, safe on this phone`],
  attention: [(n: number) => `${n} 条未被接受，请打开对应事项处理`, (n: number) => `${n} not accepted. Open the case to see why`],
  report: ['上报隐患', 'Report a hazard'],
  reportMore: ['拍照即可上报', 'A photo is enough'],
});

/** The screen. */
export function Home() {
  useLanguage();
  const { who } = useSession();
  useEffect(() => {
    document.title = t.title;
  }, []);
  return who?.person.partyId ? <Filled who={who} party={who.person.partyId} /> : null;
}

/** Drawn when everything is known that has something below it: what came in one by one would push the rest down under a thumb. */
function Filled({ who, party }: { who: Who; party: string }) {
  const { entries, problem: unread, waiting, attention } = useOutbox();
  const { data, problem: unknown } = useAsk(PortalFirm, { id: party }, 'firm');
  const { tasks, problem } = useTasks();
  const isTold = Boolean((entries ?? unread) && (data ?? unknown) && (tasks ?? problem));
  const firm = isTold ? data?.party : undefined;
  return (
    <div className={css.home}>
      <Hero firm={firm} person={who.person.name} company={who.company.name} />
      {isTold ? (
        <main key="told" className={css.main}>
          {Boolean(waiting) && <Notice tone="warn" picture={<CloudUpload size={20} aria-hidden="true" />}>{t.waiting(waiting!)}</Notice>}
          {attention > 0 && <Notice tone="major" picture={<TriangleAlert size={20} aria-hidden="true" />}>{t.attention(attention)}</Notice>}
          <TasksCard most={8} />
          {who.can.includes('hazard.report') && (
            <Card>
              <Row lead={<Camera size={24} aria-hidden="true" />} title={t.report} below={t.reportMore} onClick={() => location.assign('/app/report')} />
            </Card>
          )}
          <Firm />
        </main>
      ) : (
        <main key="asked" className={css.main} aria-busy="true"><Loading lines={8} /></main>
      )}
    </div>
  );
}

function Hero({ firm, person, company }: { firm: PortalFirmQuery['party'] | undefined; person: string; company: string }) {
  return (
    <header className={css.hero}>
      <div className={css.heroIn}>
        <Pill />
        <h1>{firm?.name ?? person}</h1>
        <p>{firm ? `${t[firm.kind]} · ${person}` : '\u00a0'}</p>
        <p>{t.serves(company)}</p>
        {firm?.unit && <p>{t.care(firm.unit.name)}</p>}
      </div>
    </header>
  );
}

function Firm() {
  const [, go] = useLocation();
  const { data, problem, again } = useAsk(PortalCases, {}, 'firm-cases');
  if (!data) return problem ? <Trouble problem={problem} onAgain={() => void again()} /> : <Loading lines={4} />;
  const { edges, totalCount } = data.hazards;
  return (
    <Card title={t.firm}>
      {edges.length === 0 && <p className={css.reading}>{t.none}</p>}
      {edges.map(({ node }) => (
        <Row
          key={node.id}
          title={node.title}
          below={<>{node.grade && <Tag tone={toneOf(node.grade)}>{t.grade(node.grade)}</Tag>} {[node.stageName, node.area?.name, node.responsible?.name, node.number].filter(Boolean).join(' · ')}</>}
          tail={node.dueAt && <Due at={node.dueAt} />}
          onClick={() => go(`/case/${node.id}`)}
        />
      ))}
      {totalCount > edges.length && <p className={css.reading}>{t.more(totalCount)}</p>}
    </Card>
  );
}

type Ready = Awaited<ReturnType<typeof offlineReady>>;

/** Whether the app can be trusted without network, as it is and not as it should be. */
function Pill() {
  const [isOnline, setOnline] = useState(navigator.onLine);
  const [ready, setReady] = useState<Ready>();
  useEffect(() => {
    const tell = (): void => setOnline(navigator.onLine);
    addEventListener('online', tell);
    addEventListener('offline', tell);
    const look = (): void => void offlineReady().then(setReady);
    look();
    const timer = setInterval(look, 15_000);
    return () => {
      removeEventListener('online', tell);
      removeEventListener('offline', tell);
      clearInterval(timer);
    };
  }, []);
  const [text, Picture, isBad] =
    ready === 'no-storage' ? [t.broken, TriangleAlert, true] as const
    : !isOnline ? [ready === 'ready' ? t.offline : t.stranded, CloudOff, ready !== 'ready'] as const
    : ready === 'ready' ? [t.ready, CloudCheck, false] as const
    : ready ? [t.needs, Wifi, false] as const
    : [t.looking, Wifi, false] as const;
  return <span className={cx(css.pill, isBad && css.bad)} role="status"><Picture size={18} aria-hidden="true" />{text}</span>;
}
