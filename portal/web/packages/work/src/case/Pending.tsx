/** What was done on this device about the case and has not reached the server, or was declined there. */
import { words } from '@anhuan/i18n';
import { clock } from '@anhuan/i18n/time';
import { discard, retry, type Entry } from '@anhuan/outbox';
import { Button, Tag } from '@anhuan/ui';
import { CircleAlert, CloudUpload } from 'lucide-react';
import { useState } from 'react';
import css from './case.module.css';

const t = words({
  title: ['未发送', 'Not sent yet'],
  waiting: ['待上传', 'To upload'],
  sending: ['正在上传', 'Uploading'],
  declined: ['未被接受', 'Declined'],
  saved: [(at: string) => `${at} 已保存到本机，联网后自动提交`, (at: string) => `Saved here at ${at}; sent when there is network`],
  again: ['重试', 'Try again'],
  drop: ['放弃', 'Discard'],
  sure: ['确定放弃？记录在本机保留 30 天', 'Discard? It is kept on this device for 30 days'],
  photos: [(n: number, all: number) => `照片 ${n}/${all}`, (n: number, all: number) => `Photos ${n}/${all}`],
  report: ['上报', 'Report'],
  progress: ['整改进展', 'Progress'],
  control: ['临时管控与方案', 'Interim control and plan'],
  rectification: ['提交整改', 'Rectification'],
  review: ['审核意见', 'Review'],
  grade: ['定级', 'Grading'],
  assign: ['派发', 'Assignment'],
  comment: ['评论', 'Comment'],
  stopWork: ['停工', 'Stop order'],
  resumeWork: ['复工', 'Resumption'],
  callOff: ['撤销', 'Calling off'],
  handOver: ['转交', 'Handing over'],
});

const PLACE = 'not-sent';

/** The list; nothing where nothing waits. Comments and progress that only wait stand in the conversation already. */
export function Pending({ entries }: { entries: readonly Entry[] }) {
  const shown = entries.filter((entry) => entry.state === 'attention' || (entry.kind !== 'comment' && entry.kind !== 'progress'));
  if (!shown.length) return null;
  return (
    <section id={PLACE} className={css.pending} tabIndex={-1} aria-label={t.title}>
      <h2>{t.title}</h2>
      <ul>
        {shown.map((entry) => (
          <One key={entry.id} entry={entry} />
        ))}
      </ul>
    </section>
  );
}

/** Bring the list into view. */
export function showPending(): void {
  const place = document.getElementById(PLACE);
  place?.scrollIntoView({ block: 'center' });
  place?.focus({ preventScroll: true });
}

function One({ entry }: { entry: Entry }) {
  const [isSure, setSure] = useState(false);
  const isDeclined = entry.state === 'attention';
  const sent = entry.photos.filter((photo) => photo.sent).length;
  return (
    <li className={isDeclined ? css.declined : undefined}>
      {isDeclined ? <CircleAlert size={20} aria-hidden="true" /> : <CloudUpload size={20} aria-hidden="true" />}
      <div>
        <div className={css.by}>
          <b>{t[entry.kind]}</b>
          <Tag tone={isDeclined ? 'major' : 'warn'}>{isDeclined ? t.declined : entry.state === 'sending' ? t.sending : t.waiting}</Tag>
        </div>
        <p>{entry.title}</p>
        <small>{entry.error && entry.error.code !== 'NETWORK' ? entry.error.message : t.saved(clock(entry.createdAt))}{entry.photos.length > 0 && ` · ${t.photos(sent, entry.photos.length)}`}</small>
        {!isDeclined && entry.tries > 0 && entry.state !== 'sending' && (
          <div className={css.two}><Button kind="plain" onClick={() => void retry(entry.id)}>{t.again}</Button></div>
        )}
        {isDeclined && (
          <>
            {isSure && <p role="alert">{t.sure}</p>}
            <div className={css.two}>
              <Button kind="plain" onClick={() => void retry(entry.id)}>{t.again}</Button>
              <Button kind="danger" onClick={() => (isSure ? void discard(entry.id) : setSure(true))}>{t.drop}</Button>
            </div>
          </>
        )}
      </div>
    </li>
  );
}
