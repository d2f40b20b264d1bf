/** Speaking into a field: every phrase that is understood comes behind what stands there. */
import { listen, type Listening } from '@anhuan/bridge/voice';
import { tag, words } from '@anhuan/i18n';
import { toast } from '@anhuan/ui';
import { useEffect, useRef, useState } from 'react';

const t = words({
  denied: ['没有麦克风权限，请用输入法上的话筒', 'No permission for the microphone. Use the one of your keyboard'],
  failed: ['语音识别不可用（可能没有网络），请用输入法上的话筒', 'Speech recognition is not available, perhaps for lack of network. Use the microphone of your keyboard'],
});

export interface Voice {
  isListening: boolean;
  /** Begin to listen, or stop. */
  turn: () => void;
}

/** For a field that holds `value` and at most `longest` letters. */
export function useVoice(value: string, onText: (text: string) => void, longest: number): Voice {
  const [isListening, setListening] = useState(false);
  const ear = useRef<Listening | null>(null);
  const latest = useRef({ value, onText });
  useEffect(() => {
    latest.current = { value, onText };
  }, [value, onText]);
  useEffect(() => () => ear.current?.stop(), []);

  function hear(phrase: string): void {
    const said = joined(latest.current.value, phrase).slice(0, longest);
    // The next phrase may come before this one is drawn.
    latest.current.value = said;
    latest.current.onText(said);
  }

  function turn(): void {
    if (isListening) {
      ear.current?.stop();
      return;
    }
    setListening(true);
    ear.current = listen(tag(), hear, (problem) => {
      setListening(false);
      if (problem) toast(problem === 'not-allowed' ? t.denied : t.failed);
    });
  }
  return { isListening, turn };
}

/** Recognisers set no marks between phrases. */
function joined(before: string, phrase: string): string {
  if (!before || /[，。！？、；：,.!?;:\s]$/.test(before)) return before + phrase;
  return before + (tag().startsWith('zh') ? '，' : ', ') + phrase;
}
