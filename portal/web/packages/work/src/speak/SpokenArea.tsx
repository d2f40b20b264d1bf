/** Several lines that can be spoken too, where this browser understands speech. */
import { canListen } from '@anhuan/bridge/voice';
import { words } from '@anhuan/i18n';
import { cx, IconButton, TextArea } from '@anhuan/ui';
import { Mic, Square } from 'lucide-react';
import type { ComponentProps } from 'react';
import css from './speak.module.css';
import { useVoice } from './use-voice';

const t = words({
  speak: ['语音输入', 'Speak'],
  stop: ['停止语音', 'Stop'],
  listening: ['正在听，请说话…', 'Listening…'],
});

/** A TextArea that hands out its text. */
export function SpokenArea({ value, onText, hint, ...rest }: Omit<ComponentProps<typeof TextArea>, 'value' | 'onChange' | 'corner'> & { value: string; onText: (text: string) => void }) {
  const { isListening, turn } = useVoice(value, onText, rest.maxLength ?? Number.POSITIVE_INFINITY);
  const corner = canListen() && (
    <IconButton className={cx(css.mic, isListening && css.hearing)} label={isListening ? t.stop : t.speak} onClick={turn}>
      {isListening ? <Square size={20} /> : <Mic size={22} />}
    </IconButton>
  );
  // Said where it is seen: in the empty field, otherwise below it.
  return <TextArea {...rest} value={value} placeholder={isListening ? t.listening : rest.placeholder} hint={isListening && value ? t.listening : hint} corner={corner} onChange={(event) => onText(event.currentTarget.value)} />;
}
