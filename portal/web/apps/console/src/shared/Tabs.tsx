/** Parts of a screen under one heading each. Our own, since antd's put a button among the tabs where there is little room, which no reader expects there. */
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import css from './tabs.module.css';

export interface TabItem {
  key: string;
  label: ReactNode;
  children: ReactNode;
}

interface TabsProps {
  items: readonly TabItem[];
  label?: string;
  /** Which one is open; without it the tabs know it themselves, the first to begin with. */
  activeKey?: string;
  onChange?: (key: string) => void;
}

/** Only what is open is there. Arrow keys go from tab to tab. */
export function Tabs({ items, label, activeKey, onChange }: TabsProps) {
  const [own, setOwn] = useState(items[0]?.key);
  const id = useId();
  const bar = useRef<HTMLDivElement>(null);
  const open = items.find((item) => item.key === (activeKey ?? own)) ?? items[0];
  const openKey = open?.key;
  useEffect(() => {
    // Where there is little room the open one may lie out of sight, as when a link leads here.
    const list = bar.current?.getBoundingClientRect();
    const tab = openKey && bar.current?.querySelector('[aria-selected=true]')?.getBoundingClientRect();
    if (list && tab) bar.current!.scrollLeft += Math.max(0, tab.right - list.right) - Math.max(0, list.left - tab.left);
  }, [openKey]);
  const choose = (key: string): void => {
    setOwn(key);
    onChange?.(key);
  };
  const walk = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by || !open) return;
    event.preventDefault();
    const to = (items.indexOf(open) + by + items.length) % items.length;
    choose(items[to]!.key);
    (bar.current?.children[to] as HTMLElement | undefined)?.focus();
  };
  if (!open) return null;
  return (
    <>
      <div ref={bar} role="tablist" aria-label={label} className={css.bar}>
        {items.map((item) => (
          <button
            key={item.key}
            type="button"
            role="tab"
            id={`${id}-${item.key}`}
            aria-selected={item === open}
            aria-controls={item === open ? `${id}-panel` : undefined}
            tabIndex={item === open ? 0 : -1}
            onClick={() => choose(item.key)}
            onKeyDown={walk}
          >
            {item.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${open.key}`}>
        {open.children}
      </div>
    </>
  );
}
