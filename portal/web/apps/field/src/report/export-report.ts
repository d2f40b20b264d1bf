/** A report as a page that anybody can open, with its photos inside: the last way when a phone can store nothing. */
import { words } from '@anhuan/i18n';
import { moment } from '@anhuan/i18n/time';
import type { PhotoIn } from '@anhuan/outbox';
import { whoIsHere } from '@anhuan/wire';
import { nameOf } from './kinds';
import type { Report } from './use-report';

const t = words({
  title: ['隐患上报', 'Hazard report'],
  when: ['时间', 'Time'],
  who: ['上报人', 'Reported by'],
  kind: ['类型', 'Kind'],
  place: ['位置', 'Place'],
  text: ['说明', 'Remark'],
});

/** One HTML file. */
export async function exportReport(report: Report, photos: readonly PhotoIn[]): Promise<Blob> {
  const who = whoIsHere();
  const lines: [string, string][] = [
    [t.when, moment(Date.now())],
    [t.who, who ? `${who.person.name} · ${who.company.name}` : ''],
    [t.kind, report.kind ? nameOf(report.kind) : ''],
    [t.place, [report.spot?.name, report.placeNote, report.at && `${report.at.latitude.toFixed(5)}, ${report.at.longitude.toFixed(5)}`].filter(Boolean).join(' · ')],
    [t.text, report.text],
  ];
  const pictures = await Promise.all(photos.map((one) => address(new Blob([one.data], { type: one.mime }))));
  const rows = lines.filter(([, value]) => value).map(([name, value]) => `<tr><th>${safe(name)}</th><td>${safe(value)}</td></tr>`);
  const page = `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${t.title}</title><h1>${t.title}</h1><table>${rows.join('')}</table>${pictures.map((one) => `<p><img src="${one}" width="100%"></p>`).join('')}<!-- ${report.id} -->`;
  return new Blob([page], { type: 'text/html' });
}

/** Text inside HTML. */
export function safe(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function address(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(reader.result as string));
    reader.addEventListener('error', () => reject(reader.error ?? new Error('read')));
    reader.readAsDataURL(blob);
  });
}
