/** Figures as they stand on the overview: shares and hours, and a dash for what is of nothing. Pure. */
import { words } from '@anhuan/i18n';

const t = words({
  minutes: [(n: string) => `${n} 分钟`, (n: string) => `${n} min`],
  hours: [(n: string) => `${n} 小时`, (n: string) => `${n} h`],
  days: [(n: string) => `${n} 天`, (n: string) => `${n} d`],
});

export const NOTHING = '—';

/** 92.5; of nothing there is no share. */
export function percent(value: number | null | undefined): string {
  return value === null || value === undefined ? NOTHING : `${round(value)}`;
}

/** Hours in the unit in which people speak of them: minutes below one, days from two days on. */
export function hours(value: number | null | undefined): string {
  if (value === null || value === undefined) return NOTHING;
  if (value < 1) return t.minutes(String(Math.max(1, Math.round(value * 60))));
  if (value < 48) return t.hours(round(value));
  return t.days(round(value / 24));
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
