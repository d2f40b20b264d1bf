/** Under the list: how many there are, forwards, backwards, and how many at once. */
import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { words } from '@anhuan/i18n';
import { count } from '@anhuan/i18n/time';
import css from './ledger.module.css';
import { SIZES } from './layout';

const t = words({
  total: [(n: string) => `共 ${n} 条`, (n: string) => `${n} in all`],
  page: [(no: number, of: number) => `第 ${no} / ${of} 页`, (no: number, of: number) => `page ${no} of ${of}`],
  next: ['下一页', 'Next page'],
  back: ['上一页', 'Previous page'],
  size: [(n: number) => `${n} 条/页`, (n: number) => `${n} per page`],
  sizes: ['每页条数', 'Rows per page'],
});

interface PagerProps {
  total: number | undefined;
  no: number;
  size: number;
  onSize: (size: number) => void;
  next: (() => void) | null;
  back: (() => void) | null;
  isBusy: boolean;
}

/** Pages follow each other; there is no leap to the hundredth. */
export function Pager({ total, no, size, onSize, next, back, isBusy }: PagerProps) {
  return (
    <nav className={css.pager} aria-label={t.sizes}>
      <span>{total === undefined ? '' : t.total(count(total))}</span>
      <span className={css.space} />
      <Button icon={<LeftOutlined />} aria-label={t.back} disabled={!back} onClick={() => back?.()} />
      <span>{t.page(no, Math.max(no, Math.ceil((total ?? 0) / size)))}</span>
      <Button icon={<RightOutlined />} aria-label={t.next} disabled={!next || isBusy} onClick={() => next?.()} />
      <Select<number> aria-label={t.sizes} value={size} onChange={onSize} options={SIZES.map((value) => ({ value, label: t.size(value) }))} />
    </nav>
  );
}
