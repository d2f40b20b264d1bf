/** All pictures and files of a case by what they show, in a viewer that turns and enlarges; before and after laid over one another. */
import { useState } from 'react';
import { DiffOutlined, FileTextOutlined, WarningOutlined } from '@ant-design/icons';
import { Button, Image, Tooltip } from 'antd';
import { words } from '@anhuan/i18n';
import { moment, near } from '@anhuan/i18n/time';
import { Panel } from '../shared/Page';
import { steady } from '../shared/Photo';
import { Empty } from '../shared/states';
import css from './case.module.css';
import { Compare } from './Compare';
import { purposeName } from './purposes';
import { byPurpose, comparable, type Case, type Piece } from './shape';

const t = words({
  title: ['照片与附件', 'Photos and files'],
  none: ['还没有照片', 'No photos yet'],
  compare: ['整改前后对比', 'Compare before and after'],
  waiting: ['上传中', 'On its way'],
  refused: ['未通过核验', 'Not taken'],
  by: [(who: string, at: string) => `${who} · ${at}`, (who: string, at: string) => `${who} · ${at}`],
  taken: [(at: string) => `拍摄于 ${at}`, (at: string) => `taken ${at}`],
});

/** Pictures by purpose, in the order of the work. */
export function Photos({ one }: { one: Case }) {
  const [isComparing, setComparing] = useState(false);
  const pair = comparable(one.evidence);
  const groups = byPurpose(one.evidence);
  return (
    <Panel title={t.title} small={one.evidence.length || undefined} acts={pair && <Button size="small" icon={<DiffOutlined />} onClick={() => setComparing(!isComparing)} aria-pressed={isComparing}>{t.compare}</Button>}>
      {groups.length === 0 && <Empty title={t.none} isSmall />}
      {isComparing && pair && <Compare before={pair.before} after={pair.after} />}
      <Image.PreviewGroup>
        <div className={css.groups}>
          {groups.map(({ purpose, pieces }) => (
            <div key={purpose} className={css.group}>
              <h3>{purposeName(purpose)}</h3>
              <div className={css.pictures}>
                {pieces.map((piece) => (
                  <One key={piece.id} piece={piece} />
                ))}
              </div>
            </div>
          ))}
        </div>
      </Image.PreviewGroup>
    </Panel>
  );
}

function One({ piece }: { piece: Piece }) {
  const label = `${purposeName(piece.purpose ?? 'other')} ${piece.name}`;
  const flags = piece.flags.map((flag) => flag.message).join(' ');
  return (
    <figure className={css.picture}>
      {piece.thumbnailUrl && piece.viewUrl ? (
        <Image src={steady(piece.id, piece.thumbnailUrl)} preview={{ src: piece.viewUrl }} alt={label} width={120} height={120} />
      ) : piece.downloadUrl ? (
        <a className={css.file} href={piece.downloadUrl} download={piece.name}>
          <FileTextOutlined />
          <span>{piece.name}</span>
        </a>
      ) : (
        <span className={css.file} data-state={piece.status}>{piece.status === 'REFUSED' ? t.refused : t.waiting}</span>
      )}
      <figcaption>
        {flags && (
          <Tooltip title={flags}>
            <WarningOutlined className={css.flag} tabIndex={0} aria-label={flags} />
          </Tooltip>
        )}{' '}
        <span title={piece.takenAt ? t.taken(moment(piece.takenAt)) : undefined}>{t.by(piece.uploadedBy?.name ?? '', near(piece.createdAt))}</span>
      </figcaption>
    </figure>
  );
}
