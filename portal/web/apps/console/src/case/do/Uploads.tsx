/** A field of photos and files: chosen, dropped or pasted; each says how far it is. */
import { useRef, useState } from 'react';
import { CloseOutlined, FileTextOutlined, PlusOutlined } from '@ant-design/icons';
import { v7 } from 'uuid';
import { words } from '@anhuan/i18n';
import css from './do.module.css';
import { send, type Upload } from './upload';

const t = words({
  add: ['添加照片', 'Add photos'],
  tip: ['可拖入或粘贴；原图上传，不压缩', 'Drop or paste them; they are sent as they are'],
  sending: [(percent: number) => `上传 ${percent}%`, (percent: number) => `${percent} %`],
  ready: ['已核验', 'verified'],
  again: ['重试', 'Try again'],
  remove: [(name: string) => `移除 ${name}`, (name: string) => `Remove ${name}`],
  need: [(n: number) => `至少需要 ${n} 张`, (n: number) => `At least ${n} needed`],
  failed: ['有照片上传失败，请重试或移除', 'A photo has failed: try again or remove it'],
});

interface UploadsProps {
  id?: string;
  value?: Upload[];
  onChange?: (value: Upload[]) => void;
  most?: number;
}

/** As a field of a form; begins to send at once. */
export function Uploads({ id, value = [], onChange, most = 9 }: UploadsProps) {
  const files = useRef(new Map<string, File>());
  const now = useRef(value);
  const [isOver, setOver] = useState(false);
  const set = (next: Upload[]): void => {
    now.current = next;
    onChange?.(next);
  };
  const begin = (one: string): void =>
    void send(one, files.current.get(one)!, (change) => set(now.current.map((upload) => (upload.id === one ? { ...upload, ...change } : upload))));
  const add = (chosen: Iterable<File>): void => {
    const room = most - now.current.length;
    const fresh = [...chosen].slice(0, room).map((file): Upload => {
      const upload: Upload = { id: v7(), name: file.name, local: file.type.startsWith('image/') ? URL.createObjectURL(file) : '', state: 'sending', percent: 0 };
      files.current.set(upload.id, file);
      return upload;
    });
    set([...now.current, ...fresh]);
    for (const upload of fresh) begin(upload.id);
  };
  const remove = (upload: Upload): void => {
    if (upload.local) URL.revokeObjectURL(upload.local);
    set(now.current.filter((one) => one.id !== upload.id));
  };
  return (
    <div
      className={css.drop}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        add(event.dataTransfer.files);
      }}
      onPaste={(event) => add(event.clipboardData.files)}
    >
      {value.map((upload) => (
        <div key={upload.id} className={css.piece} data-state={upload.state}>
          {upload.local ? <img src={upload.local} alt={upload.name} /> : <div className={css.add}><FileTextOutlined /></div>}
          <button type="button" className={css.remove} aria-label={t.remove(upload.name)} onClick={() => remove(upload)}>
            <CloseOutlined />
          </button>
          {upload.state === 'sending' && <div className={css.bar}><i style={{ width: `${upload.percent}%` }} /></div>}
          <span role="status">{upload.state === 'sending' ? t.sending(upload.percent) : upload.state === 'ready' ? t.ready : upload.why}</span>
          {upload.state === 'failed' && <button type="button" className={css.again} onClick={() => begin(upload.id)}>{t.again}</button>}
        </div>
      ))}
      {value.length < most && (
        <label className={css.add}>
          <PlusOutlined />
          {t.add}
          <input
            id={id}
            className="unseen"
            type="file"
            accept="image/jpeg,image/png,image/webp,image/heic,application/pdf"
            multiple
            onChange={(event) => {
              add(event.target.files ?? []);
              event.target.value = '';
            }}
          />
        </label>
      )}
      <p className={css.tip}>{t.tip}</p>
    </div>
  );
}

/** For the form: so many have arrived, and none has failed. */
export function enough(least: number) {
  return {
    validator: async (_rule: unknown, value: Upload[] = []) => {
      if (value.some(({ state }) => state === 'failed')) throw new Error(t.failed);
      if (value.length < least) throw new Error(t.need(least));
    },
  };
}
