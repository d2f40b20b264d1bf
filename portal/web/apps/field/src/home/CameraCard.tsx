/** 随手拍: the card is the camera button itself. */
import { words } from '@anhuan/i18n';
import { Camera, ChevronRight, PenLine } from 'lucide-react';
import { Link, useLocation } from 'wouter';
import { handFiles } from '../report/handed';
import { Shoot } from '../report/Shoot';
import css from './home.module.css';

const t = words({
  snap: ['随手拍隐患', 'Snap a hazard'],
  steps: ['拍照 → 选类型 → 提交', 'Photo → kind → submit'],
  words: ['不方便拍照？用文字上报', 'Cannot take a photo? Report in words'],
});

export function CameraCard() {
  const [, go] = useLocation();
  return (
    <section className={css.cameraCard} aria-label={t.snap}>
      <Shoot
        className={css.camera}
        label={t.snap}
        onFiles={(files) => {
          handFiles(files);
          go('/report');
        }}
      >
        <span className={css.lens}><Camera size={36} strokeWidth={1.9} aria-hidden="true" /></span>
        <span className={css.cameraMain}>
          <b>{t.snap}</b>
          <small>{t.steps}</small>
        </span>
        <ChevronRight size={22} aria-hidden="true" />
      </Shoot>
      <Link href="/report" className={css.wordsLink}>
        <PenLine size={17} aria-hidden="true" /> {t.words}
      </Link>
    </section>
  );
}
