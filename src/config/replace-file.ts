import {
  closeSync,
  fchownSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { Failure } from '../ports/failure.ts';

/**
 * Puts `after` in the place of a file that holds `before`, in one step: whoever reads it, and whatever happens meanwhile, there is
 * the one or the other. Owner and mode stay. Throws `Failure`: `in_use` when somebody else has changed the file, `refused` when it
 * cannot be written.
 */
export function replaceFile(path: string, before: string, after: string): void {
  // A link stays a link.
  const real = realpathSync(path);
  if (readFileSync(real, 'utf8') !== before)
    throw new Failure('in_use', `\`${path}\` was changed meanwhile: look at it, and try again`, { retry: true });
  const beside = `${real}.new-${process.pid}`;
  try {
    const { mode, uid, gid } = statSync(real);
    const fd = openSync(beside, 'wx', mode & 0o777);
    try {
      if (process.getuid?.() === 0) fchownSync(fd, uid, gid);
      writeSync(fd, after);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(beside, real);
  } catch (cause) {
    rmSync(beside, { force: true });
    const { code } = cause as NodeJS.ErrnoException;
    throw new Failure('refused', `\`${path}\` cannot be written (\`${code}\`): run this as its owner`, { retry: false, cause });
  }
}
