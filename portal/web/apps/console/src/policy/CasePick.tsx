/** Find a hazard by its number or words, and choose it. */
import { useEffect, useState } from 'react';
import { Select } from 'antd';
import { words } from '@anhuan/i18n';
import { ConsoleFindCases } from '../gql';
import { useAnswer } from '../shared/query';
import { withRest } from '../shared/rest';

const t = words({
  hint: ['编号或描述', 'Number or words'],
  none: ['没有匹配的隐患', 'No such hazard'],
});
const TYPING = 250;

/** The ten newest that match. */
export function CasePick({ id, value, onChange }: { id: string; value: string | null; onChange: (id: string | null) => void }) {
  const [typed, setTyped] = useState('');
  const [text, setText] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), TYPING);
    return () => clearTimeout(timer);
  }, [typed]);
  const { data } = useAnswer(ConsoleFindCases, { text }, ['case'], { keeps: true });
  return (
    <Select
      id={id}
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      placeholder={t.hint}
      notFoundContent={t.none}
      popupRender={withRest(Boolean(data?.hazards.pageInfo.hasNextPage))}
      style={{ width: '100%' }}
      value={value ?? undefined}
      onChange={(next) => onChange(next ?? null)}
      options={data?.hazards.edges.map(({ node }) => ({ value: node.id, label: `${node.number} ${node.title}` })) ?? []}
    />
  );
}
