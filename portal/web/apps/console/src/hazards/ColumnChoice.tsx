/** Which columns are shown, and in which order. */
import { ArrowDownOutlined, ArrowUpOutlined, SettingOutlined } from '@ant-design/icons';
import { Button, Checkbox, Popover } from 'antd';
import { words } from '@anhuan/i18n';
import { columnName, columns, usual } from './columns';
import css from './ledger.module.css';
import { moved, type Layout } from './layout';

const t = words({
  title: ['列设置', 'Columns'],
  up: [(name: string) => `上移 ${name}`, (name: string) => `Move ${name} up`],
  down: [(name: string) => `下移 ${name}`, (name: string) => `Move ${name} down`],
  usual: ['恢复默认', 'As it was'],
});

/** Kept at once. */
export function ColumnChoice({ layout, onLayout }: { layout: Layout; onLayout: (change: Partial<Layout>) => void }) {
  const { codes } = layout;
  const all = [...codes, ...columns.map(({ code }) => code as string).filter((code) => !codes.includes(code))];
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t.title}
      content={
        <>
          <ul className={css.choice}>
            {all.map((code) => {
              const name = columnName(code as (typeof columns)[number]['code']);
              const at = codes.indexOf(code);
              return (
                <li key={code}>
                  <Checkbox checked={at >= 0} disabled={at >= 0 && codes.length === 1} onChange={({ target }) => onLayout({ codes: target.checked ? [...codes, code] : codes.filter((one) => one !== code) })}>
                    {name}
                  </Checkbox>
                  <Button type="text" size="small" icon={<ArrowUpOutlined />} aria-label={t.up(name)} disabled={at <= 0} onClick={() => onLayout({ codes: moved(codes, code, -1) })} />
                  <Button type="text" size="small" icon={<ArrowDownOutlined />} aria-label={t.down(name)} disabled={at < 0 || at === codes.length - 1} onClick={() => onLayout({ codes: moved(codes, code, 1) })} />
                </li>
              );
            })}
          </ul>
          <Button size="small" block onClick={() => onLayout({ codes: [...usual], widths: {} })}>{t.usual}</Button>
        </>
      }
    >
      <Button icon={<SettingOutlined />} aria-label={t.title} title={t.title} />
    </Popover>
  );
}
