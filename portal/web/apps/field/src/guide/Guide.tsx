/** 使用指南: drawn step by step, one topic open at a time; all of it is inside the app. */
import { words } from '@anhuan/i18n';
import { useLanguage } from '@anhuan/i18n/react';
import { Card, cx, Page } from '@anhuan/ui';
import { back } from '@anhuan/work';
import { ChevronDown } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { Picture } from './Drawing';
import css from './guide.module.css';
import { questions, topics } from './topics';

const t = words({
  title: ['使用指南', 'How to'],
  step: [(n: number) => `第 ${n} 步`, (n: number) => `Step ${n}`],
});

export default function Guide() {
  useLanguage();
  const [, go] = useLocation();
  const [open, setOpen] = useState<string | null>('report');
  const all = questions();
  const toggle = (id: string) => (): void => setOpen(open === id ? null : id);
  return (
    <Page title={t.title} onBack={() => back(go, '/')}>
      {topics().map((topic) => (
        <Topic key={topic.id} id={topic.id} title={topic.title} more={topic.more} isOpen={open === topic.id} onToggle={toggle(topic.id)}>
          <ol className={css.steps}>
            {topic.steps.map((step, index) => (
              <li key={step.drawing}>
                <Picture of={step.drawing} />
                <p><b>{t.step(index + 1)}</b>{step.text}</p>
              </li>
            ))}
          </ol>
        </Topic>
      ))}
      <Topic id="questions" title={all.title} more={all.more} isOpen={open === 'questions'} onToggle={toggle('questions')}>
        <dl className={css.questions}>
          {all.all.map((one) => (
            <div key={one.ask}>
              <dt>{one.ask}</dt>
              <dd>{one.answer}</dd>
            </div>
          ))}
        </dl>
      </Topic>
    </Page>
  );
}

function Topic({ id, title, more, isOpen, onToggle, children }: { id: string; title: string; more: string; isOpen: boolean; onToggle: () => void; children: ReactNode }) {
  return (
    <Card>
      <h2 className={css.heading}>
        <button type="button" className={css.topic} aria-expanded={isOpen} aria-controls={`guide-${id}`} onClick={onToggle}>
          <span>
            <b>{title}</b>
            <small>{more}</small>
          </span>
          <ChevronDown className={cx(css.arrow, isOpen && css.up)} size={22} aria-hidden="true" />
        </button>
      </h2>
      <div id={`guide-${id}`} hidden={!isOpen}>{isOpen && children}</div>
    </Card>
  );
}
