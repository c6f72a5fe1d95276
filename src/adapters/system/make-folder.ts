import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from '../../ports/failure.ts';

/**
 * Makes a folder and those above it that are missing; only their owner can look into them. Throws `Failure` (`refused`) naming
 * the folder.
 *
 * QUIRK: Node's own `recursive` never returns where a parent exists and takes no folders, as under /proc (Node 20).
 */
export function makeFolder(path: string): void {
  if (isFolder(path)) return;
  const parent = dirname(path);
  if (parent !== path && !existsSync(parent)) makeFolder(parent);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (cause) {
    if (isFolder(path)) return;
    const why = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new Failure(
      'refused',
      `the folder \`${path}\` cannot be made (${why}): choose another, or give this user the right to`,
      {
        retry: false,
        cause,
      },
    );
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
