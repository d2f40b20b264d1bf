/** The newest signed head of the record, and how anybody checks an export without us. */
import { useState } from 'react';
import { Button } from 'antd';
import { CopyOutlined } from '@ant-design/icons';
import { words } from '@anhuan/i18n';
import { count, moment } from '@anhuan/i18n/time';
import { ConsoleRecordHead } from '../gql';
import { Answered } from '../shared/Answered';
import { Panel } from '../shared/Page';
import { copyText } from '../shared/files';
import { useAnswer } from '../shared/query';
import { Empty } from '../shared/states';
import css from './settings.module.css';

const t = words({
  title: ['最新签名', 'Newest signed head'],
  size: ['已封存', 'Sealed'],
  entries: [(n: string) => `${n} 条`, (n: string) => `${n} entries`],
  signed: ['签名时间', 'Signed'],
  hash: ['链尾哈希', 'Chain hash'],
  key: ['签名密钥', 'Key'],
  copy: ['复制保存', 'Copy to keep'],
  copied: ['已复制', 'Copied'],
  how: ['怎样核验', 'How to check'],
  hide: ['收起', 'Hide'],
  one: ['导出全部记录，得到 anhuan-record.jsonl。', 'Export the record: anhuan-record.jsonl.'],
  two: ['准备签名文件（heads 目录下的 <企业>.heads.jsonl，最好是事先另存到别处的一份）。', 'Take the signed heads (<company>.heads.jsonl), best a copy that was kept elsewhere in time.'],
  three: ['用随产品附带的独立核验脚本（Python 3.8 以上，不依赖本系统）运行：', 'Run the stand-alone verifier that comes with the product (Python 3.8 or newer, nothing of ours):'],
  four: ['脚本会指出被改动、删除、插入或截断的位置；没有问题则给出“完整”。', 'It names what was changed, deleted, inserted or cut off; otherwise it says that the record is whole.'],
  none: ['还没有封存的记录', 'Nothing is sealed yet'],
  noneMore: ['有操作发生几秒后，这里会出现第一个签名。', 'A few seconds after the first act a signed head appears here.'],
});

/** Facts, to be kept elsewhere: whoever has them knows if the record is shortened. */
export function Head() {
  const answer = useAnswer(ConsoleRecordHead, {}, ['record'], { every: 60_000 });
  const [isCopied, setCopied] = useState(false);
  const [isOpen, setOpen] = useState(false);
  return (
    <Panel
      title={t.title}
      acts={
        <Button type="link" onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
          {isOpen ? t.hide : t.how}
        </Button>
      }
    >
      <Answered of={answer} rows={3} isSmall>
        {({ recordHead: head }) =>
          head ? (
            <dl className={css.facts}>
              <dt>{t.size}</dt>
              <dd>{t.entries(count(Number(head.size)))}</dd>
              <dt>{t.signed}</dt>
              <dd>{moment(head.signedAt)}</dd>
              <dt>{t.hash}</dt>
              <dd className={css.mono}>{head.chainHash}</dd>
              <dt>{t.key}</dt>
              <dd>
                <span className={css.mono}>{head.keyId}</span>{' '}
                <Button size="small" icon={<CopyOutlined />} onClick={() => void copyText(JSON.stringify(head)).then((isDone) => isDone && setCopied(true))}>
                  {isCopied ? t.copied : t.copy}
                </Button>
              </dd>
            </dl>
          ) : (
            <Empty isSmall title={t.none}>
              {t.noneMore}
            </Empty>
          )
        }
      </Answered>
      {isOpen && (
        <ol className={css.how}>
          <li>{t.one}</li>
          <li>{t.two}</li>
          <li>
            {t.three} <code>python3 anhuan_verify.py anhuan-record.jsonl company.heads.jsonl</code>
          </li>
          <li>{t.four}</li>
        </ol>
      )}
    </Panel>
  );
}
