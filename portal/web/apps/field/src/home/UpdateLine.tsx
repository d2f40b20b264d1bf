/** A new version lies ready: it takes over when somebody says so, and never while something is being sent. */
import { words } from '@anhuan/i18n';
import { applyUpdate, onUpdate, updateReady } from '@anhuan/outbox';
import { cx, toast } from '@anhuan/ui';
import { Sparkles } from 'lucide-react';
import { useEffect, useState } from 'react';
import css from './home.module.css';

const t = words({
  ready: ['有新版本，点此更新', 'A new version is ready. Tap to update'],
  busy: ['正在上传，完成后再更新', 'Something is being sent. Update when it is done'],
});

/** Whether one lies ready. */
export function useUpdate(): boolean {
  const [isReady, set] = useState(updateReady());
  useEffect(() => onUpdate(() => set(updateReady())), []);
  return isReady;
}

export function update(): void {
  if (!applyUpdate()) toast(t.busy);
}

export function UpdateLine() {
  if (!useUpdate()) return null;
  return (
    <button type="button" className={cx(css.line, css.fine)} onClick={update}>
      <Sparkles size={20} aria-hidden="true" /> {t.ready}
    </button>
  );
}
