import { basename } from 'node:path';
import Database from 'better-sqlite3';
import { Failure } from '../../ports/failure.ts';

/** Runs what touches the database at `path`; what the disk or another process refuses becomes a `Failure`, everything else stays the bug it is. */
export function orFailure<T>(path: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof Database.SqliteError ? (failureOf(path, error) ?? error) : error;
  }
}

function failureOf(path: string, cause: { code: string; message: string }): Failure | null {
  const file = `\`${basename(path)}\``;
  // Extended codes begin with their primary one: SQLITE_IOERR_WRITE (sqlite.org/rescode.html, section 2).
  const primary = cause.code.split('_')[1];
  switch (primary) {
    case 'FULL':
      return new Failure('refused', `${file}: the disk is full; free some space`, { retry: true, cause });
    case 'IOERR':
      return new Failure('refused', `${file}: the disk does not read or write it (\`${cause.code}\`); check the disk`, {
        retry: true,
        cause,
      });
    case 'READONLY':
      return new Failure('refused', `${file}: may only be read; check its owner and whether its disk is mounted read-only`, {
        retry: true,
        cause,
      });
    case 'CANTOPEN':
      return new Failure('absent', `\`${path}\` cannot be opened; check that its folder is there and may be written`, {
        retry: true,
        cause,
      });
    case 'BUSY':
    case 'LOCKED':
      return new Failure('in_use', `${file}: another process is writing it; stop that one or wait for it`, {
        retry: true,
        cause,
      });
    case 'CORRUPT':
    case 'NOTADB':
      return new Failure('bad_input', `\`${path}\` is damaged or no database; put back a copy of it`, { retry: false, cause });
    default:
      return null;
  }
}
