// Keep today's documents for good: a phone that was put away with this release asks by these hashes when it comes out of its drawer.
// Run once per release, `npm run release`; released-documents.json only ever grows.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const web = resolve(fileURLToPath(import.meta.url), '../..');
const current = JSON.parse(readFileSync(resolve(web, '../anhuan_portal/web/documents.json'), 'utf8'));
const file = resolve(web, 'released-documents.json');
const released = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
const fresh = Object.keys(current).filter((hash) => !(hash in released));
const all = Object.entries({ ...current, ...released }).sort(([one], [other]) => (one < other ? -1 : 1));
writeFileSync(file, `${JSON.stringify(Object.fromEntries(all), null, 1)}\n`);
console.log(`web        ${fresh.length} documents are new, ${all.length} are kept`);
