import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Holder } from '../../ports/found-device.ts';
import { namesIn, readSystemFile } from './system-files.ts';

/**
 * Who has which device file open, by its real path, as far as this user may see: root sees every process, others their own.
 * No device is opened to find out.
 */
export function findHolders(proc = '/proc'): Map<string, Holder> {
  const holders = new Map<string, Holder>();
  for (const pid of namesIn(proc).filter((name) => /^\d+$/.test(name))) {
    for (const file of namesIn(join(proc, pid, 'fd'))) {
      const path = targetOf(join(proc, pid, 'fd', file));
      if (path?.startsWith('/dev/')) holders.set(path, { pid: Number(pid), program: programOf(join(proc, pid)) });
    }
  }
  return holders;
}

function targetOf(link: string): string | null {
  try {
    return readlinkSync(link);
  } catch {
    // It was closed meanwhile.
    return null;
  }
}

function programOf(folder: string): string {
  return (readSystemFile(join(folder, 'cmdline')) ?? '').replaceAll('\0', ' ').trim();
}
