/** 我的上报: what is still here on top, what the server has below, each with how far it has come. */
import { saveFile } from '@anhuan/bridge';
import { words } from '@anhuan/i18n';
import { clock, day } from '@anhuan/i18n/time';
import { useLanguage } from '@anhuan/i18n/react';
import { exportAll, retryAll, useOutbox } from '@anhuan/outbox';
import { Button, Empty, Loading, Page, Stale, Tag, toast, toneOf, Trouble } from '@anhuan/ui';
import { Camera, Download, RotateCw } from 'lucide-react';
import { useLocation } from 'wouter';
import { handFiles } from '../report/handed';
import { Shoot } from '../report/Shoot';
import { Progress } from './Progress';
import css from './reports.module.css';
import { isWhole, useReports } from './use-reports';
import { Waiting } from './Waiting';

const t = words({
  title: ['我的上报', 'My reports'],
  here: ['在本机', 'On this phone'],
  there: ['已上报', 'Reported'],
  retry: ['全部重试', 'Try all again'],
  export: ['导出备份', 'Export'],
  none: ['还没有上报过隐患', 'Nothing reported yet'],
  noneMore: ['看见不安全的，随手拍一张，几秒就好。', 'See something unsafe? A photo takes seconds.'],
  snap: ['随手拍隐患', 'Snap a hazard'],
  older: ['更早的上报', 'Older reports'],
  unread: ['没有取到，请稍后重试', 'That did not arrive. Try again later'],
  failed: ['导出失败，请重试', 'The export failed. Try again'],
});

export default function Reports() {
  useLanguage();
  const [, go] = useLocation();
  const { waiting, lines, at, problem, again, more } = useReports();
  const known = new Set(lines?.map((line) => line.id));
  const { entries } = useOutbox();
  // What was done about cases waits here too: the line on the first screen counts it and leads here.
  const acts = entries?.filter((entry) => entry.kind !== 'report' && !isWhole(entry)) ?? [];
  const queue = [...(waiting?.filter((entry) => !known.has(entry.id) || !isWhole(entry)) ?? []), ...acts];
  return (
    <Page title={t.title}>
      {waiting === undefined && <Loading lines={2} />}
      {queue.length > 0 && (
        <section>
          <div className={css.head}>
            <h2>{t.here}</h2>
            <button type="button" onClick={() => void retryAll()}><RotateCw size={17} aria-hidden="true" /> {t.retry}</button>
            <button type="button" onClick={() => void exportQueue()}><Download size={17} aria-hidden="true" /> {t.export}</button>
          </div>
          {queue.map((entry) => <Waiting key={entry.id} entry={entry} onOpen={() => go(entry.about ? `/case/${entry.about}` : entry.receipt ? `/case/${entry.id}` : `/report/saved/${entry.id}`)} onChange={entry.kind === 'report' ? () => go(`/report/again/${entry.id}`) : undefined} />)}
        </section>
      )}
      {lines && <Stale problem={problem} at={at} />}
      {!lines && (problem ? queue.length === 0 && <Trouble problem={problem} onAgain={() => void again()} /> : <Loading lines={6} />)}
      {lines && lines.length > 0 && (
        <section>
          {queue.length > 0 && <div className={css.head}><h2>{t.there}</h2></div>}
          {lines.map((line) => (
            <button key={line.id} type="button" className={css.report} onClick={() => go(`/case/${line.id}`)}>
              <span className={css.top}>
                <b>{line.title}</b>
                {line.grade && <Tag tone={toneOf(line.grade)}>{line.grade}</Tag>}
              </span>
              <span className={css.below}>{line.number} · {day(line.openedAt)} {clock(line.openedAt)}</span>
              <Progress line={line} />
            </button>
          ))}
          {more && <Button kind="plain" onClick={() => void more().catch(() => toast(t.unread))}>{t.older}</Button>}
        </section>
      )}
      {lines?.length === 0 && queue.length === 0 && (
        <Empty
          title={t.none}
          action={<Shoot className={css.snap} label={t.snap} onFiles={(files) => { handFiles(files); go('/report'); }}><Camera size={20} aria-hidden="true" /> {t.snap}</Shoot>}
        >
          {t.noneMore}
        </Empty>
      )}
    </Page>
  );
}

/** Everything that waits, as a file. */
export async function exportQueue(): Promise<void> {
  try {
    saveFile(await exportAll(), `anhuan-${day(Date.now())}.json`);
  } catch {
    toast(t.failed);
  }
}
