/** The way of one photo: announce it, post the bytes to the store, have them read back, wait until they are durable. */
import { words } from '@anhuan/i18n';
import { WireError, act, ask, reach } from '@anhuan/wire';
import type { Box } from './box';
import { OutboxConfirmUpload, OutboxEvidence, OutboxRequestUpload, type EvidenceStatus } from './gql';
import { sha256 } from './hash';
import { heard } from './outcome';
import { patient } from './patience';
import { isThere, type PhotoRow, type Row } from './rows';
import type { PhotoLevel } from './types';

const t = words({
  refused: ['照片未被接收，请重新拍摄', 'This photo was not accepted. Take it again'],
  damaged: ['照片在本机已损坏，请重新拍摄', 'This photo was damaged on the device. Take it again'],
  missing: ['照片已不在本机，请重新拍摄', 'This photo is no longer on the device. Take it again'],
});

/** Bytes per millisecond of the slowest network on which an upload is still waited for. */
const SLOWEST = 8;
const PATIENCE = 60_000;
/** A photo that the server stumbles over this often is left behind, or it would hold its report back for ever. */
const STUMBLES = 5;

const LEVELS: Record<EvidenceStatus, PhotoLevel> = { REQUESTED: 'received', STORED: 'stored', DURABLE: 'durable', REFUSED: 'refused' };

interface Ticket {
  url: string;
  fields: Record<string, string>;
}
/** Where to post the bytes of each photo that was just announced; they are good for some minutes. */
export type Tickets = Map<string, Ticket>;

/** What the server must know of a photo before an act may name it; answers where to post the bytes, if they are wanted still. */
async function announced(box: Box, row: Row, photo: PhotoRow): Promise<Ticket | null> {
  const { id, name, mime, size, sha256 } = photo;
  try {
    const ticket = await patient(act(OutboxRequestUpload, { input: { id, name, mediaType: mime, size, sha256 } }, { as: box.owner.personId }));
    if (!ticket) throw new WireError('broken', 'NO_TICKET');
    await reached(box, row.id, id, ticket.evidence.status);
    return ticket.url ? { url: ticket.url, fields: ticket.fields as Record<string, string> } : null;
  } catch (problem) {
    await stumbled(box, row, photo, problem);
    throw problem;
  }
}

/** Announce every photo that is not announced, so that an act may name them while they are on their way. */
export async function announceAll(box: Box, row: Row): Promise<Tickets> {
  const tickets: Tickets = new Map();
  for (const photo of row.photos)
    if (photo.level === 'local')
      try {
        const ticket = await announced(box, row, photo);
        if (ticket) tickets.set(photo.id, ticket);
      } catch (problem) {
        if (!(await isRefused(box, row.id, photo.id))) throw problem;
      }
  return tickets;
}

/** Bring every photo to the store, one after the other; those that the server will never take are marked and passed over. */
export async function uploadAll(box: Box, row: Row, tickets: Tickets = new Map()): Promise<void> {
  for (const photo of row.photos)
    if (!isThere(photo))
      try {
        await upload(box, row, photo, tickets.get(photo.id));
      } catch (problem) {
        if (!(await isRefused(box, row.id, photo.id))) throw problem;
      }
}

/** Ask of each photo that was read back whether it is safe for good. */
export async function askWhetherDurable(box: Box, row: Row): Promise<void> {
  for (const photo of row.photos) {
    if (photo.level !== 'stored') continue;
    const { evidence } = await patient(ask(OutboxEvidence, { id: photo.id }, { as: box.owner.personId }));
    if (evidence) await reached(box, row.id, photo.id, evidence.status, true);
    // The server has forgotten it, as after a restored backup: ours is the only copy, so begin again.
    else await change(box, row.id, photo.id, (one) => ({ ...one, level: 'local' }));
  }
}

async function upload(box: Box, row: Row, photo: PhotoRow, given: Ticket | undefined): Promise<void> {
  const ticket = given ?? (await announced(box, row, photo));
  // Without one it has arrived already, and how far it came is written down.
  if (!ticket) return;
  await post(box, row, photo, ticket);
  try {
    const seen = await patient(act(OutboxConfirmUpload, { input: { id: photo.id } }, { as: box.owner.personId, patience: PATIENCE }), PATIENCE);
    if (!seen) throw new WireError('broken', 'NO_EVIDENCE');
    await reached(box, row.id, photo.id, seen.status);
    if (seen.status === 'REQUESTED') throw new WireError('busy', 'EVIDENCE_MISSING');
  } catch (problem) {
    await stumbled(box, row, photo, problem);
    throw problem;
  }
}

async function post(box: Box, row: Row, photo: PhotoRow, ticket: Ticket): Promise<void> {
  const bytes = await box.base.read((db) => db.get('bytes', photo.id));
  if (!bytes) {
    await refuse(box, row.id, photo.id, t.missing);
    throw new WireError('declined', 'PHOTO_MISSING');
  }
  const form = new FormData();
  for (const [name, value] of Object.entries(ticket.fields)) form.append(name, value);
  form.append('file', new Blob([bytes], { type: photo.mime }), photo.name);
  const patience = PATIENCE + bytes.byteLength / SLOWEST;
  let response: Response;
  try {
    response = await patient(reach(ticket.url, { method: 'POST', body: form, credentials: 'omit' }, { patience }), patience);
  } catch {
    // The store may be down while the server is not: other rows need not wait.
    throw new WireError('busy', 'STORE');
  }
  if (response.ok) return;
  // A form that has expired is asked for anew; bytes that rotted here would never fit it.
  if (response.status < 500 && (await sha256(bytes)) !== photo.sha256) await refuse(box, row.id, photo.id, t.damaged);
  throw new WireError('busy', `STORE_${response.status}`);
}

/** After a failure: refused for good where the server said so of this photo, or where it stumbles over it again and again. */
async function stumbled(box: Box, row: Row, photo: PhotoRow, problem: unknown): Promise<void> {
  const { trouble, code, problems } = heard(problem);
  if (trouble === 'declined' && isAboutFile(code)) await refuse(box, row.id, photo.id, problems.map((one) => one.message).join(' '));
  if (trouble === 'broken')
    await change(box, row.id, photo.id, (one) => (one.tries + 1 < STUMBLES ? { ...one, tries: one.tries + 1 } : { ...one, level: 'refused', problem: t.refused }));
}

/** Not a right or a subscription that may come back, but this very file. */
function isAboutFile(code: string): boolean {
  return code === 'BAD_INPUT' || code === 'CONFLICT' || code.startsWith('EVIDENCE_');
}

async function refuse(box: Box, id: string, photoId: string, problem: string): Promise<void> {
  await change(box, id, photoId, (one) => ({ ...one, level: 'refused', problem: problem || t.refused }));
}

async function isRefused(box: Box, id: string, photoId: string): Promise<boolean> {
  const row = await box.row(id);
  return row?.photos.find((one) => one.id === photoId)?.level === 'refused';
}

const ORDER: PhotoLevel[] = ['local', 'received', 'stored', 'durable'];

/** Write down how far it has come. Levels only rise here: an answer that was late in coming takes nothing back. */
async function reached(box: Box, id: string, photoId: string, status: EvidenceStatus, wasStored = false): Promise<void> {
  const level = LEVELS[status];
  await change(box, id, photoId, (one) => {
    if (one.level === 'refused') return one;
    if (level === 'refused') return { ...one, level, problem: t.refused };
    if (wasStored && level === 'received') return { ...one, level: 'local' };
    return ORDER.indexOf(level) > ORDER.indexOf(one.level) ? { ...one, level, tries: 0 } : one;
  });
}

async function change(box: Box, id: string, photoId: string, how: (photo: PhotoRow) => PhotoRow): Promise<void> {
  await box.update(id, (row) => ({ ...row, photos: row.photos.map((one) => (one.id === photoId ? how(one) : one)) }));
}
