/** Report a hazard in three taps: the photo is already here, one tile, one button. */
import { handOver } from '@anhuan/bridge';
import { words } from '@anhuan/i18n';
import { span } from '@anhuan/i18n/time';
import { useLanguage } from '@anhuan/i18n/react';
import { StorageError } from '@anhuan/outbox';
import { Button, closeTop, Notice, Page, Sheet, toast } from '@anhuan/ui';
import { clockOffset } from '@anhuan/wire';
import { back } from '@anhuan/work';
import { CircleAlert, Clock3, History, ScanLine, Send } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { saidOf, type Declined, type Part } from './declined';
import { exportReport } from './export-report';
import { scanFor, takeFiles } from './handed';
import { Kinds } from './Kinds';
import { Photos } from './Photos';
import { PlaceRow } from './PlaceRow';
import css from './report.module.css';
import { submit } from './submit';
import { usePhotos } from './use-photos';
import { useReport } from './use-report';
import { Words } from './Words';

const t = words({
  title: ['上报隐患', 'Report a hazard'],
  titleAgain: ['修改上报', 'Change the report'],
  declined: ['没有被接受，请按提示修改后重新提交。', 'It was not accepted. Change what is marked and submit it again.'],
  at: [(what: string, why: string) => `${what}：${why}`, (what: string, why: string) => `${what}: ${why}`],
  photos: ['照片', 'Photos'],
  kind: ['隐患类型', 'Kind'],
  place: ['位置', 'Place'],
  text: ['补充说明', 'Remark'],
  placeGone: ['（已去掉，可重新选择，也可不选）', ' (taken out; choose another or leave it out)'],
  resend: ['重新提交', 'Submit again'],
  send: ['提交', 'Submit'],
  sending: ['正在保存…', 'Saving…'],
  needPhoto: ['请拍一张照片，或写一句说明', 'Take a photo or write a few words'],
  needKind: ['请点选隐患类型', 'Tap the kind of hazard'],
  level: ['等级由安全员来定，你只管报。时间、位置、班组系统会自动带上。', 'The safety officer judges how grave it is. Time, place and team are added for you.'],
  restored: ['已恢复上次没提交的内容', 'What you had not submitted is back'],
  older: ['上次有一条没提交', 'An earlier report was not submitted'],
  olderMore: [(ago: string, n: number) => `${ago}前写的，${n} 张照片还在本机。`, (ago: string, n: number) => `Begun ${ago} ago; ${n} photos are still here.`],
  goOn: ['接着上次的', 'Go on with it'],
  anew: ['不要了，重新报', 'Discard it'],
  clock: [(off: string) => `本机时间与服务器相差约 ${off}，请到系统设置里校准时间。仍可上报。`, (off: string) => `This phone's clock is about ${off} off. Please set it right; you can report all the same.`],
  failed: ['没有保存成功', 'It could not be saved'],
  failedMore: ['内容都还在本页。请重试，或导出发给安全员。', 'Everything is still on this page. Try again, or hand it to your safety officer.'],
  again: ['重试', 'Try again'],
  export: ['导出 / 发给安全员', 'Export or share'],
  exportTitle: ['未能保存的隐患上报', 'Hazard report that could not be saved'],
  scan: ['扫码', 'Scan'],
});

const PARTS: readonly Part[] = ['general', 'photos', 'kind', 'place', 'text'];
const CLOCK = 5 * 60_000;
const ENOUGH = 4;

/** A new report, or one that was declined. */
export default function Report({ declined }: { declined?: Declined }) {
  useLanguage();
  const [, go] = useLocation();
  const making = useReport(declined);
  const { report, photos, change, addPhoto } = making;
  const { busy, take } = usePhotos(report, photos.length, addPhoto);
  const [isSaving, setSaving] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [isTried, setTried] = useState(false);

  useEffect(() => {
    void take(takeFiles());
  }, [take]);

  const hasSomething = photos.length > 0 || report.text.trim().length > 0;
  const hasKind = report.kind !== null || report.text.trim().length >= ENOUGH;
  const missing = !hasSomething && busy === 0 ? t.needPhoto : hasKind ? null : t.needKind;

  async function send(): Promise<void> {
    setTried(true);
    if (missing || isSaving || busy > 0) {
      if (missing) toast(missing);
      return;
    }
    setSaving(true);
    // The same content again must be the same command: its moment is chosen once.
    const now = report.seenAt ?? Date.now();
    change({ seenAt: now });
    // From here on it is the outbox's: a draft written meanwhile would bring it back after it was sent.
    making.hold(true);
    try {
      await submit(report, photos, now, declined);
      navigator.vibrate?.(40);
      go(`/report/saved/${report.id}`, { replace: true });
    } catch (problem) {
      making.hold(false);
      setFailure(problem instanceof StorageError ? problem.message : t.failedMore);
    } finally {
      setSaving(false);
    }
  }

  const off = clockOffset() ?? 0;
  const wrong = (part: Part): string | undefined => declined && saidOf(part, declined, report, photos);
  return (
    <Page
      title={declined ? t.titleAgain : t.title}
      onBack={() => back(go, declined ? '/reports' : '/')}
      side={<button type="button" className={css.scan} onClick={() => go(scanFor(declined?.report.id))}><ScanLine size={20} aria-hidden="true" /> {t.scan}</button>}
      foot={<Button kind={missing ? 'soft' : 'primary'} className={css.send} disabled={isSaving || busy > 0} onClick={() => void send()}><Send size={20} aria-hidden="true" /> {isSaving ? t.sending : declined ? t.resend : t.send}</Button>}
    >
      {Math.abs(off) > CLOCK && <Notice tone="warn" picture={<Clock3 size={20} aria-hidden="true" />}>{t.clock(span(off))}</Notice>}
      {making.wasRestored && <Notice tone="brand" picture={<History size={20} aria-hidden="true" />}>{t.restored}</Notice>}
      {declined && <Notice tone="major" picture={<CircleAlert size={20} aria-hidden="true" />}>
          <p>{t.declined}</p>
          {PARTS.map((part) => wrong(part) && <p key={part}>{part === 'general' ? wrong(part) : t.at(t[part], wrong(part)!)}</p>)}
        </Notice>}
      <Photos photos={photos} busy={busy} wrong={wrong('photos')} onFiles={(files) => void take(files)} onRemove={making.removePhoto} />
      <Kinds value={report.kind} isMissing={isTried && !hasKind} wrong={wrong('kind')} onChange={(kind) => change({ kind })} />
      <section className={css.box}>
        <PlaceRow report={report} locating={making.locating} wrong={wrong('place') && `${wrong('place')}${report.spot ? '' : t.placeGone}`} scan={scanFor(declined?.report.id)} onChange={change} />
        <Words value={report.text} wrong={wrong('text')} onChange={(text) => change({ text })} />
      </section>
      <p className={css.level}>{t.level}</p>
      {making.older && (
        <Sheet title={t.older} onClose={() => making.decide(true)}>
          <p className={css.sheetText}>{t.olderMore(span(making.older.age), making.older.photos)}</p>
          <div className={css.pair}>
            <Button kind="plain" onClick={() => making.decide(false)}>{t.anew}</Button>
            <Button onClick={() => making.decide(true)}>{t.goOn}</Button>
          </div>
        </Sheet>
      )}
      {failure !== null && (
        <Sheet title={t.failed} onClose={() => setFailure(null)}>
          <p className={css.sheetText}>{failure}</p>
          <div className={css.stack}>
            <Button onClick={() => void closeTop().then(send)}>{t.again}</Button>
            <Button kind="soft" onClick={() => void exportReport(report, photos).then((file) => handOver(file, `${report.id}.html`, t.exportTitle))}>{t.export}</Button>
          </div>
        </Sheet>
      )}
    </Page>
  );
}
