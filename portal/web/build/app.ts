/** How every app is built: the small ones against Preact for old webviews, the console against React. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { sheet } from '../packages/tokens/src/index';

const web = resolve(import.meta.dirname, '..');
const output = resolve(web, '../anhuan_portal/web');

interface App {
  name: 'field' | 'portal' | 'console';
  base: string;
  isSmall: boolean;
}

/** The configuration of one app. */
export function app({ name, base, isSmall }: App): UserConfig {
  const api = process.env.ANHUAN_API ?? 'http://127.0.0.1:8080';
  return defineConfig({
    root: join(web, 'apps', name),
    base,
    resolve: {
      alias: isSmall
        ? [
            { find: 'react-dom/client', replacement: 'preact/compat/client' },
            { find: 'react-dom', replacement: 'preact/compat' },
            { find: 'react/jsx-runtime', replacement: 'preact/jsx-runtime' },
            { find: 'react/jsx-dev-runtime', replacement: 'preact/jsx-runtime' },
            { find: /^react$/, replacement: 'preact/compat' },
            { find: /^use-sync-external-store\/shim\/index\.js$/, replacement: 'preact/compat' },
          ]
        : [],
      dedupe: ['react', 'react-dom', 'preact'],
    },
    plugins: [react(), tokens(), ...(isSmall ? [shell(base)] : [])],
    build: {
      outDir: join(output, name),
      emptyOutDir: true,
      target: isSmall ? ['chrome69', 'safari13'] : ['chrome88', 'safari14'],
      cssTarget: isSmall ? ['chrome69', 'safari13'] : ['chrome88', 'safari14'],
      modulePreload: { polyfill: false },
      // What a phone needs to start comes in one file: it packs better, and every further request costs half a second in a tunnel.
      // The console's screens share many small parts: those that most of them need come in one file too, instead of twenty one after another.
      rolldownOptions: {
        output: { codeSplitting: { groups: [{ name: 'start', tags: ['$initial'], priority: 1 }, ...(isSmall ? [] : [{ name: 'common', minShareCount: 9 }])] } },
      },
      manifest: 'manifest.build.json',
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 900,
      reportCompressedSize: false,
    },
    server: {
      host: '127.0.0.1',
      // The door refuses pages of other origins, so that a page elsewhere cannot ride on cookies; here the dev server speaks for it.
      proxy: Object.fromEntries(
        ['/graphql', '/hazards.xlsx', '/organisation', '/cases', '/record.jsonl'].map((path) => [
          path,
          { target: api, changeOrigin: true, ws: path === '/graphql', headers: { origin: api } },
        ]),
      ),
    },
  });
}

/** The design tokens as a style sheet. */
function tokens(): Plugin {
  const id = 'virtual:tokens.css';
  return {
    name: 'anhuan-tokens',
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load: (source) => (source === `\0${id}` ? sheet() : null),
  };
}

/** The service worker of a small app: its list of files and their common hash are written into it after the build. */
function shell(base: string): Plugin {
  const source = join(web, 'packages/outbox/src/sw.js');
  return {
    name: 'anhuan-shell',
    apply: 'build',
    writeBundle(options) {
      const folder = options.dir;
      if (!folder) return;
      const files = (readdirSync(folder, { recursive: true }) as string[])
        .filter((file) => statSync(join(folder, file)).isFile() && !/(^sw\.js|\.build\.json|\.map|\.br|\.gz)$/.test(file))
        .sort();
      const worker = readFileSync(source, 'utf8');
      const hash = createHash('sha256').update(worker);
      for (const file of files) hash.update(file).update(readFileSync(join(folder, file)));
      const text = worker
        .replace("'%FILES%'", JSON.stringify(files.map((file) => (file === 'index.html' ? base : base + file))))
        .replace('%REVISION%', hash.digest('hex').slice(0, 12));
      writeFileSync(join(folder, 'sw.js'), text);
    },
  };
}
