import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const page = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: page('.'),
  base: '/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // The gateway serves the pages under a policy that allows no data: addresses.
    assetsInlineLimit: 0,
    rolldownOptions: { input: [page('index.html'), page('staff/index.html'), page('demo/index.html')] },
  },
});
