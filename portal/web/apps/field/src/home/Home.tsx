/** The first screen: the camera first, then what waits for me, then what became of what I reported. */
import { words } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { useOutbox } from '@anhuan/outbox';
import { Card, Loading, Row, Tag } from '@anhuan/ui';
import { since } from '@anhuan/i18n/time';
import { TasksShown, useTasks } from '@anhuan/work';
import { Fragment, useEffect } from 'react';
import { useLocation } from 'wouter';
import { phaseOf, phaseWord } from '../reports/levels';
import { stateOf } from '../reports/stages';
import { useReports, type Reports } from '../reports/use-reports';
import { CameraCard } from './CameraCard';
import { Hero } from './Hero';
import css from './home.module.css';
import { OutboxLine } from './OutboxLine';
import { Tiles } from './Tiles';
import { UpdateLine } from './UpdateLine';

const t = words({
  title: ['安环 · 首页', 'Anhuan · Home'],
  recent: ['最近上报', 'Recent reports'],
  all: ['全部', 'All'],
  none: ['还没有上报过。看见不安全的，随手拍一张。', 'Nothing reported yet. See something unsafe? Take a photo.'],
});

const RECENT = 3;

export function Home() {
  useLanguage();
  useEffect(() => {
    document.title = t.title;
  }, []);
  return (
    <div className={css.home}>
      <Hero />
      <main className={css.main}>
        <CameraCard />
        <Below />
      </main>
    </div>
  );
}

/** Each part is drawn when what stands above it is known: what came in one by one would push the rest away under a thumb. */
function Below() {
  const { entries, problem: unread } = useOutbox();
  const tasks = useTasks();
  const reports = useReports();
  if (!entries && !unread) return <div key="read" aria-busy="true"><Loading lines={8} /></div>;
  const isTold = (tasks.tasks ?? tasks.problem) && (reports.lines ?? reports.problem);
  return (
    <Fragment key="lines">
      <UpdateLine />
      <OutboxLine />
      <Tiles />
      {isTold ? <TasksShown key="told" known={tasks} /> : <div key="asked" aria-busy="true"><Loading lines={8} /></div>}
      {isTold && <Recent reports={reports} />}
    </Fragment>
  );
}

function Recent({ reports: { waiting, lines } }: { reports: Reports }) {
  const [, go] = useLocation();
  const known = new Set(lines?.map((line) => line.id));
  const here = (waiting ?? []).filter((entry) => !known.has(entry.id)).slice(0, RECENT);
  const there = (lines ?? []).slice(0, RECENT - here.length);
  if (!waiting && !lines) return null;
  return (
    <Card title={t.recent} side={<button type="button" className={css.more} onClick={() => go('/reports')}>{t.all}</button>}>
      {here.map((entry) => {
        const { text, tone } = phaseWord(phaseOf(entry));
        return <Row key={entry.id} title={entry.title} below={since(entry.createdAt)} tail={<Tag tone={tone}>{text}</Tag>} onClick={() => go('/reports')} />;
      })}
      {there.map((line) => {
        const { text, tone } = stateOf(line);
        return <Row key={line.id} title={line.title} below={`${line.number} · ${since(line.openedAt)}`} tail={<Tag tone={tone}>{text}</Tag>} onClick={() => go(`/case/${line.id}`)} />;
      })}
      {lines && !here.length && !there.length && <p className={css.none}>{t.none}</p>}
    </Card>
  );
}
