/** Files on their way to photos: made ready one after the other, and what cannot be used is said in words. */
import { PhotoError, prepare, watermark, type PhotoFault } from '@anhuan/bridge';
import { words } from '@anhuan/i18n';
import { storage, type PhotoIn } from '@anhuan/outbox';
import { toast } from '@anhuan/ui';
import { useCallback, useEffect, useRef, useState } from 'react';
import { v7 } from 'uuid';
import { useWho } from '../session';
import type { Report } from './use-report';

/** A report has at most so many. */
export const MOST = 9;

const t = words({
  empty: ['这张照片是空文件，请重拍', 'This photo is an empty file. Take it again'],
  type: ['这不是照片，请选择图片', 'This is not a photo. Choose a picture'],
  heic: ['本机打不开 HEIC 照片，请在相机设置里改为“兼容性最佳（JPG）”，或直接拍照', 'This phone cannot open HEIC photos here. Set the camera to “Most compatible (JPEG)”, or take the photo from here'],
  huge: ['照片太大，请换一张或重拍', 'This photo is too large. Take it again'],
  corrupt: ['照片已损坏，打不开，请重拍', 'This photo is damaged. Take it again'],
  many: [`最多 ${MOST} 张照片`, `At most ${MOST} photos`],
  full: ['本机存储快满了，不能再加照片；文字仍可上报', 'The storage of this phone is nearly full: no more photos, but words can still be sent'],
});

/** Turns files into photos for `add`; `busy` is how many are being made ready. */
export function usePhotos(report: Report, count: number, add: (photo: PhotoIn) => void): { busy: number; take: (files: readonly File[]) => Promise<void> } {
  const who = useWho();
  const [busy, setBusy] = useState(0);
  const latest = useRef({ report, count });
  /** Those on their way count too: a second handful may come before the first is ready. */
  const coming = useRef(0);
  useEffect(() => {
    latest.current = { report, count };
  });
  const take = useCallback(async (files: readonly File[]) => {
    const room = Math.max(0, MOST - latest.current.count - coming.current);
    const taken = files.slice(0, room);
    if (files.length > room) toast(t.many);
    if (!taken.length) return;
    const change = (by: number): void => {
      coming.current += by;
      setBusy(coming.current);
    };
    change(taken.length);
    if ((await storage().catch(() => undefined))?.isFull) {
      toast(t.full);
      change(-taken.length);
      return;
    }
    for (const file of taken) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- two at once would need the memory of two, and a cheap phone has it for one
        const made = await prepare(file, (takenAt) => {
          const { spot, at } = latest.current.report;
          // A guess from an earlier report is not burned into a picture that is going to be evidence.
          return watermark({ at: takenAt, place: spot?.how === 'recent' ? undefined : spot?.name, position: at ?? undefined, person: who.person.name, company: who.company.name });
        });
        const id = v7();
        // A name of our own: those of galleries may be longer than the server keeps, or hold what is no text.
        add({ id, name: `${id}.jpg`, mime: made.mime, data: made.data, thumbnail: made.thumbnail, takenAt: made.takenAt });
      } catch (problem) {
        const fault: PhotoFault = problem instanceof PhotoError ? problem.fault : 'corrupt';
        toast(t[fault]);
      } finally {
        change(-1);
      }
    }
  }, [add, who.company.name, who.person.name]);
  return { busy, take };
}
