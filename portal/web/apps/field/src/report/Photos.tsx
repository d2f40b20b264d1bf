/** The photos of a report: taken, looked at, taken again, removed. */
import { words } from '@anhuan/i18n';
import type { PhotoIn } from '@anhuan/outbox';
import { Button, IconButton, Sheet } from '@anhuan/ui';
import { Camera, Images, LoaderCircle, Plus, Trash2, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import css from './report.module.css';
import { Shoot } from './Shoot';
import { MOST } from './use-photos';

const t = words({
  first: ['拍照', 'Take a photo'],
  firstMore: ['点这里直接打开相机', 'Opens the camera at once'],
  more: ['再拍一张', 'One more'],
  gallery: ['从相册选', 'From the gallery'],
  working: ['处理中…', 'Working…'],
  photo: [(n: number) => `第 ${n} 张照片，点开查看`, (n: number) => `Photo ${n}, open it`],
  remove: [(n: number) => `删除第 ${n} 张照片`, (n: number) => `Remove photo ${n}`],
  look: ['查看照片', 'Photo'],
  again: ['重拍', 'Take again'],
  away: ['删除', 'Remove'],
});

export function Photos({ photos, busy, wrong, onFiles, onRemove }: { photos: readonly PhotoIn[]; busy: number; wrong?: string | undefined; onFiles: (files: File[]) => void; onRemove: (id: string) => void }) {
  const [shown, setShown] = useState<PhotoIn | null>(null);
  const isEmpty = photos.length === 0 && busy === 0;
  if (isEmpty)
    return (
      <div className={css.first}>
        <Shoot className={css.firstShot} label={t.first} onFiles={onFiles}>
          <span className={css.lens}><Camera size={34} aria-hidden="true" /></span>
          <b>{t.first}</b>
          <small>{t.firstMore}</small>
        </Shoot>
        <Shoot className={css.gallery} label={t.gallery} isCamera={false} onFiles={onFiles}>
          <Images size={18} aria-hidden="true" /> {t.gallery}
        </Shoot>
      </div>
    );
  return (
    <div>
      <div className={css.photos}>
        {photos.map((photo, index) => (
          <div key={photo.id} className={css.photo}>
            <button type="button" className={css.open} onClick={() => setShown(photo)} aria-label={t.photo(index + 1)}>
              <img src={photo.thumbnail} alt="" />
            </button>
            <IconButton className={css.away} label={t.remove(index + 1)} onClick={() => onRemove(photo.id)}><X size={18} /></IconButton>
          </div>
        ))}
        {Array.from({ length: busy }, (_, index) => (
          <div key={index} className={css.working} role="status">
            <LoaderCircle size={26} aria-hidden="true" />
            <span>{t.working}</span>
          </div>
        ))}
        {photos.length + busy < MOST && (
          <Shoot className={css.add} label={t.more} onFiles={onFiles}>
            <Plus size={28} aria-hidden="true" />
            <span>{t.more}</span>
          </Shoot>
        )}
      </div>
      {photos.length + busy < MOST && (
        <Shoot className={css.gallery} label={t.gallery} isCamera={false} onFiles={onFiles}>
          <Images size={18} aria-hidden="true" /> {t.gallery}
        </Shoot>
      )}
      {wrong && <p className={css.wrong} role="alert">{wrong}</p>}
      {shown && (
        <Sheet title={t.look} onClose={() => setShown(null)}>
          <Large photo={shown} />
          <div className={css.pair}>
            <Button kind="danger" onClick={() => { onRemove(shown.id); setShown(null); }}><Trash2 size={20} /> {t.away}</Button>
            <Shoot className={css.again} label={t.again} onFiles={(files) => { onRemove(shown.id); setShown(null); onFiles(files); }}>
              <Camera size={20} aria-hidden="true" /> {t.again}
            </Shoot>
          </div>
        </Sheet>
      )}
    </div>
  );
}

function Large({ photo }: { photo: PhotoIn }) {
  const [address] = useState(() => URL.createObjectURL(new Blob([photo.data], { type: photo.mime })));
  useEffect(() => () => URL.revokeObjectURL(address), [address]);
  return <img className={css.large} src={address} alt={t.look} />;
}
