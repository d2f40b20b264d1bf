/** A remark, typed or spoken; never demanded. */
import { canListen } from '@anhuan/bridge';
import { words } from '@anhuan/i18n';
import { cx, IconButton, toast } from '@anhuan/ui';
import { useVoice } from '@anhuan/work';
import { Mic, Square } from 'lucide-react';
import { useId, useRef } from 'react';
import css from './report.module.css';

const LONGEST = 2000;

const t = words({
  label: ['补充说明', 'Remark'],
  holder: ['可不填，例如：光栅被短接，设备还在运行', 'Optional. For example: the light curtain is bridged and the press is running'],
  full: [`已到 ${LONGEST} 字上限，多出的没有写入`, `That is the most: ${LONGEST} signs. The rest was left out`],
  speak: ['语音输入', 'Speak'],
  stop: ['停止语音', 'Stop'],
  listening: ['正在听，请说话…', 'Listening…'],
  keyboard: ['点输入框，用输入法上的话筒说话即可', 'Tap the box and use the microphone of your keyboard'],
});

export function Words({ value, wrong, onChange }: { value: string; wrong?: string | undefined; onChange: (text: string) => void }) {
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  const { isListening, turn } = useVoice(value, onChange, LONGEST);

  function speak(): void {
    if (canListen()) return turn();
    toast(t.keyboard);
    box.current?.focus();
  }

  return (
    <div className={css.words}>
      <label className={css.rowLabel} htmlFor={id}>{t.label}</label>
      <div className={css.wordsIn}>
        <textarea ref={box} id={id} rows={2} value={value} maxLength={LONGEST} placeholder={isListening ? t.listening : t.holder} aria-invalid={wrong ? true : undefined} aria-describedby={wrong ? `${id}-wrong` : undefined} onChange={(event) => onChange(event.currentTarget.value)} />
        <IconButton className={cx(css.mic, isListening && css.hearing)} label={isListening ? t.stop : t.speak} onClick={speak}>
          {isListening ? <Square size={20} /> : <Mic size={22} />}
        </IconButton>
      </div>
      {wrong && <p id={`${id}-wrong`} className={css.wrong} role="alert">{wrong}</p>}
      {value.length >= LONGEST && <small className={css.missing} role="status">{t.full}</small>}
    </div>
  );
}
