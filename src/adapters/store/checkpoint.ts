import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { orFailure } from './disk-failure.ts';

/** Copies write-ahead logs back into their databases for connections that do not do it themselves. */
export interface Checkpoints {
  /** Copies what nobody is reading, and waits for nobody. Throws `Failure` when a disk refuses. */
  run(): void;
  close(): void;
}

/** `paths` that do not exist yet are looked for again at every run. */
export function checkpointsOf(paths: readonly string[]): Checkpoints {
  const open = new Map<string, Database.Database>();
  const connectionTo = (path: string) => {
    const known = open.get(path);
    if (known || !existsSync(path)) return known;
    const db = new Database(path, { fileMustExist: true });
    open.set(path, db);
    return db;
  };
  return {
    run: () => {
      for (const path of paths) orFailure(path, () => connectionTo(path)?.pragma('wal_checkpoint(PASSIVE)'));
    },
    close: () => {
      for (const db of open.values()) db.close();
    },
  };
}
