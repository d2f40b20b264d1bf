/** Photos as large as the screen: swipe to the next, pinch or double-tap to look closer. */
import { words } from '@anhuan/i18n';
import { moment } from '@anhuan/i18n/time';
import { useWayBack } from '@anhuan/ui';
import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { WorkPhotoFragment } from '../gql';
import css from './photos.module.css';
import { purposeName } from './purposes';
import { Zoom } from './Zoom';

const t = words({
  viewer: ['照片', 'Photos'],
  close: ['关闭', 'Close'],
  before: ['上一张', 'Previous photo'],
  after: ['下一张', 'Next photo'],
  taken: [(at: string) => `拍摄于 ${at}`, (at: string) => `Taken ${at}`],
});

/** Over everything; Escape, the cross and the phone's way back close it. */
export function Viewer({ photos, at, onClose }: { photos: readonly WorkPhotoFragment[]; at: number; onClose: () => void }) {
  const [index, setIndex] = useState(at);
  const box = useRef<HTMLDivElement>(null);
  const strip = useRef<HTMLDivElement>(null);
  const close = useRef<HTMLButtonElement>(null);
  const [isClose, setClose] = useState(false);
  useWayBack(onClose);

  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') onClose();
      if (event.key === 'ArrowLeft') show(index - 1);
      if (event.key === 'ArrowRight') show(index + 1);
      if (event.key === 'Tab' && box.current) hold(event, box.current);
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  });

  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    close.current?.focus();
    const row = strip.current;
    if (row) row.scrollLeft = at * row.clientWidth;
    return () => before?.focus();
  }, [at]);

  function show(next: number): void {
    const row = strip.current;
    if (!row || next < 0 || next >= photos.length) return;
    row.scrollLeft = next * row.clientWidth;
    setIndex(next);
  }

  const photo = photos[index];
  const flags = photo?.flags ?? [];
  return (
    <div ref={box} className={css.viewer} role="dialog" aria-modal="true" aria-label={t.viewer}>
      <div className={css.viewerBar}>
        <span>{index + 1} / {photos.length}</span>
        <b>{purposeName(photo?.purpose)}</b>
        <button ref={close} type="button" aria-label={t.close} onClick={onClose}><X size={26} /></button>
      </div>
      <div
        ref={strip}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached without a finger too
        tabIndex={0}
        role="group"
        aria-label={t.viewer}
        className={isClose ? css.stripHeld : css.strip}
        onScroll={(event) => {
          const row = event.currentTarget;
          if (row.clientWidth) setIndex(Math.round(row.scrollLeft / row.clientWidth));
        }}
      >
        {photos.map((one) => (
          <div key={one.id} className={css.frame}>
            <Zoom src={one.viewUrl ?? ''} label={purposeName(one.purpose)} onZoom={setClose} />
          </div>
        ))}
      </div>
      {photos.length > 1 && (
        <>
          <button type="button" className={css.previous} aria-label={t.before} disabled={index === 0} onClick={() => show(index - 1)}><ChevronLeft size={30} /></button>
          <button type="button" className={css.next} aria-label={t.after} disabled={index === photos.length - 1} onClick={() => show(index + 1)}><ChevronRight size={30} /></button>
        </>
      )}
      <div className={css.caption}>
        {photo && <p>{[photo.uploadedBy?.name, photo.takenAt && t.taken(moment(photo.takenAt))].filter(Boolean).join(' · ')}</p>}
        {flags.map((flag) => <p key={flag.code} className={css.flag}>{flag.message}</p>)}
      </div>
    </div>
  );
}

/** The focus stays among the buttons of the viewer. */
function hold(event: KeyboardEvent, box: HTMLElement): void {
  const all = box.querySelectorAll<HTMLElement>('button:not(:disabled)');
  const first = all[0];
  const last = all[all.length - 1];
  if (event.shiftKey && document.activeElement === first) {
    event.preventDefault();
    last?.focus();
  } else if (!event.shiftKey && document.activeElement === last) {
    event.preventDefault();
    first?.focus();
  }
}
