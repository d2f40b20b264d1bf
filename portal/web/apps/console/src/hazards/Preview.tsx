/** A hazard beside the list: enough to decide whether to open it. */
import { Button, Descriptions, Drawer, Image } from 'antd';
import { useNavigate } from 'react-router';
import { named, words } from '@anhuan/i18n';
import { moment } from '@anhuan/i18n/time';
import { clockWords } from '@anhuan/work/case/clock';
import { doingName, doingsOf, type Doing } from '../case/doings';
import { LedgerPreview } from '../gql';
import { Due, Grade, PersonName, Tag } from '../shared/parts';
import { FRESH, steady } from '../shared/Photo';
import { BESIDE } from '../shared/keys';
import { useAnswer } from '../shared/query';
import { useWho } from '../shared/rights';
import { Loading, Trouble, Empty } from '../shared/states';
import { useHref } from '../shared/unit';
import css from './ledger.module.css';

const t = words({
  open: ['查看详情', 'Open'],
  where: ['位置', 'Where'],
  kind: ['类别', 'Kind'],
  by: ['上报', 'Reported'],
  responsible: ['责任', 'Responsible'],
  due: ['期限', 'Due'],
  stage: ['环节', 'Stage'],
  progress: ['最新进展', 'Latest progress'],
  photo: ['现场照片', 'Photo'],
  gone: ['找不到这条隐患', 'This hazard is not there'],
  none: ['未派发', 'Not assigned'],
});

/** A drawer without a veil: the list beside it goes on working. */
export function Preview({ id, onDo, onClose }: { id: string; onDo: (doing: Doing) => void; onClose: () => void }) {
  const { data, error, isLoading, refetch } = useAnswer(LedgerPreview, { id }, [`case:${id}`], { every: FRESH });
  const me = useWho()?.person.id ?? null;
  const go = useNavigate();
  const href = useHref();
  const hazard = data?.hazard;
  const main = hazard ? doingsOf({ ...hazard, stopOrders: [] }, me).main : [];
  const latest = hazard?.progress[hazard.progress.length - 1];
  return (
    <Drawer
      open
      mask={false}
      rootClassName={BESIDE}
      size={440}
      onClose={onClose}
      title={hazard?.number ?? '…'}
      extra={<Button type={main.length ? 'default' : 'primary'} size="small" onClick={() => void go(href(`/case/${id}`))}>{t.open}</Button>}
      footer={main.length > 0 ? main.map((one) => <Button key={one} type="primary" onClick={() => onDo(one)}>{doingName(one)}</Button>) : null}
    >
      {isLoading && <Loading rows={8} />}
      {error && !data && <Trouble problem={error} onAgain={refetch} isSmall />}
      {data && !hazard && <Empty title={t.gone} isSmall />}
      {hazard && (
        <>
          <div className={css.previewHead}>
            <Grade of={hazard.grade} /> <Tag tone="brand">{hazard.stageName}</Tag>
          </div>
          <h3 className={css.previewTitle}>{hazard.title}</h3>
          {hazard.description && hazard.description !== hazard.title && <p className={css.previewWords}>{hazard.description}</p>}
          {hazard.evidence.some((one) => one.thumbnailUrl) && (
            <Image.PreviewGroup>
              <div className={css.photos}>
                {hazard.evidence.flatMap((one) => (one.thumbnailUrl && one.viewUrl ? [<Image key={one.id} width={92} height={92} src={steady(one.id, one.thumbnailUrl)} preview={{ src: one.viewUrl }} alt={t.photo} style={{ objectFit: 'cover', borderRadius: 6 }} />] : []))}
              </div>
            </Image.PreviewGroup>
          )}
          <Descriptions
            column={1}
            size="small"
            items={[
              { key: 'due', label: t.due, children: <span><Due at={hazard.dueAt} isOver={hazard.status !== 'OPEN'} />{hazard.dueRule && hazard.status === 'OPEN' && <small className={css.quiet}> {clockWords(hazard.dueRule)}</small>}</span> },
              { key: 'responsible', label: t.responsible, children: hazard.responsible ? <PersonName of={hazard.responsible} /> : (hazard.responsibleUnit?.name ?? t.none) },
              { key: 'where', label: t.where, children: [hazard.unit?.name, hazard.area?.name, hazard.asset?.name, hazard.placeNote].filter(Boolean).join(' · ') },
              { key: 'kind', label: t.kind, children: named(hazard.type) },
              { key: 'by', label: t.by, children: <span><PersonName of={hazard.reporter} /> {moment(hazard.openedAt)}</span> },
              ...(latest ? [{ key: 'progress', label: t.progress, children: `${latest.percent === null || latest.percent === undefined ? '' : `${latest.percent}% · `}${latest.note}` }] : []),
            ]}
          />
        </>
      )}
    </Drawer>
  );
}
