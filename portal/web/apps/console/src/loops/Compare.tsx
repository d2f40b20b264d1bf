/** Two versions of a loop side by side: only what is different. */
import { useMemo, useState } from 'react';
import { Select, Table } from 'antd';
import { useLanguage } from '@anhuan/i18n/react';
import { words } from '@anhuan/i18n';
import { Tag } from '../shared/parts';
import { Empty } from '../shared/states';
import { readLoop } from './definition';
import { differences, type Difference } from './differences';
import css from './loops.module.css';

const t = words({
  from: ['从', 'From'],
  to: ['到', 'to'],
  version: [(no: number) => `第 ${no} 版`, (no: number) => `version ${no}`],
  same: ['两个版本内容相同', 'The two versions say the same'],
  sameMore: ['请另选一个版本。', 'Choose another one.'],
  added: ['新增', 'Added'],
  removed: ['删除', 'Removed'],
  changed: ['修改', 'Changed'],
  change: ['变动', 'Change'],
  about: ['位置', 'Where'],
  what: ['内容', 'What'],
  before: ['原来', 'Before'],
  after: ['现在', 'After'],
  count: [(n: number) => `共 ${n} 处不同`, (n: number) => (n === 1 ? '1 difference' : `${n} differences`)],
});

interface Version {
  version: number;
  body: unknown;
}

const TONES = { added: 'good', removed: 'major', changed: 'low' } as const;

/** From the version before the one shown, unless another is chosen. */
export function Compare({ versions, shown }: { versions: readonly Version[]; shown: Version }) {
  const language = useLanguage();
  const [from, setFrom] = useState((versions.find((one) => one.version < shown.version) ?? versions.at(-1)!).version);
  const [to, setTo] = useState(shown.version);
  const found = useMemo(() => {
    const body = (no: number): unknown => versions.find((one) => one.version === no)?.body ?? {};
    // The sentences depend on the language.
    return language ? differences(readLoop(body(from)), readLoop(body(to))) : [];
  }, [versions, from, to, language]);
  const options = versions.map((one) => ({ value: one.version, label: t.version(one.version) }));
  return (
    <>
      <div className={css.compareHead}>
        <span>{t.from}</span>
        <Select aria-label={t.from} className={css.version} value={from} onChange={setFrom} options={options} />
        <span>{t.to}</span>
        <Select aria-label={t.to} className={css.version} value={to} onChange={setTo} options={options} />
        <span>{t.count(found.length)}</span>
      </div>
      {found.length ? (
        <Table<Difference>
          rowKey={(one) => `${one.kind}${one.about}${one.what}`}
          size="small"
          pagination={false}
          scroll={{ x: 760 }}
          dataSource={found}
          columns={[
            { title: t.change, width: 90, render: (_, one) => <Tag tone={TONES[one.kind]}>{t[one.kind]}</Tag> },
            { title: t.about, dataIndex: 'about', width: 200 },
            { title: t.what, dataIndex: 'what', width: 130 },
            { title: t.before, dataIndex: 'before', className: css.was },
            { title: t.after, dataIndex: 'after', className: css.is },
          ]}
        />
      ) : (
        <Empty isSmall title={t.same}>
          {t.sameMore}
        </Empty>
      )}
    </>
  );
}
