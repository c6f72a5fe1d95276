// Where a measurement keeps its files, and the programs that it starts: gone when it ends, also by Ctrl-C.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @returns a folder of this run alone, the list to put every started program into, and what ends both */
export function openWorkplace() {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
  const children = [];
  const cleanUp = () => {
    for (const child of children) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.on('SIGINT', () => {
    cleanUp();
    process.exit(130);
  });
  return { folder, children, cleanUp };
}
