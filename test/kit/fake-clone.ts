import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';

export interface FakeClone {
  folder: string;
  put(path: string, text: string): void;
  /** A program on the path that stands for one of the system's; `text` is shell. */
  putProgram(name: string, text: string): void;
  /** Runs a script of the project in it. `calls`: the lines that its programs added to the file `calls`, sorted. */
  run(script: string, env: Record<string, string>, ...args: string[]): { status: number | null; said: string; calls: string[] };
}

/** A clone of the project with scripts but without anything that takes long: npm and the compilers only note that they were called. */
export function fakeClone(engines = '>=20.19.0 <99.0.0'): FakeClone {
  const folder = temporaryFolder();
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  put('package.json', JSON.stringify({ engines: { node: engines } }));
  put('package-lock.json', '{}');
  put('tsconfig.json', '{}');
  put('src/main.ts', '');
  put('kiosk-ui/index.html', '');
  put('npm.mjs', stubNpm);
  cpSync('scripts', join(folder, 'scripts'), { recursive: true });
  return {
    folder,
    put,
    putProgram(name, text) {
      put(join('bin', name), `#!/bin/sh\n${text}\n`);
      chmodSync(join(folder, 'bin', name), 0o755);
    },
    run(script, env, ...args) {
      put('calls', '');
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'scripts', script), ...args], {
        cwd: folder,
        encoding: 'utf8',
        env: { PATH: `${join(folder, 'bin')}:${process.env['PATH']}`, npm_execpath: join(folder, 'npm.mjs'), ...env },
      });
      const calls = readFileSync(join(folder, 'calls'), 'utf8').split('\n').filter(Boolean).sort();
      return { status, said: stdout + stderr, calls };
    },
  };
}

const stubNpm = `
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
appendFileSync('calls', 'npm ' + process.argv[2] + '\\n');
if (process.env.NPM_FAILS) { console.error('npm says why'); process.exit(1); }
const put = (path, text) => { mkdirSync(path.slice(0, path.lastIndexOf('/')), { recursive: true }); writeFileSync(path, text); };
const compiler = (result) => \`const fs = require("fs");
if (process.argv.includes("--noEmit")) process.exit(0);
fs.appendFileSync("calls", "build \${result}\\\\n");
fs.mkdirSync(require("path").dirname("\${result}"), { recursive: true });
fs.writeFileSync("\${result}", "");\`;
put('node_modules/.package-lock.json', '{}');
put('node_modules/typescript/bin/tsc', compiler('dist/src/main.js'));
put('node_modules/vite/bin/vite.js', compiler('kiosk-ui/dist/index.html'));
for (const check of ['@biomejs/biome/bin/biome', 'oxlint/bin/oxlint', 'knip/bin/knip.js']) put('node_modules/' + check, '');
if (process.argv[2] === 'install' || process.env.WITH_PCSC) put('node_modules/nfc-pcsc/package.json', '{}');
`;
