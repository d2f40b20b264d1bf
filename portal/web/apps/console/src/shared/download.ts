/** Files that are taken away whole. They are fetched as questions are: a session that has run out is renewed, and a refusal is said in words instead of standing in place of the page. */
import { tag } from '@anhuan/i18n';
import { fetchWho, reach, troubleOf, whoIsHere, WireError, type Problem } from '@anhuan/wire';
import { saveBlob } from './files';

/** A sheet of tens of thousands of rows takes the server a while. */
const PATIENCE = 300_000;

interface Refusal {
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** Fetch a file and hand it to the browser under the name that the server gives it; a WireError says why not. */
export async function download(address: string): Promise<void> {
  let file: { name: string; content: Blob };
  try {
    file = await fetched(address);
  } catch (problem) {
    if (!(problem instanceof WireError) || problem.trouble !== 'signed-out') throw problem;
    await fetchWho();
    file = await fetched(address);
  }
  saveBlob(file.name, file.content);
}

/** A page of its own for a file, such as a PDF; a tab that is to stay empty is not opened. */
export async function openFile(address: string): Promise<void> {
  // A link cannot renew a session that has run out; a question that goes before it does.
  await fetchWho();
  window.open(address, '_blank', 'noopener');
}

async function fetched(address: string): Promise<{ name: string; content: Blob }> {
  const whose = whoIsHere()?.person.id;
  const headers = { 'accept-language': tag(), ...(whose ? { 'x-person': whose } : {}) };
  return reach(address, { credentials: 'same-origin', headers }, { patience: PATIENCE }, async (response) => {
    if (!response.ok) throw troubleOf(response.status, await reasons(response));
    return { name: nameIn(response.headers.get('content-disposition')) ?? address.replace(/\?.*/, '').replace(/.*\//, ''), content: await response.blob() };
  });
}

async function reasons(response: Response): Promise<Problem[]> {
  try {
    const { errors = [] } = (await response.json()) as Refusal;
    return errors.map((one) => ({ code: one.extensions?.code ?? 'INTERNAL', message: one.message }));
  } catch {
    // A proxy spoke in the server's place; the status has to do.
    return [];
  }
}

/** The file's name out of the header that gives it. */
export function nameIn(disposition: string | null): string | null {
  const coded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  return coded ? decodeURIComponent(coded) : (/filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1] ?? null);
}
