/** Before and after in one frame, with a slider between them. */
import { words } from '@anhuan/i18n';
import { useState } from 'react';
import type { WorkPhotoFragment } from '../gql';
import css from './photos.module.css';
import { purposeName } from './purposes';

const t = words({
  slide: ['左右拖动，对比整改前后', 'Drag to compare before and after'],
  percent: [(n: number) => `整改前占 ${n}%`, (n: number) => `${n}% before`],
});

/** The latest of each. */
export function Compare({ before, after }: { before: WorkPhotoFragment; after: WorkPhotoFragment }) {
  const [share, setShare] = useState(50);
  return (
    <figure className={css.compare}>
      <div className={css.pair}>
        <img src={after.viewUrl ?? ''} alt={purposeName('after')} />
        <img src={before.viewUrl ?? ''} alt={purposeName('before')} style={{ clipPath: `inset(0 ${100 - share}% 0 0)` }} />
        <span className={css.edge} style={{ left: `${share}%` }} aria-hidden="true" />
        <span className={css.left}>{purposeName('before')}</span>
        <span className={css.right}>{purposeName('after')}</span>
        <input type="range" min={0} max={100} value={share} aria-label={t.slide} aria-valuetext={t.percent(share)} onInput={(event) => setShare(Number(event.currentTarget.value))} />
      </div>
      <figcaption>{t.slide}</figcaption>
    </figure>
  );
}
