// Build the three apps one after the other, with the documents of earlier releases; then write .br and .gz beside every text file.
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';
import { layReleased } from './released.mjs';

const web = resolve(fileURLToPath(import.meta.url), '../..');
const output = resolve(web, '../anhuan_portal/web');
const wanted = process.argv.slice(2);
layReleased(web, output);

for (const name of ['field', 'portal', 'console']) {
  if (wanted.length && !wanted.includes(name)) continue;
  const began = Date.now();
  await build({ configFile: join(web, 'apps', name, 'vite.config.ts'), logLevel: 'warn' });
  const folder = join(output, name);
  for (const file of readdirSync(folder, { recursive: true })) {
    const path = join(folder, file);
    if (!statSync(path).isFile() || !/\.(html|js|css|svg|json|webmanifest|wasm)$/.test(file)) continue;
    const bytes = readFileSync(path);
    if (bytes.length < 1024) continue;
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
  }
  console.log(`web        ${name} ${((Date.now() - began) / 1000).toFixed(1)} s`);
}
