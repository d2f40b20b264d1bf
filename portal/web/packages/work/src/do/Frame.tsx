/** The frame of every act: which case it is about, what is asked, the one button. */
import { words } from '@anhuan/i18n';
import { Button, Due, Notice, Page, Tag, toneOf } from '@anhuan/ui';
import { CircleAlert } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { useLocation } from 'wouter';
import { back } from '../back';
import type { Case } from '../case/shape';
import css from './do.module.css';
import type { Sending } from './use-send';

const t = words({
  grade: [(grade: string) => `${grade} 级`, (grade: string) => `Grade ${grade}`],
  sending: ['正在提交…', 'Sending…'],
  safe: ['没有网络也可以提交，会先保存在本机', 'Works without network: it is kept here first'],
});

export interface FrameProps {
  one: Case;
  title: string;
  submit: string;
  onSubmit: () => void;
  sending: Sending;
  isDanger?: boolean;
  /** Why it cannot be sent yet, said above the button once somebody has tried. */
  missing?: string | null;
  children: ReactNode;
}

/** One form on one screen. */
export function Frame({ one, title, submit, onSubmit, sending, isDanger, missing, children }: FrameProps) {
  const [, go] = useLocation();
  const form = 'work-do';
  return (
    <Page
      title={title}
      onBack={() => back(go, `/case/${one.id}`)}
      foot={<Button type="submit" form={form} kind={isDanger ? 'danger' : 'primary'} className={isDanger ? css.danger : undefined} disabled={sending.isSending}>{sending.isSending ? t.sending : submit}</Button>}
    >
      <section className={css.about}>
        <b>{one.title}</b>
        <p>
          {one.grade && <Tag tone={toneOf(one.grade)}>{t.grade(one.grade)}</Tag>}
          <span>{one.number}</span>
          {one.status === 'OPEN' && one.dueAt && <Due at={one.dueAt} />}
        </p>
      </section>
      <form
        id={form}
        className={css.form}
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (!sending.isSending) onSubmit();
        }}
      >
        {children}
      </form>
      {(missing || sending.general.length > 0) && (
        <div role="alert">
          <Notice tone="major" picture={<CircleAlert size={18} aria-hidden="true" />}>
            {missing || sending.general.map((message) => <p key={message}>{message}</p>)}
          </Notice>
        </div>
      )}
      <p className={css.safe}>{t.safe}</p>
    </Page>
  );
}
