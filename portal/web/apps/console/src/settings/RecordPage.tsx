/** The record (操作记录): who did what when, sealed in a chain; taken away whole, and how anybody checks it. */
import { useState } from 'react';
import { App, Button, DatePicker, Select, Table } from 'antd';
import { DownloadOutlined } from '@ant-design/icons';
import type { Dayjs } from 'dayjs';
import { Link } from 'react-router';
import { words } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { moment } from '@anhuan/i18n/time';
import { ConsoleRecord, type ConsoleRecordQuery } from '../gql';
import { Answered } from '../shared/Answered';
import '../shared/calendar';
import { useDownload } from '../shared/DownloadButton';
import { Page, Panel } from '../shared/Page';
import { Pager, usePages } from '../shared/Pager';
import { PersonPick } from '../shared/PersonPick';
import { PersonName, Tag } from '../shared/parts';
import { touch, useAnswer } from '../shared/query';
import { may, useWho } from '../shared/rights';
import { Empty } from '../shared/states';
import { useHref } from '../shared/unit';
import { picked } from '../shared/zoned';
import { Head } from './Head';
import { KNOWN, recordAct, recordThing } from './acts';
import css from './settings.module.css';

const t = words({
  title: ['操作记录', 'Record'],
  about: ['每一次操作都留痕并按顺序上链、签名；改动、删除、插入任何一条都能查出来。', 'Every act is kept, chained in order and signed: a change, a gap or an insertion is found.'],
  export: ['导出全部记录', 'Export the record'],
  exportSure: ['导出全部操作记录？', 'Export the whole record?'],
  exportMore: ['文件包含本企业全部操作记录，请妥善保管；导出本身也会留痕。', 'The file holds all that was done in the company; keep it safe. The export itself is recorded.'],
  cancel: ['取消', 'Cancel'],
  act: ['操作', 'Act'],
  allActs: ['全部操作', 'All acts'],
  who: ['操作人', 'Who'],
  anyone: ['全部人员', 'Anyone'],
  when: ['时间', 'When'],
  what: ['对象', 'What'],
  sealed: ['存证', 'Seal'],
  pending: ['封存中', 'being sealed'],
  no: [(seq: string) => `第 ${seq} 号`, (seq: string) => `no. ${seq}`],
  system: ['系统', 'System'],
  hidden: ['（您无权查看）', '(not yours to see)'],
  details: ['明细', 'Details'],
  hash: ['链上哈希', 'Chain hash'],
  none: ['没有符合条件的记录', 'Nothing found'],
  noneMore: ['请放宽条件。', 'Ask for less.'],
});

const SIZE = 50;
type Entry = ConsoleRecordQuery['record']['edges'][number]['node'];

/** The screen. */
export default function RecordPage() {
  useLanguage();
  const who = useWho();
  const href = useHref();
  const { modal } = App.useApp();
  const [take] = useDownload();
  const [act, setAct] = useState<string | null>(null);
  const [actor, setActor] = useState<string | null>(null);
  const [range, setRange] = useState<[Dayjs, Dayjs] | null>(null);
  const filter = {
    act,
    actor,
    since: range ? picked(range[0].startOf('day')).toISOString() : null,
    until: range ? picked(range[1].add(1, 'day').startOf('day')).toISOString() : null,
  };
  const pages = usePages(JSON.stringify(filter));
  const answer = useAnswer(ConsoleRecord, { filter, first: SIZE, after: pages.after }, ['record'], { keeps: true });
  const askToExport = (): void => {
    modal.confirm({
      title: t.exportSure,
      content: t.exportMore,
      okText: t.export,
      cancelText: t.cancel,
      onOk: async () => {
        await take('/record.jsonl');
        // That it was taken is an entry itself.
        await touch(['record']);
      },
    });
  };
  return (
    <Page
      title={t.title}
      about={t.about}
      acts={
        may(who, ['record.export']) && (
          <Button icon={<DownloadOutlined />} onClick={askToExport}>
            {t.export}
          </Button>
        )
      }
    >
      <Head />
      <Panel>
        <div className={css.tools}>
          <Select
            className={css.grow}
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            aria-label={t.act}
            placeholder={t.allActs}
            value={act}
            onChange={(next) => setAct(next ?? null)}
            options={KNOWN.map((code) => ({ value: code, label: recordAct(code) }))}
          />
          <div className={css.grow}>
            <PersonPick label={t.who} placeholder={t.anyone} value={actor ?? undefined} onChange={(next) => setActor((next as string | undefined) ?? null)} />
          </div>
          <DatePicker.RangePicker aria-label={t.when} value={range} onChange={(next) => setRange(next?.[0] && next[1] ? [next[0], next[1]] : null)} />
        </div>
        <Answered of={answer} shape="table" rows={12}>
          {({ record }) => (
            <>
              <Table<Entry>
                rowKey="id"
                size="small"
                pagination={false}
                scroll={{ x: 860 }}
                dataSource={record.edges.map(({ node }) => node)}
                locale={{ emptyText: <Empty isSmall title={t.none}>{t.noneMore}</Empty> }}
                expandable={{ expandedRowRender: (entry) => <Details of={entry} />, columnTitle: <span className="unseen">{t.details}</span> }}
                columns={[
                  { title: t.when, width: 160, render: (_, entry) => moment(entry.at) },
                  { title: t.who, width: 160, render: (_, entry) => (entry.actor ? <PersonName of={entry.actor} /> : <span className={css.quiet}>{entry.actorKind === 'person' ? t.hidden : t.system}</span>) },
                  { title: t.act, render: (_, entry) => recordAct(entry.act) },
                  {
                    title: t.what,
                    width: 160,
                    render: (_, entry) => (entry.caseId ? <Link to={href(`/case/${entry.caseId}`)}>{recordThing('case')}</Link> : recordThing(entry.subjectKind)),
                  },
                  { title: t.sealed, width: 130, render: (_, entry) => (entry.seq ? <Tag tone="good">{t.no(entry.seq)}</Tag> : <Tag tone="warn">{t.pending}</Tag>) },
                ]}
              />
              <Pager pages={pages} size={SIZE} here={record.edges.length} info={record.pageInfo} />
            </>
          )}
        </Answered>
      </Panel>
    </Page>
  );
}

function Details({ of }: { of: Entry }) {
  return (
    <>
      <pre className={css.body}>{JSON.stringify(of.body, null, 2)}</pre>
      {of.chainHash && (
        <p className={css.mono}>
          {t.hash} {of.chainHash}
        </p>
      )}
    </>
  );
}
