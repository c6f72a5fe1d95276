import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lockData } from '../../../src/adapters/store/data-lock.ts';
import { Failure } from '../../../src/ports/failure.ts';
import { bundleForChild } from '../../kit/bundle-for-child.ts';
import { temporaryFolder } from '../../kit/temporary-folder.ts';

function refusalOf(run: () => unknown): Failure {
  try {
    run();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

/** A process that holds the folder; resolves when it does. */
async function holder(folder: string): Promise<ChildProcess> {
  const script = await bundleForChild(join(import.meta.dirname, 'hold-data-folder.ts'));
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

test('a second process is told which folder is in use, and by which process', async () => {
  const folder = temporaryFolder();
  const other = await holder(folder);
  const refused = refusalOf(() => lockData(folder));
  expect(refused).toMatchObject({ code: 'in_use', retry: true });
  expect(refused.message).toContain(`\`${folder}\` is in use by process ${other.pid}`);
});

test('the folder is free again as soon as its process was killed', async () => {
  const folder = temporaryFolder();
  const other = await holder(folder);
  other.kill('SIGKILL');
  await once(other, 'exit');
  lockData(folder)();
});

test('within one process too there is one holder, until it gives the folder back', () => {
  const folder = temporaryFolder();
  const release = lockData(folder);
  expect(refusalOf(() => lockData(folder)).message).toContain(`process ${process.pid}`);
  release();
  lockData(folder)();
});

test('a folder that is not there is absent', () => {
  expect(refusalOf(() => lockData(join(temporaryFolder(), 'unplugged'))).code).toBe('absent');
});
