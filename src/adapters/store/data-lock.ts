import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Failure } from '../../ports/failure.ts';
import { orFailure } from './disk-failure.ts';

/**
 * Takes a data folder for this process alone; the answer gives it back. The lock is an operating system's lock on a file,
 * so it dies with the process, however that ends. Throws `Failure` `in_use` naming the folder and the process that holds it.
 *
 * INVARIANT: nothing else in this process opens `lock.db`: closing any handle of a file drops a process's POSIX locks on it
 * (sqlite.org/howtocorrupt.html, section 2.2).
 */
export function lockData(folder: string): () => void {
  const path = join(folder, 'lock.db');
  if (!existsSync(folder)) {
    throw new Failure('absent', `there is no folder \`${folder}\`; make it, or check that its disk is mounted`, { retry: true });
  }
  return orFailure(path, () => {
    const db = new Database(path, { timeout: 0 });
    try {
      db.exec('CREATE TABLE IF NOT EXISTS holder (pid INTEGER NOT NULL) STRICT');
      db.transaction(() => {
        db.exec('DELETE FROM holder');
        db.prepare('INSERT INTO holder VALUES (?)').run(process.pid);
      }).immediate();
      // Held and never committed: a second writer is refused, while it can still read who the first one is.
      db.exec('BEGIN IMMEDIATE');
      return () => db.close();
    } catch (error) {
      const pid = isBusy(error) ? pidOf(db) : null;
      db.close();
      if (!isBusy(error)) throw error;
      const holder = pid === null ? 'another process' : `process ${pid}`;
      throw new Failure('in_use', `\`${folder}\` is in use by ${holder}; stop that one, or choose another data folder`, {
        retry: true,
        cause: error,
      });
    }
  });
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

function pidOf(db: Database.Database): number | null {
  try {
    return db.prepare<[], number>('SELECT pid FROM holder').pluck().get() ?? null;
  } catch {
    return null;
  }
}
