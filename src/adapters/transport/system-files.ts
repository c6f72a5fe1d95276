import { opendirSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname } from 'node:path';

/** What stands in one of the kernel's small files; null where there is none, or nothing in it. */
export function readSystemFile(path: string): string | null {
  return orNull(() => readFileSync(path, 'utf8').trim()) || null;
}

/** Empty for a folder that is not there, or not for this user. */
export function namesIn(folder: string): string[] {
  return orNull(() => readFolder(folder)) ?? [];
}

// QUIRK: umockdev stands between a program and the C library, and Node goes past it for `readdir` and `realpath`.
function readFolder(folder: string): string[] {
  const opened = opendirSync(folder);
  const names: string[] = [];
  for (let entry = opened.readSync(); entry !== null; entry = opened.readSync()) names.push(entry.name);
  opened.closeSync();
  return names;
}

/** Linux follows so many links, and no more (path_resolution(7)). */
const mostLinks = 40;

/** Where a chain of links ends; null where it leads nowhere. */
export function realPath(path: string): string | null {
  const parts = partsOf(path);
  let resolved = '';
  let links = 0;
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
    const next = part === '..' ? dirname(resolved) : `${resolved}/${part}`;
    const target = part === '..' ? '' : linkAt(next);
    if (target === null || links > mostLinks) return null;
    if (target === '') {
      resolved = next === '/' ? '' : next;
      continue;
    }
    links++;
    if (target.startsWith('/')) resolved = '';
    parts.unshift(...partsOf(target));
  }
  return resolved || '/';
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

/** What a link says; empty: it is no link; null: there is nothing. */
function linkAt(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EINVAL' ? '' : null;
  }
}

function orNull<Value>(look: () => Value): Value | null {
  try {
    return look();
  } catch {
    // A device that was pulled out meanwhile, or one that does not tell this: nothing can be said of it.
    return null;
  }
}
