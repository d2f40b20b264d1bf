/** The frame of every act: which case it is about, what is asked, the one button. */
import { words } from '@anhuan/i18n';
import { Button, Due, Notice, Page, Tag, toneOf } from '@anhuan/ui';
import { CircleAlert, History } from 'lucide-react';
import { useEffect, useId, useRef, type FormEvent, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { back } from '../back';
import type { Case } from '../case/shape';
import css from './do.module.css';
import type { Draft } from './use-draft';
import type { Sending } from './use-send';

const t = words({
  grade: [(grade: string) => `${grade} 级`, (grade: string) => `Grade ${grade}`],
  sending: ['正在提交…', 'Sending…'],
  restored: ['已恢复草稿', 'Your draft is back'],
  anew: ['清空重写', 'Start anew'],
  safe: ['没有网络也可以提交，会先保存在本机', 'Works without network: it is kept here first'],
});

/** What is wrong is brought into view, and the first field of it is ready to be typed into. */
function showWrong(form: HTMLFormElement | null): void {
  const found = form?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]');
  if (!found) return;
  found.scrollIntoView({ block: 'center' });
  if (found.getAttribute('aria-invalid')) found.focus({ preventScroll: true });
}

export interface FrameProps {
  one: Case;
  title: string;
  submit: string;
  onSubmit: () => void;
  draft: Draft<object>;
  sending: Sending;
  isDanger?: boolean;
  /** Why it cannot be sent yet, said above the button once somebody has tried. */
  missing?: string | null;
  /** What is said of working without network, where it is not harmless. */
  offline?: string;
  children: ReactNode;
}

/** One form on one screen. */
export function Frame({ one, title, submit, onSubmit, draft, sending, isDanger, missing, offline, children }: FrameProps) {
  const [, go] = useLocation();
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  const { isSending, general } = sending;
  useEffect(() => {
    if (!isSending) showWrong(form.current);
  }, [isSending]);
  return (
    <Page
      title={title}
      onBack={() => back(go, `/case/${one.id}`)}
      foot={<Button type="submit" form={id} kind={isDanger ? 'danger' : 'primary'} className={isDanger ? css.danger : undefined} disabled={isSending}>{isSending ? t.sending : submit}</Button>}
    >
      <section className={css.about}>
        <b>{one.title}</b>
        <p>
          {one.grade && <Tag tone={toneOf(one.grade)}>{t.grade(one.grade)}</Tag>}
          <span>{one.number}</span>
          {one.status === 'OPEN' && one.dueAt && <Due at={one.dueAt} />}
        </p>
      </section>
      {draft.wasRestored && (
        <div className={css.restored} role="status">
          <Notice picture={<History size={18} aria-hidden="true" />}>{t.restored}</Notice>
          <button type="button" onClick={draft.clear}>{t.anew}</button>
        </div>
      )}
      <form
        ref={form}
        id={id}
        className={css.form}
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (isSending) return;
          onSubmit();
          // Once the fields have said what they lack.
          setTimeout(() => showWrong(form.current), 150);
        }}
      >
        {children}
      </form>
      {(missing || general.length > 0) && (
        <div role="alert">
          <Notice tone="major" picture={<CircleAlert size={18} aria-hidden="true" />}>
            {missing || general.map((message) => <p key={message}>{message}</p>)}
          </Notice>
        </div>
      )}
      <p className={css.safe}>{offline ?? t.safe}</p>
    </Page>
  );
}
