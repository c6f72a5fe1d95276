import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { boundaries } from './boundaries.ts';
import { findCycles, findViolations } from './find-violations.ts';
import { readImports, sourceFolders } from './read-imports.ts';

const root = process.cwd();
const imports = readImports(root);

test('arrows point inward only', () => {
  expect(findViolations(imports)).toEqual([]);
});

test('no files import each other in a ring, types included', () => {
  expect(findCycles(imports)).toEqual([]);
});

test('every source file was judged', () => {
  const onDisk = execFileSync(
    'find',
    [
      ...sourceFolders.filter((folder) => existsSync(join(root, folder))),
      '-type',
      'f',
      '-regex',
      '.*\\.\\(ts\\|tsx\\|js\\|mjs\\)',
    ],
    {
      cwd: root,
    },
  );
  const files = onDisk.toString().trim().split('\n').sort();
  expect([...imports.keys()].sort()).toEqual(files);
  expect(files.length).toBeGreaterThan(100);
});

test('every import that stands in a file was seen', () => {
  const unseen: string[] = [];
  for (const [file, seen] of imports) {
    const written = readFileSync(join(root, file), 'utf8').match(/^(import|export) .*from '|^\} from '|^import '/gm) ?? [];
    if (seen.length < written.length) unseen.push(`${file}: ${written.length} written, ${seen.length} seen`);
  }
  expect(unseen).toEqual([]);
});

test('every package that runs at the gate has exactly one home', () => {
  const { dependencies, optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const homes = Object.keys({ ...dependencies, ...optionalDependencies })
    .filter((name) => name !== 'zod')
    .map((name) => [name, boundaries.filter(({ mayImport }) => mayImport.includes(`npm:${name}`)).length]);
  // The command line is one file and one folder.
  expect(homes.filter(([name, count]) => count !== (name === 'commander' ? 2 : 1))).toEqual([]);
});

describe('each boundary bites', () => {
  test.each([
    ['src/lib/x.ts', "import '../domain/y.ts'", 'src/lib/x.ts imports src/domain/y.ts: what knows the product is no library'],
    ['src/lib/x.ts', "import 'node:fs'", 'src/lib/x.ts imports node:fs: '],
    ['src/domain/access/x.ts', "import type { A } from '../../ports/y.ts'", 'imports src/ports/y.ts: the domain has no I/O'],
    ['src/domain/access/x.ts', "import 'zod'", 'imports npm:zod: the domain'],
    ['src/domain/access/x.ts', "import 'temporal-polyfill'", 'imports npm:temporal-polyfill: the domain'],
    ['src/domain/access/x.ts', "export * from 'crypto'", 'imports node:crypto: the domain'],
    ['src/domain/schedule/x.ts', "type A = import('../../app/y.ts').A", 'imports src/app/y.ts: only calendars'],
    ['src/ports/x.ts', "import '../app/y.ts'", 'imports src/app/y.ts: a port is words only'],
    ['src/app/x.ts', "import '../adapters/store/y.ts'", 'imports src/adapters/store/y.ts: the app says'],
    ['src/app/x.ts', "await import('node:fs/promises')", 'imports node:fs/promises: the app says'],
    ['src/adapters/web/x.ts', "import '../store/y.ts'", 'imports src/adapters/store/y.ts: an adapter calls neither'],
    ['src/adapters/web/x.ts', "import type { A } from '../../app/y.ts'", 'imports src/app/y.ts: an adapter calls neither'],
    ['src/adapters/web/x.ts', "import 'better-sqlite3'", 'imports npm:better-sqlite3: an adapter'],
    ['src/adapters/store/x.ts', "import '../../config/y.ts'", 'imports src/config/y.ts: an adapter'],
    ['src/adapters/broker/x.ts', "import '@serialport/parser-readline'", 'imports npm:@serialport/parser-readline: an adapter'],
    ['src/config/x.ts', "import '../adapters/store/y.ts'", 'imports src/adapters/store/y.ts: the configuration'],
    ['src/commands/x.ts', "import 'hono/cookie'", 'imports npm:hono: a command'],
    ['src/main.ts', "import './gateway.ts'", 'imports src/gateway.ts: the command line'],
    ['src/gateway.ts', "import 'mqtt'", 'imports npm:mqtt: the wiring'],
    ['devices/readers/x.ts', "import './y.ts'", 'imports devices/readers/y.ts: a product file'],
    ['devices/relays/x.ts', "import '../../src/ports/clock.ts'", 'imports src/ports/clock.ts: a product file'],
    ['devices/relays/x.ts', "import 'serialport'", 'imports npm:serialport: a product file'],
    ['devices/codecs/x.ts', "import '../relays/y.ts'", 'imports devices/relays/y.ts: a codec'],
    ['demo/x.ts', "import '../src/adapters/store/y.ts'", 'imports src/adapters/store/y.ts: the demo club'],
    [
      'kiosk-ui/src/x.tsx',
      "import { A } from '../../src/domain/y.ts'; const a = <dialog class='x'>{A}</dialog>",
      'src/domain/y.ts: the browser',
    ],
    ['kiosk-ui/src/x.tsx', "import type { A } from '../../src/app/y.ts'", 'imports src/app/y.ts: the browser'],
    ['src/x/y.ts', "import 'zod'", 'imports npm:zod: the wiring'],
  ])('%s: `%s`', (file, text, violation) => {
    const other = /'(\.[^']+)'/.exec(text)?.[1];
    const tree = treeOf({ [file]: text, ...(other ? { [join(dirname(file), other)]: '' } : {}) });
    expect(findViolations(readImports(tree))).toEqual([expect.stringContaining(violation)]);
  });

  test('an import that leads nowhere', () => {
    expect(findViolations(readImports(treeOf({ 'src/lib/x.ts': "import './gone.ts'" })))).toEqual([
      'src/lib/x.ts imports src/lib/gone.ts, which is not there',
    ]);
  });

  test('a ring of files, be it of types', () => {
    const tree = treeOf({
      'src/domain/a.ts': "import type { B } from './b.ts'",
      'src/domain/b.ts': "import { c } from './c.ts'",
      'src/domain/c.ts': "export type { A } from './a.ts'",
    });
    expect(findCycles(readImports(tree))).toEqual(['src/domain/a.ts > src/domain/b.ts > src/domain/c.ts > src/domain/a.ts']);
  });
});

function treeOf(files: Record<string, string>): string {
  const tree = temporaryFolder();
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), text);
  }
  return tree;
}
