/** The definition as it is stored, to be copied or kept. */
import { useState } from 'react';
import { Button } from 'antd';
import { CopyOutlined, DownloadOutlined } from '@ant-design/icons';
import { words } from '@anhuan/i18n';
import { copyText, saveText } from '../shared/files';
import css from './loops.module.css';

const t = words({
  copy: ['复制', 'Copy'],
  copied: ['已复制', 'Copied'],
  save: ['下载 JSON', 'Download JSON'],
  label: ['原始定义（JSON）', 'Definition (JSON)'],
});

/** `name` is the file's name without its ending. */
export function Raw({ body, name }: { body: unknown; name: string }) {
  const [isCopied, setCopied] = useState(false);
  const text = JSON.stringify(body, null, 2);
  return (
    <div>
      <div className={css.rawActs}>
        <Button icon={<CopyOutlined />} onClick={() => void copyText(text).then((isDone) => isDone && setCopied(true))}>
          {isCopied ? t.copied : t.copy}
        </Button>
        <Button icon={<DownloadOutlined />} onClick={() => saveText(`${name}.json`, text, 'application/json')}>
          {t.save}
        </Button>
      </div>
      <textarea className={css.raw} readOnly aria-label={t.label} value={text} rows={28} spellCheck={false} />
    </div>
  );
}
