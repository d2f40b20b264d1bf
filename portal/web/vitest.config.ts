/** Unit tests; React is Preact here for everything but the console, as in the builds. */
import { defineConfig } from 'vitest/config';

const preact = [
  { find: 'react-dom/client', replacement: 'preact/compat/client' },
  { find: 'react-dom', replacement: 'preact/compat' },
  { find: 'react/jsx-runtime', replacement: 'preact/jsx-runtime' },
  { find: 'react/jsx-dev-runtime', replacement: 'preact/jsx-runtime' },
  { find: /^react$/, replacement: 'preact/compat' },
];
const common = { environment: 'happy-dom', testTimeout: 20_000 };

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias: preact, dedupe: ['preact'] },
        test: { ...common, name: 'small', include: ['packages/*/test/**/*.test.{ts,tsx}', 'apps/{field,portal}/test/**/*.test.{ts,tsx}'] },
      },
      { test: { ...common, name: 'console', include: ['apps/console/test/**/*.test.{ts,tsx}'] } },
    ],
  },
});
