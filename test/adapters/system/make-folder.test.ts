import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeFolder } from '../../../src/adapters/system/make-folder.ts';
import { temporaryFolder } from '../../kit/temporary-folder.ts';

it('the folder of a new box is made with those above it, for its owner alone', () => {
  const path = join(temporaryFolder(), 'club', 'box-1');
  makeFolder(path);
  makeFolder(path);
  expect(statSync(path).mode & 0o777).toBe(0o700);
});

it.each(['/proc/nope', '/proc/nope/deeper'])(
  'where no folder can be made (`%s`) the installer is told which, and nothing hangs',
  (path) => {
    expect(() => makeFolder(path)).toThrow(/`\/proc\/nope`/);
    expect(existsSync(path)).toBe(false);
  },
);

it('a file in the way is told', () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  expect(() => makeFolder(join(file, 'data'))).toThrow(/cannot be made/);
});
