/** Find people by name, pinyin or account, and choose one or several. */
import { useEffect, useState } from 'react';
import { useQueries } from '@tanstack/react-query';
import { Select, Spin, type SelectProps } from 'antd';
import { words } from '@anhuan/i18n';
import { ask } from '@anhuan/wire';
import { ConsoleFindPeople, ConsoleWhose } from '../gql';
import { useAnswer } from './query';
import { withRest } from './rest';

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
  const chosen = useNames([rest.value ?? []].flat(), data?.people.edges.map(({ node }) => node.id) ?? []);
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
      popupRender={withRest(Boolean(data?.people.pageInfo.hasNextPage))}
      options={[...(options ?? []), ...(text ? [] : chosen)]}
      labelRender={({ value, label: name }) => name ?? chosen.find((one) => one.value === value)?.label ?? '…'}
    />
  );
}

/** The names of those who are chosen and not among the ones on offer, as when a draft is taken up again. */
function useNames(ids: readonly string[], offered: readonly string[]): { value: string; label: string; about: string }[] {
  const missing = ids.filter((id) => !offered.includes(id));
  return useQueries({
    queries: missing.map((id) => ({ queryKey: [ConsoleWhose, { id }, ['people']], queryFn: ({ signal }: { signal: AbortSignal }) => ask(ConsoleWhose, { id }, { signal }) })),
    combine: (answers) => answers.flatMap(({ data }) => (data?.person ? [{ value: data.person.id, label: data.person.name, about: '' }] : [])),
  });
}
