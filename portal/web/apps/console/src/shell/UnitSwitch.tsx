/** Which part of the company the console looks at. */
import { ApartmentOutlined } from '@ant-design/icons';
import { words } from '@anhuan/i18n';
import { UnitPick } from '../shared/UnitPick';
import { useUnit } from '../shared/unit';

const t = words({ label: ['查看范围', 'Scope'], all: [(company: string) => `${company} · 全部`, (company: string) => `${company} · all`] });

/** Without a choice it is everything that one may see. */
export default function UnitSwitch({ company }: { company: string }) {
  const [unit, choose] = useUnit();
  return (
    <UnitPick
      variant="filled"
      label={t.label}
      prefix={<ApartmentOutlined />}
      value={unit ?? undefined}
      placeholder={<span style={{ color: 'var(--ink)' }}>{t.all(company)}</span>}
      onChange={(next) => choose(next ?? null)}
    />
  );
}
