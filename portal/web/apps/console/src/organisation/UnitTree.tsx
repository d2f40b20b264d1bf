/** The tree of units, narrowed by what is typed. */
import { useMemo, useState } from 'react';
import { Input, Tree } from 'antd';
import { SearchOutlined } from '@ant-design/icons';
import { words } from '@anhuan/i18n';
import type { ConsoleUnitFragment } from '../gql';
import { Tag } from '../shared/parts';
import css from './organisation.module.css';
import { matching, treeOf, wayTo, type Branch } from './tree';
import { kinds } from './words';

const t = words({
  find: ['查找单位名称或编号', 'Find a unit by name or code'],
  none: ['没有匹配的单位', 'No such unit'],
  label: ['组织机构树', 'Tree of units'],
  closed: ['已撤销', 'closed'],
});

const FEW = 40;

interface UnitTreeProps {
  units: readonly ConsoleUnitFragment[];
  at: string;
  onChoose: (id: string) => void;
}

interface Leaf {
  key: string;
  title: string;
  unit: ConsoleUnitFragment;
  children: Leaf[];
}

/** Opens the way to the unit that is chosen; small companies are open altogether. */
export function UnitTree({ units, at, onChoose }: UnitTreeProps) {
  const [text, setText] = useState('');
  const [opened, setOpened] = useState<string[] | null>(null);
  const { found, shown } = useMemo(() => matching(units, text), [units, text]);
  const leaves = useMemo(() => treeOf(units).map((branch) => leaf(branch, text ? shown : null)).filter(isLeaf), [units, text, shown]);
  const usual = useMemo(() => (units.length <= FEW ? units.map((unit) => unit.id) : wayTo(units, at).map((unit) => unit.id)), [units, at]);
  return (
    <>
      <Input allowClear prefix={<SearchOutlined />} placeholder={t.find} aria-label={t.find} value={text} onChange={(event) => setText(event.target.value)} />
      {leaves.length ? (
        <div className={css.tree}>
          <Tree<Leaf>
            aria-label={t.label}
            blockNode
            showLine
            treeData={leaves}
            selectedKeys={[at]}
            expandedKeys={text ? [...shown] : (opened ?? usual)}
            onExpand={(keys) => setOpened(keys.map(String))}
            onSelect={([key]) => key !== undefined && onChoose(String(key))}
            titleRender={({ unit }) => (
              <span className={css.leaf}>
                <span className={found.has(unit.id) ? css.hit : undefined}>{unit.name}</span>
                {unit.closedAt ? <Tag>{t.closed}</Tag> : <small>{kinds(unit.kind)}</small>}
              </span>
            )}
          />
        </div>
      ) : (
        <p className={css.quiet}>{t.none}</p>
      )}
    </>
  );
}

function leaf(branch: Branch<ConsoleUnitFragment>, only: ReadonlySet<string> | null): Leaf | null {
  if (only && !only.has(branch.unit.id)) return null;
  return { key: branch.unit.id, title: branch.unit.name, unit: branch.unit, children: branch.children.map((one) => leaf(one, only)).filter(isLeaf) };
}

function isLeaf(one: Leaf | null): one is Leaf {
  return one !== null;
}
