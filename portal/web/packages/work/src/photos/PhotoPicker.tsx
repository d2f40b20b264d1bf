/** Photos to go with an act: the camera, what was taken, why a file cannot be used. */
import { words } from '@anhuan/i18n';
import { PhotoError, prepare } from '@anhuan/bridge/photo';
import { watermark } from '@anhuan/bridge/watermark';
import type { PhotoIn } from '@anhuan/outbox';
import { whoIsHere } from '@anhuan/wire';
import { Camera, X } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { v7 } from 'uuid';
import css from './photos.module.css';

const t = words({
  take: ['拍照', 'Take photo'],
  more: ['再拍一张', 'One more'],
  busy: ['正在处理…', 'Processing…'],
  remove: [(n: number) => `移除第 ${n} 张照片`, (n: number) => `Remove photo ${n}`],
  optional: ['可不拍', 'optional'],
  required: [(n: number) => `至少 ${n} 张`, (n: number) => `${n} at least`],
  empty: ['这个文件是空的，请重新拍照', 'This file is empty. Take the photo again'],
  type: ['请选择照片文件', 'Choose a photo'],
  heic: ['本机打不开这种格式（HEIC），请在相机设置里选“兼容性最佳”后重拍', 'This device cannot open HEIC. Choose “most compatible” in the camera settings and take it again'],
  huge: ['照片太大，请用普通分辨率重拍', 'The photo is too large. Take it at usual resolution'],
  corrupt: ['照片已损坏，请重新拍照', 'The photo is damaged. Take it again'],
  full: [(n: number) => `最多 ${n} 张`, (n: number) => `${n} photos at most`],
});

export interface PhotoPickerProps {
  label: string;
  photos: readonly PhotoIn[];
  onChange: (photos: PhotoIn[]) => void;
  /** How many there have to be; none: they are optional. */
  least?: number;
  most?: number;
  place?: string | undefined;
  wrong?: string | null;
}

/** One set of photos for one purpose. */
export function PhotoPicker({ label, photos, onChange, least = 0, most = 9, place, wrong }: PhotoPickerProps) {
  const id = useId();
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  /** As they are by the time that the next one is ready: one may have been taken away meanwhile. */
  const latest = useRef(photos);
  useEffect(() => {
    latest.current = photos;
  });

  async function add(files: readonly File[]): Promise<void> {
    setFault(files.length + photos.length > most ? t.full(most) : null);
    setBusy(true);
    for (const file of files.slice(0, most - photos.length)) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- one after the other: a cheap phone has memory for one picture
        const made = await taken(file, place);
        latest.current = [...latest.current, made];
        onChange([...latest.current]);
      } catch (problem) {
        setFault(problem instanceof PhotoError ? t[problem.fault] : t.corrupt);
      }
    }
    setBusy(false);
  }

  const said = fault ?? wrong;
  return (
    <div role="group" aria-labelledby={id}>
      <span id={id} className={css.label}>
        {label}
        {least > 0 ? <em>{t.required(least)}</em> : <i>{t.optional}</i>}
      </span>
      <div className={css.picker}>
        {photos.map((photo, index) => (
          <div key={photo.id} className={css.taken}>
            <img src={photo.thumbnail} alt={`${label} ${index + 1}`} />
            <button type="button" aria-label={t.remove(index + 1)} onClick={() => onChange(photos.filter((one) => one !== photo))}><X size={24} /></button>
          </div>
        ))}
        {photos.length < most && (
          <label className={css.take}>
            <Camera size={26} aria-hidden="true" />
            {isBusy ? t.busy : photos.length ? t.more : t.take}
            <input
              type="file"
              accept="image/*"
              capture="environment"
              aria-label={`${label}：${photos.length ? t.more : t.take}`}
              disabled={isBusy}
              onChange={(event) => {
                const files = [...(event.currentTarget.files ?? [])];
                // The same file chosen again is a change too.
                event.currentTarget.value = '';
                void add(files);
              }}
            />
          </label>
        )}
      </div>
      {said && <p className={css.wrong} role="alert">{said}</p>}
    </div>
  );
}

async function taken(file: File, place: string | undefined): Promise<PhotoIn> {
  const who = whoIsHere();
  const { data, mime, thumbnail, takenAt } = await prepare(file, (at) => watermark({ at, place, person: who?.person.name ?? '', company: who?.company.name ?? '' }));
  const id = v7();
  return { id, name: `${id}.jpg`, mime, data, thumbnail, takenAt };
}
