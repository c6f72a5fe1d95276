import { readFile, realpath, stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { getMimeType } from 'hono/utils/mime';

/** Pages and photos are small; whatever is larger is not one. */
const maxFileBytes = 16 * 1024 * 1024;

export interface FoundFile {
  bytes: Uint8Array<ArrayBuffer>;
  contentType: string;
}

/** A file of `folder`, or null when there is none. What lies outside the folder, also by way of a link, is not there. */
export async function findFileInside(folder: string, name: string): Promise<FoundFile | null> {
  try {
    const root = await realpath(folder);
    const path = await realpath(resolve(root, name));
    if (!path.startsWith(root.endsWith(sep) ? root : root + sep)) return null;
    const { size } = await stat(path);
    if (size > maxFileBytes) return null;
    return { bytes: new Uint8Array(await readFile(path)), contentType: getMimeType(path) ?? 'application/octet-stream' };
  } catch {
    // Absent, a folder, unreadable, a name that no file can have: for the asker all the same.
    return null;
  }
}
