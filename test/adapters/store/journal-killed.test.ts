import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openJournal } from '../../../src/adapters/store/journal-store.ts';
import { bundleForChild } from '../../kit/bundle-for-child.ts';
import { temporaryFolder } from '../../kit/temporary-folder.ts';

const kills = 10;

test('killed at any instant, the journal is whole and has every entry that was acknowledged', async () => {
  const script = await bundleForChild(join(import.meta.dirname, 'append-until-killed.ts'));
  const path = join(temporaryFolder(), 'gate.db');
  let acknowledged = 0;
  for (let kill = 1; kill <= kills; kill += 1) {
    const lines = await appendUntilKilled(script, path);
    const journal = openJournal(path, { gateway: 'box-1' });
    try {
      expect(lines.length).toBeGreaterThan(0);
      for (const line of lines) {
        const [number, hash] = line.split(' ');
        expect(Number(number)).toBe(acknowledged + 1);
        acknowledged += 1;
        expect(journal.entry(acknowledged)?.hash).toBe(hash);
      }
      const newest = journal.newest()?.number ?? 0;
      // The entry under way when the kill came may be there or not; never half of it.
      expect([acknowledged, acknowledged + 1]).toContain(newest);
      acknowledged = newest;
      expect(journal.verify()).toEqual({ entries: newest, faults: [] });
      expect(journal.openReservations().length).toBeLessThanOrEqual(1);
    } finally {
      journal.close();
    }
  }
});

/** The whole lines that the child wrote before it was killed, at an instant that differs each time. */
async function appendUntilKilled(script: string, path: string): Promise<string[]> {
  const child = spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await once(child.stdout, 'data');
  setTimeout(() => child.kill('SIGKILL'), Math.random() * 60);
  await once(child, 'close');
  return said.split('\n').slice(0, -1);
}
