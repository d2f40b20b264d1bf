/** What comes over a screen: a sheet from below, and short messages. */
import { words } from '@anhuan/i18n';
import { X } from 'lucide-react';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { IconButton } from './parts';
import css from './ui.module.css';
import { useWayBack } from './way-back';

const t = words({ close: ['关闭', 'Close'] });

/** A sheet from below; Escape, the veil, the cross and the phone's way back close it, focus stays in it and goes back afterwards. */
export function Sheet({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef(onClose);
  useEffect(() => {
    latest.current = onClose;
  });
  useWayBack(onClose);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    box.current?.focus();
    const key = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') latest.current();
      if (event.key === 'Tab' && box.current) hold(event, box.current);
    };
    document.addEventListener('keydown', key);
    return () => {
      document.removeEventListener('keydown', key);
      before?.focus();
    };
  }, []);
  return (
    <div className={css.veil} onClick={(event) => event.target === event.currentTarget && onClose()}>
      <div ref={box} className={css.sheet} role="dialog" aria-modal="true" aria-labelledby={id} tabIndex={-1}>
        <div className={css.sheetHead}>
          <h2 id={id}>{title}</h2>
          <IconButton label={t.close} onClick={onClose}><X size={22} /></IconButton>
        </div>
        {children}
      </div>
    </div>
  );
}

/** Keep the focus inside. */
function hold(event: KeyboardEvent, box: HTMLElement): void {
  const all = box.querySelectorAll<HTMLElement>('button:not(:disabled), [href], input, select, textarea');
  const [first, last] = [all[0], all[all.length - 1]];
  if (!first || !last) return;
  if (event.shiftKey && (document.activeElement === first || document.activeElement === box)) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && document.activeElement === last) {
    event.preventDefault();
    first.focus();
  }
}

interface Message {
  id: number;
  text: string;
  /** `ms`: how long there is time for it. */
  action?: { text: string; run: () => void; ms?: number } | undefined;
}

let shown: Message[] = [];
let next = 1;
const listeners = new Set<() => void>();

/** Say something for a few seconds, with a way to take the act back where there is one. */
export function toast(text: string, action?: Message['action']): void {
  const message = { id: next++, text, action };
  change([...shown.slice(-2), message]);
  setTimeout(() => change(shown.filter((one) => one !== message)), action ? (action.ms ?? 6_000) : 3_500);
}

function change(messages: Message[]): void {
  shown = messages;
  for (const tell of listeners) tell();
}

/** Where messages appear; once in an app. */
export function Toasts() {
  const [, redraw] = useState(0);
  useEffect(() => {
    const tell = (): void => redraw((count) => count + 1);
    listeners.add(tell);
    return () => {
      listeners.delete(tell);
    };
  }, []);
  return (
    <div className={css.toasts} role="status" aria-live="polite">
      {shown.map((message) => (
        <div key={message.id} className={css.toast}>
          <span>{message.text}</span>
          {message.action && (
            <button
              type="button"
              onClick={() => {
                message.action?.run();
                change(shown.filter((one) => one !== message));
              }}
            >
              {message.action.text}
            </button>
          )}
        </div>
      ))}
    </div>
  );
}
