import { symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { temporaryFolder } from './temporary-folder.ts';

const modules = resolve(import.meta.dirname, '../../node_modules');

/** Makes one JavaScript file of a TypeScript script, so that Node 20 can run it as a process of its own. Returns the file's path. */
export async function bundleForChild(script: string): Promise<string> {
  const folder = temporaryFolder();
  symlinkSync(modules, join(folder, 'node_modules'));
  await build({
    configFile: false,
    logLevel: 'warn',
    build: { ssr: script, outDir: folder, emptyOutDir: false, rolldownOptions: { output: { entryFileNames: 'child.mjs' } } },
  });
  return join(folder, 'child.mjs');
}
