/** Choose a unit out of the tree. */
import { useId } from 'react';
import { TreeSelect, type TreeSelectProps } from 'antd';
import { words } from '@anhuan/i18n';
import { useUnits } from './units';

const t = words({ label: ['单位', 'Unit'], none: ['没有匹配的单位', 'No such unit'] });

type Rest = Omit<TreeSelectProps<string>, 'treeData'>;

/** As antd's TreeSelect; `label` names it for who cannot see. */
export function UnitPick({ label = t.label, ...rest }: Rest & { label?: string }) {
  const { tree, answer } = useUnits();
  const own = useId();
  const id = rest.id ?? own;
  return (
    <TreeSelect<string>
      showSearch={{ treeNodeFilterProp: 'title' }}
      treeDefaultExpandAll={tree.length > 0 && answer.data!.organisation.length < 60}
      treeNodeLabelProp="label"
      treeDefaultExpandedKeys={tree.map(({ value }) => value)}
      allowClear
      loading={answer.isLoading}
      notFoundContent={t.none}
      aria-label={label}
      popupMatchSelectWidth={280}
      style={{ width: '100%' }}
      {...rest}
      id={id}
      // The field says that it controls this id; the tree itself bears none.
      popupRender={(menu) => <div id={`${id}_list`}>{menu}</div>}
      treeData={tree}
    />
  );
}
