/** People of a unit and everything under it, or of the whole company: found by name, pinyin or account. */
import { useEffect, useState } from 'react';
import { Button, Checkbox, Input, Table } from 'antd';
import { SearchOutlined, UserAddOutlined } from '@ant-design/icons';
import { useSearchParams } from 'react-router';
import { words } from '@anhuan/i18n';
import { ConsolePeople, type ConsolePersonFragment } from '../gql';
import { Answered } from '../shared/Answered';
import { Pager, usePages } from '../shared/Pager';
import { Tag } from '../shared/parts';
import { useAnswer } from '../shared/query';
import { may, useWho } from '../shared/rights';
import { Empty } from '../shared/states';
import { AddPerson } from './AddPerson';
import { PersonDrawer } from './PersonDrawer';
import css from './organisation.module.css';

const t = words({
  find: ['姓名、拼音、首字母或账号', 'Name, pinyin, initials or account'],
  disabled: ['含已停用', 'With disabled ones'],
  add: ['新增人员', 'Add a person'],
  name: ['姓名', 'Name'],
  account: ['账号', 'Account'],
  unit: ['所在单位', 'Unit'],
  posts: ['岗位', 'Posts'],
  outside: ['相关方', 'Outside'],
  off: ['已停用', 'Disabled'],
  none: ['没有找到人员', 'Nobody found'],
  noneMore: ['换个条件试试，或在右上角新增人员。', 'Try other words, or add somebody.'],
  open: [(name: string) => `打开${name}`, (name: string) => `Open ${name}`],
});

const SIZE = 20;
const TYPING = 250;

interface PeopleTableProps {
  unit?: string | null;
  party?: string;
  /** The unit that newcomers are proposed for, where it is not `unit`. */
  home?: string | null;
  mayAdd?: boolean;
}

/** Whose drawer is open stands in the address. */
export function PeopleTable({ unit = null, party, home = unit, mayAdd = true }: PeopleTableProps) {
  const [typed, setTyped] = useState('');
  const [text, setText] = useState('');
  const [disabled, setDisabled] = useState(false);
  const [isAdding, setAdding] = useState(false);
  const [search, setSearch] = useSearchParams();
  const who = useWho();
  const pages = usePages(`${unit}/${party}/${text}/${disabled}`);
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), TYPING);
    return () => clearTimeout(timer);
  }, [typed]);
  const answer = useAnswer(ConsolePeople, { first: SIZE, after: pages.after, unit, party, text: text || null, disabled }, ['people'], { keeps: true });
  const open = (id: string | null): void =>
    setSearch((before) => {
      if (id) before.set('person', id);
      else before.delete('person');
      return before;
    });
  return (
    <>
      <div className={css.tools}>
        <Input className={css.grow} allowClear prefix={<SearchOutlined />} placeholder={t.find} aria-label={t.find} value={typed} onChange={(event) => setTyped(event.target.value)} />
        <Checkbox checked={disabled} onChange={(event) => setDisabled(event.target.checked)}>
          {t.disabled}
        </Checkbox>
        <span style={{ flex: 1 }} />
        {mayAdd && may(who, ['person.manage']) && (
          <Button icon={<UserAddOutlined />} onClick={() => setAdding(true)}>
            {t.add}
          </Button>
        )}
      </div>
      <Answered of={answer} shape="table" isSmall>
        {({ people }) => (
          <>
            <Table<ConsolePersonFragment>
              rowKey="id"
              size="small"
              pagination={false}
              scroll={{ x: 640 }}
              dataSource={people.edges.map(({ node }) => node)}
              locale={{ emptyText: <Empty isSmall title={t.none}>{t.noneMore}</Empty> }}
              onRow={(person) => ({ onClick: () => open(person.id), style: { cursor: 'pointer' } })}
              columns={[
                {
                  title: t.name,
                  width: 180,
                  render: (_, person) => (
                    <span className={css.name}>
                      <Button type="link" size="small" style={{ padding: 0 }} aria-label={t.open(person.name)} onClick={(event) => (event.stopPropagation(), open(person.id))}>
                        {person.name}
                      </Button>
                      {person.disabledAt && <Tag tone="warn">{t.off}</Tag>}
                      {person.partyId && !party && <Tag>{t.outside}</Tag>}
                    </span>
                  ),
                },
                { title: t.account, dataIndex: 'account', width: 140 },
                { title: t.unit, width: 180, render: (_, person) => person.unit?.name ?? '—' },
                {
                  title: t.posts,
                  render: (_, person) =>
                    person.posts.length ? (
                      <span className={css.posts}>
                        {person.posts.map((post) => (
                          <span key={post.id}>
                            {post.name} {post.unit && post.unit.id !== person.unit?.id && <small>{post.unit.name}</small>}
                          </span>
                        ))}
                      </span>
                    ) : (
                      '—'
                    ),
                },
              ]}
            />
            <Pager pages={pages} size={SIZE} here={people.edges.length} total={people.totalCount} info={people.pageInfo} />
          </>
        )}
      </Answered>
      <AddPerson isOpen={isAdding} onClose={() => setAdding(false)} unit={home} party={party} />
      <PersonDrawer id={search.get('person')} onClose={() => open(null)} />
    </>
  );
}
