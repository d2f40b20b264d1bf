/** After 提交: what is safe already and what comes next, changing by itself while one looks. */
import { words } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { useOutbox, type Entry } from '@anhuan/outbox';
import { Button, cx, Loading, Notice, Page, Row } from '@anhuan/ui';
import { Camera, Check, CircleAlert, Copy, LoaderCircle } from 'lucide-react';
import { useLocation } from 'wouter';
import type { FieldReportMutation } from '../gql';
import { useOnline } from '../online';
import { isStranded, phaseOf } from '../reports/levels';
import { handFiles } from './handed';
import { Shoot } from './Shoot';
import css from './saved.module.css';

const t = words({
  title: ['上报结果', 'Report'],
  safe: ['已保存到本机', 'Saved on this phone'],
  reported: ['上报成功', 'Reported'],
  refused: ['未被接受', 'Not accepted'],
  kept: ['不会丢失，关机也在', 'It cannot be lost, even if the phone goes off'],
  step2: ['上报到服务器', 'Sent to the server'],
  number: [(number: string) => `编号 ${number}`, (number: string) => `No. ${number}`],
  offline: ['当前无网络，恢复后自动上传', 'No network now. It goes up by itself later'],
  sending: ['正在上传…', 'Uploading…'],
  waiting: ['稍后自动重试', 'Tried again in a moment'],
  step3: ['照片归档', 'Photos on file'],
  filed: [(n: number) => `${n} 张照片已归档`, (n: number) => `${n} photos on file`],
  filing: [(done: number, n: number) => `${done}/${n} 张已上传`, (done: number, n: number) => `${done} of ${n} uploaded`],
  noPhotos: ['没有照片', 'No photos'],
  photoRefused: ['有照片未被接收，可补拍后在案件里补充', 'A photo was not accepted. Take it again and add it to the case'],
  again: ['再报一条', 'Report another'],
  look: ['查看', 'View'],
  home: ['回首页', 'Home'],
  thanks: ['谢谢你，安全员会尽快定级。', 'Thank you. The safety officer will look at it soon.'],
  similar: ['附近有相似的上报，安全员会合并处理，你不用管', 'Similar reports exist. The safety officer will sort it out; nothing for you to do'],
  change: ['修改后重新提交', 'Change and submit again'],
  gone: ['这条记录已不在本机', 'This is no longer on the phone'],
});

export default function Saved({ id }: { id: string }) {
  useLanguage();
  const [, go] = useLocation();
  const { entries } = useOutbox();
  const entry = entries?.find((one) => one.id === id);
  const receipt = entry?.receipt;
  const isDeclined = entry?.state === 'attention';
  return (
    <Page
      title={t.title}
      onBack={() => go('/')}
      foot={
        <>
          <Button kind="plain" onClick={() => go(receipt ? `/case/${id}` : '/reports')}>{t.look}</Button>
          {isDeclined ? <Button onClick={() => go(`/report/again/${id}`)}>{t.change}</Button> : <Shoot
            className={css.again}
            label={t.again}
            onFiles={(files) => {
              handFiles(files);
              go('/report');
            }}
          >
            <Camera size={20} aria-hidden="true" /> {t.again}
          </Shoot>}
        </>
      }
    >
      {!entries && <Loading />}
      {entries && !entry && <Notice tone="quiet">{t.gone}</Notice>}
      {entry && <Progress entry={entry} />}
      {entry && <Similar entry={entry} onOpen={(other) => go(`/case/${other}`)} />}
      <Button kind="soft" onClick={() => go('/')}>{t.home}</Button>
    </Page>
  );
}

function Progress({ entry }: { entry: Entry }) {
  const believes = useOnline();
  const isOnline = believes && !isStranded(entry);
  const phase = phaseOf(entry);
  const isReported = Boolean(entry.receipt);
  const isRefused = phase === 'attention';
  const sent = entry.photos.filter((photo) => photo.sent).length;
  const isFiled = isReported && entry.photos.every((photo) => photo.level === 'durable');
  return (
    <section className={css.result} role="status" aria-live="polite">
      <div className={cx(css.mark, isReported && css.markDone, isRefused && css.markBad)}>
        {isRefused ? <CircleAlert size={46} strokeWidth={1.8} aria-hidden="true" /> : <Check size={46} strokeWidth={2.4} aria-hidden="true" />}
      </div>
      <h2>{isRefused ? t.refused : isReported ? t.reported : t.safe}</h2>
      <p className={css.what}>{entry.receipt?.number ? t.number(entry.receipt.number) : entry.title}</p>
      {isReported && <p className={css.thanks}>{t.thanks}</p>}
      <ol className={css.steps}>
        <Step isDone title={t.safe} below={t.kept} />
        <Step
          isDone={isReported}
          isBad={isRefused}
          isMoving={phase === 'sending'}
          title={isReported ? t.reported : t.step2}
          below={isReported ? entry.receipt?.number && t.number(entry.receipt.number) : (isRefused || (entry.tries > 0 && isOnline)) && entry.error ? entry.error.message : phase === 'sending' ? t.sending : isOnline ? t.waiting : t.offline}
        />
        <Step
          isDone={isFiled}
          isBad={phase === 'refused'}
          isMoving={isReported && !isFiled && isOnline}
          title={t.step3}
          below={phase === 'refused' ? entry.photos.find((photo) => photo.problem)?.problem ?? t.photoRefused : entry.photos.length === 0 ? t.noPhotos : isFiled ? t.filed(entry.photos.length) : t.filing(sent, entry.photos.length)}
        />
      </ol>
    </section>
  );
}

function Step({ isDone = false, isBad = false, isMoving = false, title, below }: { isDone?: boolean; isBad?: boolean; isMoving?: boolean; title: string; below?: string | undefined }) {
  return (
    <li className={cx(isDone && css.done, isBad && css.bad)}>
      <i aria-hidden="true">
        {isBad ? <CircleAlert size={16} /> : isDone ? <Check size={16} strokeWidth={3} /> : isMoving ? <LoaderCircle className={css.turning} size={16} /> : null}
      </i>
      <span>
        <b>{title}</b>
        {below && <small>{below}</small>}
      </span>
    </li>
  );
}

type Answered = FieldReportMutation['reportHazard']['result'];

function Similar({ entry, onOpen }: { entry: Entry; onOpen: (id: string) => void }) {
  const similar = (entry.receipt?.result as Answered | undefined)?.similar ?? [];
  if (!similar.length) return null;
  return (
    <section className={css.similar}>
      <p><Copy size={18} aria-hidden="true" /> {t.similar}</p>
      {similar.slice(0, 3).map((one) => (
        <Row key={one.caseId} title={one.title ?? one.number ?? ''} below={one.number} tail={`${one.percent}%`} onClick={one.number ? () => onOpen(one.caseId) : undefined} />
      ))}
    </section>
  );
}
