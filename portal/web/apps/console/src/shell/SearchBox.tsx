/** Search over all hazards, by number or words; Enter shows the whole list. */
import { useEffect, useRef, useState } from 'react';
import { SearchOutlined } from '@ant-design/icons';
import { AutoComplete, Input, type InputRef } from 'antd';
import { useNavigate } from 'react-router';
import { words } from '@anhuan/i18n';
import { ShellSearch } from '../gql';
import { Grade } from '../shared/parts';
import { useAnswer } from '../shared/query';
import { useHref } from '../shared/unit';

const t = words({
  label: ['搜索隐患', 'Search hazards'],
  hint: ['编号、描述（按 / 快速搜索）', 'Number or words (press /)'],
  all: [(text: string) => `在台账中搜索“${text}”`, (text: string) => `Search the list for “${text}”`],
});
const TYPING = 250;

/** `/` anywhere puts the cursor here. */
export default function SearchBox({ isWanted, onDone }: { isWanted: boolean; onDone: () => void }) {
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  const input = useRef<InputRef>(null);
  const go = useNavigate();
  const href = useHref();
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), TYPING);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => {
    if (isWanted) input.current?.focus();
  }, [isWanted]);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const at = event.target as HTMLElement;
      if (event.key !== '/' || event.ctrlKey || event.metaKey || at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) return;
      event.preventDefault();
      input.current?.focus();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  const { data } = useAnswer(ShellSearch, { text: asked }, ['case'], { isWanted: asked.length > 1 });
  // Enter takes the first line: it must be of what stands in the box, not of what stood there a moment ago.
  const found = (asked.length > 1 && asked === text.trim() && data?.hazards.edges) || [];
  const leave = (path: string): void => {
    setText('');
    onDone();
    input.current?.blur();
    void go(href(path));
  };
  return (
    <AutoComplete
      value={text}
      onChange={setText}
      style={{ width: '100%' }}
      popupMatchSelectWidth={380}
      defaultActiveFirstOption
      onSelect={(chosen: string) => leave(chosen)}
      options={
        text.trim()
          ? [
              ...(/^[A-Za-z]+-?\d/.test(text.trim()) ? [] : [everywhere(text.trim())]),
              ...found.map(({ node }) => ({
                value: `/case/${node.id}`,
                label: (
                  <div style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
                    <Grade of={node.grade} />
                    <span style={{ flex: 1, overflow: 'hidden', textOverflow: 'ellipsis' }}>{node.title}</span>
                    <small style={{ color: 'var(--sub)' }}>{node.number}</small>
                  </div>
                ),
              })),
              ...(/^[A-Za-z]+-?\d/.test(text.trim()) ? [everywhere(text.trim())] : []),
            ]
          : []
      }
    >
      <Input ref={input} variant="filled" maxLength={200} prefix={<SearchOutlined />} placeholder={t.hint} aria-label={t.label} allowClear onKeyDown={(event) => event.key === 'Escape' && (setText(''), onDone(), input.current?.blur())} />
    </AutoComplete>
  );
}

function everywhere(text: string) {
  return { value: `/hazards?status=ALL&text=${encodeURIComponent(text)}`, label: t.all(text) };
}
