/** One entry that is still on this phone: where it stands, and what can be done about it. */
import { words } from '@anhuan/i18n';
import { near } from '@anhuan/i18n/time';
import { discard, restore, retry, type Entry } from '@anhuan/outbox';
import { Button, Sheet, Tag, toast } from '@anhuan/ui';
import { Image as ImageIcon } from 'lucide-react';
import { useState } from 'react';
import { isStranded, phaseOf, phaseWord, retryAt } from './levels';
import css from './reports.module.css';

const t = words({
  change: ['修改后重新提交', 'Change and submit again'],
  retry: ['重试', 'Try again'],
  discard: ['删除', 'Remove'],
  ask: ['删除这条记录？', 'Remove this entry?'],
  askMore: ['它没有被接受，服务器上没有。删除后在本机保留 30 天。', 'It was not accepted and is not on the server. The phone keeps it for 30 days.'],
  keep: ['保留', 'Keep it'],
  done: ['不再显示', 'Do not show again'],
  askDone: ['不再显示这条？', 'Hide this entry?'],
  askDoneMore: ['隐患已经上报。没有被接收的照片在本机再保留 30 天，可在隐患详情里补拍。', 'The hazard is reported. The photo that was not accepted stays on this phone for 30 days; take it again from the case.'],
  gone: ['已删除', 'Removed'],
  undo: ['撤销', 'Undo'],
  photos: [(sent: number, n: number) => `照片 ${sent}/${n} 已上传`, (sent: number, n: number) => `${sent} of ${n} photos uploaded`],
  stranded: ['没有网络，恢复后自动上传', 'No network. It goes up by itself later'],
  next: [(when: string) => `${when} 自动重试`, (when: string) => `tried again ${when}`],
});

/** `onChange`: leads to where a declined one can be put right, where there is such a place. */
export function Waiting({ entry, onOpen, onChange }: { entry: Entry; onOpen: () => void; onChange?: (() => void) | undefined }) {
  const [isAsking, setAsking] = useState(false);
  const phase = phaseOf(entry);
  const { text, tone } = phaseWord(phase);
  const [first] = entry.photos;
  const sent = entry.photos.filter((photo) => photo.sent).length;
  const needsHelp = phase === 'attention' || phase === 'refused';
  const next = retryAt(entry);
  const isDone = phase === 'refused';
  return (
    <div className={css.waiting}>
      <button type="button" className={css.waitingMain} onClick={onOpen}>
        {first?.thumbnail ? <img src={first.thumbnail} alt="" /> : <span className={css.noPhoto}><ImageIcon size={22} aria-hidden="true" /></span>}
        <span className={css.what}>
          <span className={css.top}>
            <b>{entry.title}</b>
            <Tag tone={tone}>{text}</Tag>
          </span>
          <small>{near(entry.createdAt)}{entry.photos.length > 0 && ` · ${t.photos(sent, entry.photos.length)}`}</small>
          {entry.error && <small className={needsHelp ? css.wrong : undefined}>{isStranded(entry) ? t.stranded : entry.error.message}{next && ` · ${t.next(near(next))}`}</small>}
          {phase === 'refused' && entry.photos.map((photo) => photo.problem && <small key={photo.id} className={css.wrong}>{photo.problem}</small>)}
        </span>
      </button>
      {onChange && phase === 'attention' && <Button className={css.change} onClick={onChange}>{t.change}</Button>}
      {(needsHelp || entry.tries > 0) && phase !== 'sending' && (
        <div className={css.acts}>
          <Button kind="soft" onClick={() => void retry(entry.id)}>{t.retry}</Button>
          {needsHelp && <Button kind={isDone ? 'plain' : 'danger'} onClick={() => setAsking(true)}>{isDone ? t.done : t.discard}</Button>}
        </div>
      )}
      {isAsking && (
        <Sheet title={isDone ? t.askDone : t.ask} onClose={() => setAsking(false)}>
          <p className={css.askMore}>{isDone ? t.askDoneMore : t.askMore}</p>
          <div className={css.acts}>
            <Button kind="plain" onClick={() => setAsking(false)}>{t.keep}</Button>
            <Button
              kind="danger"
              onClick={() => {
                setAsking(false);
                void discard(entry.id).then(() => toast(t.gone, { text: t.undo, run: () => void restore(entry.id) }), (problem: Error) => toast(problem.message));
              }}
            >
              {isDone ? t.done : t.discard}
            </Button>
          </div>
        </Sheet>
      )}
    </div>
  );
}
