/** Photos of a case as a row of small pictures; a touch opens them large. */
import { words } from '@anhuan/i18n';
import { CloudOff, FileText, ImageOff, LoaderCircle } from 'lucide-react';
import { useState } from 'react';
import type { WorkPhotoFragment } from '../gql';
import { purposeName } from './purposes';
import css from './photos.module.css';
import { Viewer } from './Viewer';

const t = words({
  open: [(name: string) => `查看照片：${name}`, (name: string) => `Open photo: ${name}`],
  unsent: ['照片尚未传到', 'Photo not here yet'],
  refused: ['照片未被接受', 'Photo not taken'],
  offline: ['联网后可看', 'Needs network'],
  document: ['文件', 'File'],
});

/** The row; with `isNamed` each says what it shows. */
export function Shots({ photos, isNamed = false, onStale }: { photos: readonly WorkPhotoFragment[]; isNamed?: boolean; onStale?: (() => void) | undefined }) {
  const [open, setOpen] = useState<number | null>(null);
  const pictures = photos.filter((photo) => photo.viewUrl);
  return (
    <>
      <ul className={css.shots}>
        {photos.map((photo) => (
          <li key={photo.id}>
            <Shot photo={photo} onOpen={() => setOpen(pictures.indexOf(photo))} onStale={onStale} />
            {isNamed && <small>{purposeName(photo.purpose)}</small>}
          </li>
        ))}
      </ul>
      {open !== null && pictures.length > 0 && <Viewer photos={pictures} at={Math.max(0, open)} onClose={() => setOpen(null)} />}
    </>
  );
}

function Shot({ photo, onOpen, onStale }: { photo: WorkPhotoFragment; onOpen: () => void; onStale?: (() => void) | undefined }) {
  const [failed, setFailed] = useState<string | null>(null);
  const url = photo.thumbnailUrl ?? photo.viewUrl;
  if (photo.status === 'REFUSED') return <span className={css.gone}><ImageOff size={22} aria-hidden="true" />{t.refused}</span>;
  if (photo.status === 'REQUESTED') return <span className={css.gone}><LoaderCircle size={22} aria-hidden="true" />{t.unsent}</span>;
  if (!url && photo.downloadUrl)
    return (
      <a className={css.gone} href={photo.downloadUrl} target="_blank" rel="noreferrer">
        <FileText size={22} aria-hidden="true" />
        {photo.name || t.document}
      </a>
    );
  if (!url || failed === url) return <span className={css.gone}><CloudOff size={22} aria-hidden="true" />{t.offline}</span>;
  return (
    <button type="button" className={css.shot} onClick={onOpen} aria-label={t.open(purposeName(photo.purpose))}>
      <img
        src={url}
        alt=""
        loading="lazy"
        onError={() => {
          // Addresses of pictures live a few minutes: fresh ones are asked for once.
          setFailed(url);
          if (navigator.onLine) onStale?.();
        }}
      />
    </button>
  );
}
