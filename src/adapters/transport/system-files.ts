import { readdirSync, readFileSync, realpathSync } from 'node:fs';

/** What stands in one of the kernel's small files; null where there is none, or nothing in it. */
export function readSystemFile(path: string): string | null {
  return orNull(() => readFileSync(path, 'utf8').trim()) || null;
}

/** Empty for a folder that is not there, or not for this user. */
export function namesIn(folder: string): string[] {
  return orNull(() => readdirSync(folder)) ?? [];
}

/** Where a chain of links ends; null where it leads nowhere. */
export function realPath(path: string): string | null {
  return orNull(() => realpathSync(path));
}

function orNull<Value>(look: () => Value): Value | null {
  try {
    return look();
  } catch {
    // A device that was pulled out meanwhile, or one that does not tell this: nothing can be said of it.
    return null;
  }
}
