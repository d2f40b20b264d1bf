/** Find people by name, pinyin or account, and choose one or several. */
import { useEffect, useState } from 'react';
import { Select, Spin, type SelectProps } from 'antd';
import { words } from '@anhuan/i18n';
import { ConsoleFindPeople } from '../gql';
import { useAnswer } from './query';

const t = words({
  label: ['人员', 'Person'],
  hint: ['姓名、拼音或账号', 'Name, pinyin or account'],
  none: ['没有匹配的人员', 'Nobody found'],
});
const TYPING = 250;

type Rest = Omit<SelectProps<string | string[]>, 'options' | 'showSearch'>;

/** `unit` looks there and beneath only. */
export function PersonPick({ unit, label = t.label, ...rest }: Rest & { unit?: string | null; label?: string }) {
  const [typed, setTyped] = useState('');
  const [text, setText] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), TYPING);
    return () => clearTimeout(timer);
  }, [typed]);
  const { data, isFetching } = useAnswer(ConsoleFindPeople, { text: text || null, unit: unit ?? null }, ['people'], { keeps: true });
  const options = data?.people.edges.map(({ node }) => ({
    value: node.id,
    label: node.name,
    about: [node.unit?.name, node.posts.map((post) => post.name).join('、')].filter(Boolean).join(' · '),
  }));
  return (
    <Select
      showSearch={{ filterOption: false, onSearch: setTyped }}
      allowClear
      placeholder={t.hint}
      aria-label={label}
      notFoundContent={isFetching ? <Spin size="small" /> : t.none}
      optionRender={({ data: one }) => (
        <div>
          {one.label as string} <small style={{ color: 'var(--sub)' }}>{(one as unknown as { about: string }).about}</small>
        </div>
      )}
      style={{ width: '100%' }}
      {...rest}
      options={options ?? []}
    />
  );
}
