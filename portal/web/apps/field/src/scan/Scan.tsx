/** Scan a label on site: live picture, light, a photo instead, or the code by hand. */
import { CameraError, labelIn, openCamera, readPhoto, type Camera } from '@anhuan/bridge';
import { words } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { Button, closeTop, cx, IconButton, Sheet, TextField, toast } from '@anhuan/ui';
import { back } from '@anhuan/work';
import { ChevronLeft, Flashlight, FlashlightOff, Image as ImageIcon, Keyboard } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { knownPlaces, spotOfLabel } from '../place/places';
import { handSpot, waitingReport } from '../report/handed';
import { Shoot } from '../report/Shoot';
import css from './scan.module.css';

const t = words({
  title: ['扫码', 'Scan'],
  back: ['返回', 'Back'],
  aim: ['对准现场或设备上的二维码', 'Aim at the label of the place or machine'],
  light: ['打开手电', 'Light on'],
  dark: ['关闭手电', 'Light off'],
  photo: ['选照片', 'Photo'],
  type: ['输入编号', 'Type it'],
  typeTitle: ['输入标签编号', 'Type the code of the label'],
  code: ['标签编号', 'Code'],
  codeHint: ['印在二维码下方', 'Printed below the label'],
  go: ['查看', 'Open'],
  notOurs: ['这不是安环的二维码', 'This is not a label of ours'],
  unread: ['照片里没有认出二维码，请靠近再拍', 'No code was found in the photo. Come closer and try again'],
  denied: ['没有相机权限', 'No permission for the camera'],
  deniedMore: ['请在系统设置里允许使用相机；也可以选照片或输入编号。', 'Allow the camera in the settings of the phone, or use a photo or type the code.'],
  missing: ['这里打不开相机画面', 'The camera cannot be shown here'],
  missingMore: ['可以用“选照片”直接拍一张二维码，或者输入编号。', 'Take a photo of the label with “Photo”, or type the code.'],
  busy: ['相机正被其他应用占用', 'Another app holds the camera'],
  busyMore: ['关闭其他相机应用后重试，或者选照片。', 'Close it and try again, or use a photo.'],
  again: ['重试', 'Try again'],
  opening: ['正在打开相机…', 'Opening the camera…'],
});

const PAUSE = 2_500;

export default function Scan() {
  useLanguage();
  const [tries, setTries] = useState(0);
  return <Finder key={tries} onAgain={() => setTries(tries + 1)} />;
}

function Finder({ onAgain }: { onAgain: () => void }) {
  const [, go] = useLocation();
  const report = waitingReport(useSearch());
  const video = useRef<HTMLVideoElement>(null);
  const [camera, setCamera] = useState<Camera | null>(null);
  const [fault, setFault] = useState<'denied' | 'missing' | 'busy' | null>(null);
  const [isLit, setLit] = useState(false);
  const [isTyping, setTyping] = useState(false);

  async function found(label: string): Promise<void> {
    // From the sheet for typing too one leaves the scanner itself, so that the way back does not lead into it.
    await closeTop();
    if (report) {
      const spot = spotOfLabel(await knownPlaces(), label);
      if (spot) {
        handSpot(spot);
        go(report, { replace: true });
        return;
      }
    }
    go(`/q/${encodeURIComponent(label)}${report ? `?for=${report.slice(1)}` : ''}`, { replace: true });
  }
  const latest = useRef(found);
  useEffect(() => {
    latest.current = found;
  });

  useEffect(() => {
    document.title = t.title;
    let isHere = true;
    let open: Camera | null = null;
    let told = 0;
    openCamera(video.current!, (text) => {
      const label = labelIn(text);
      if (label) {
        navigator.vibrate?.(30);
        open?.stop();
        void latest.current(label);
      } else if (Date.now() - told > PAUSE) {
        told = Date.now();
        toast(t.notOurs);
      }
    }).then(
      (made) => {
        open = made;
        if (isHere) setCamera(made);
        else made.stop();
      },
      (problem: unknown) => isHere && setFault(problem instanceof CameraError ? problem.fault : 'missing'),
    );
    return () => {
      isHere = false;
      open?.stop();
    };
  }, []);

  async function fromPhoto([file]: File[]): Promise<void> {
    const text = file && (await readPhoto(file).catch(() => undefined));
    const label = text && labelIn(text);
    if (label) await found(label);
    else toast(text ? t.notOurs : t.unread);
  }

  const more = fault && { denied: t.deniedMore, missing: t.missingMore, busy: t.busyMore }[fault];
  return (
    <div className={css.scan}>
      <video ref={video} className={css.video} muted playsInline aria-hidden="true" />
      <header className={css.bar}>
        <IconButton label={t.back} onClick={() => back(go, '/')}><ChevronLeft size={28} /></IconButton>
        <h1>{t.title}</h1>
        <span className={css.space} />
      </header>
      <main className={css.middle}>
        {fault ? (
          <div className={css.fault} role="status">
            <b>{t[fault]}</b>
            <p>{more}</p>
            <Button onClick={onAgain}>{t.again}</Button>
          </div>
        ) : (
          <>
            <div className={cx(css.frame, camera && css.alive)} aria-hidden="true"><i /></div>
            <p className={css.aim} role="status">{camera ? t.aim : t.opening}</p>
          </>
        )}
      </main>
      <footer className={css.tools}>
        <Shoot className={css.tool} label={t.photo} isCamera={false} onFiles={(files) => void fromPhoto(files)}>
          <span><ImageIcon size={26} aria-hidden="true" /></span>{t.photo}
        </Shoot>
        {camera?.hasLight && (
          <button type="button" className={css.tool} aria-pressed={isLit} onClick={() => void camera.light(!isLit).then(() => setLit(!isLit), () => undefined)}>
            <span>{isLit ? <FlashlightOff size={26} aria-hidden="true" /> : <Flashlight size={26} aria-hidden="true" />}</span>{isLit ? t.dark : t.light}
          </button>
        )}
        <button type="button" className={css.tool} onClick={() => setTyping(true)}>
          <span><Keyboard size={26} aria-hidden="true" /></span>{t.type}
        </button>
      </footer>
      {isTyping && <Typed onClose={() => setTyping(false)} onFound={(label) => void found(label)} />}
    </div>
  );
}

function Typed({ onClose, onFound }: { onClose: () => void; onFound: (label: string) => void }) {
  const [typed, setTyped] = useState('');
  const [isWrong, setWrong] = useState(false);
  return (
    <Sheet title={t.typeTitle} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const label = labelIn(typed);
          if (label) onFound(label);
          else setWrong(true);
        }}
      >
        <TextField label={t.code} hint={t.codeHint} wrong={isWrong ? t.notOurs : null} value={typed} autoCapitalize="none" autoCorrect="off" spellCheck={false} onChange={(event) => { setTyped(event.currentTarget.value); setWrong(false); }} />
        <div className={css.typed}><Button type="submit" disabled={!typed.trim()}>{t.go}</Button></div>
      </form>
    </Sheet>
  );
}
