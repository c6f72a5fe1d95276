import { existsSync, readFileSync } from 'node:fs';

/** The version in package.json, which stands above this file, in the sources as in what is built from them. */
export function programVersion(): string {
  for (let folder = new URL('.', import.meta.url); folder.pathname !== '/'; folder = new URL('..', folder)) {
    const file = new URL('package.json', folder);
    if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
  }
  return 'unknown';
}
