/** How far the work is, as those who do it tell. */
import { Image, Progress } from 'antd';
import { words } from '@anhuan/i18n';
import { since } from '@anhuan/i18n/time';
import { Panel } from '../shared/Page';
import { PersonName } from '../shared/parts';
import { steady } from '../shared/Photo';
import css from './case.module.css';
import type { Hazard } from './shape';

const t = words({ title: ['整改进展', 'Progress'], photo: ['进展照片', 'Photo'], percent: ['完成进度', 'Done so far'] });

/** Newest first; nothing before there is any. */
export function ProgressNotes({ hazard }: { hazard: Hazard }) {
  if (!hazard.progress.length) return null;
  const notes = [...hazard.progress].reverse();
  const percent = notes.find((note) => note.percent !== null && note.percent !== undefined)?.percent;
  return (
    <Panel title={t.title} small={hazard.progress.length}>
      {typeof percent === 'number' && <Progress percent={percent} size="small" aria-label={t.percent} />}
      <ul className={css.talk}>
        {notes.map((note) => (
          <li key={note.id}>
            <div className={css.talkHead}>
              <PersonName of={note.author} /> {typeof note.percent === 'number' && <b>{note.percent}%</b>} <small>{since(note.createdAt)}</small>
            </div>
            <p>{note.note}</p>
            <div className={css.thumbs}>
              {note.evidence.flatMap((one) => (one.thumbnailUrl && one.viewUrl ? [<Image key={one.id} width={72} height={72} src={steady(one.id, one.thumbnailUrl)} preview={{ src: one.viewUrl }} alt={t.photo} />] : []))}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
