/** A way out for when storage or network fail for good: one readable file with everything that the server may not have. */
import { theBox } from './current';
import { draftBytes } from './drafts';
import type { Row } from './rows';
import type { Command, Owner } from './types';

/** Everything that waits, was declined, was drafted or thrown away, photos in Base64. */
export async function exportAll(): Promise<Blob> {
  const { base, owner } = theBox();
  const parts = head(owner);
  const bytesOf = (key: string): Promise<ArrayBuffer | undefined> => base.read((db) => db.get('bytes', key));
  const rows = await base.read((db) => db.getAll('acts'));
  parts.push('"entries":[');
  await list(parts, rows.filter(isWorthKeeping).sort((a, b) => a.seq - b.seq), (row) => entry(parts, row, bytesOf));
  parts.push('],"drafts":[');
  const keys = await base.read((db) => db.getAllKeys('drafts'));
  await list(parts, keys, async (key) => {
    const draft = await base.read((db) => db.get('drafts', key));
    if (!draft) return void parts.push('null');
    const places = await base.read((db) => db.getAllKeys('bytes', draftBytes(key)));
    parts.push(`{"key":${JSON.stringify(key)},"value":${JSON.stringify(draft.value)},"savedAt":${time(draft.at)},"photos":[`);
    await list(parts, draft.photos, async (photo) => {
      const place = places.find((one) => one.endsWith(` ${photo.id}`));
      picture(parts, photo, place ? await bytesOf(place) : undefined);
    });
    parts.push(']}');
  });
  parts.push('],"bin":[');
  const bin = await base.read((db) => db.getAllKeys('bin'));
  await list(parts, bin, async (key) => {
    const thrown = await base.read((db) => db.get('bin', key));
    if (!thrown) return void parts.push('null');
    await entry(parts, thrown.row, async (id) => thrown.bytes.find((one) => one.id === id)?.data);
  });
  parts.push(']}\n');
  return new Blob(parts, { type: 'application/json' });
}

/** The same for one command that could not even be kept. */
export async function exportOf(command: Command, owner: Owner | null): Promise<Blob> {
  const { photos, ...rest } = command;
  const parts = head(owner);
  parts.push(`"entries":[${JSON.stringify(rest).slice(0, -1)},"photos":[`);
  await list(parts, photos, async ({ data, ...photo }) => picture(parts, photo, data));
  parts.push(']}],"drafts":[],"bin":[]}\n');
  return new Blob(parts, { type: 'application/json' });
}

function head(owner: Owner | null): string[] {
  return [`{"app":"anhuan","form":1,"exportedAt":${time(Date.now())},"owner":${JSON.stringify(owner)},`];
}

function isWorthKeeping(row: Row): boolean {
  return row.state !== 'done' || row.photos.some((photo) => photo.level !== 'durable');
}

async function entry(parts: string[], row: Row, bytesOf: (id: string) => Promise<ArrayBuffer | undefined>): Promise<void> {
  const { photos, createdAt, problems, ...rest } = row;
  const { id, kind, title, about, state, document, variables, frozen, receipt } = rest;
  const told = { id, kind, title, about, state, document, variables, frozen, receipt, problems, createdAt: new Date(createdAt).toISOString() };
  parts.push(`${JSON.stringify(told).slice(0, -1)},"photos":[`);
  await list(parts, photos, async ({ thumbnail: _thumbnail, ...photo }) => picture(parts, photo, await bytesOf(photo.id)));
  parts.push(']}');
}

function picture(parts: string[], facts: object, data: ArrayBuffer | undefined): void {
  parts.push(`${JSON.stringify(facts).slice(0, -1)},"base64":`, data ? `"${base64(data)}"` : 'null', '}');
}

async function list<One>(parts: string[], all: readonly One[], write: (one: One) => Promise<void>): Promise<void> {
  for (const [index, one] of all.entries()) {
    if (index) parts.push(',');
    await write(one);
  }
}

/** In pieces: a whole photo as arguments of one call overflows the stack. Their length is divisible by three, so they join. */
function base64(data: ArrayBuffer): string {
  const bytes = new Uint8Array(data);
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x6000) text += btoa(String.fromCharCode(...bytes.subarray(at, at + 0x6000)));
  return text;
}

function time(at: number): string {
  return JSON.stringify(new Date(at).toISOString());
}
