import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { Failure } from '../../ports/failure.ts';
import { orFailure } from './disk-failure.ts';

/**
 * Opens a database in WAL mode and brings its schema up to date: each of `migrations` is SQL that runs once, in order, all or
 * none; `user_version` counts those it has had. Throws
 * `Failure`: `absent`, `refused`, `in_use`, or `bad_input` when it is no database or from a newer program. `readonly` never
 * changes anything, and needs a file that is up to date.
 */
export function openDatabase(
  path: string,
  options: { migrations: readonly string[]; synchronous: 'FULL' | 'NORMAL'; readonly?: boolean },
): Database.Database {
  const { migrations, synchronous, readonly = false } = options;
  if (!existsSync(dirname(path))) {
    throw new Failure('absent', `there is no folder \`${dirname(path)}\`; make it, or check that its disk is mounted`, {
      retry: true,
    });
  }
  if (readonly && !existsSync(path)) throw new Failure('absent', `there is no \`${path}\``, { retry: false });
  return orFailure(path, () => {
    const db = new Database(path, { readonly });
    try {
      if (!readonly) db.pragma('journal_mode = WAL');
      db.pragma(`synchronous = ${synchronous}`);
      migrate(db, path, migrations, readonly);
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

function migrate(db: Database.Database, path: string, migrations: readonly string[], readonly: boolean): void {
  const versionOf = () => db.pragma('user_version', { simple: true }) as number;
  if (versionOf() > migrations.length) {
    throw new Failure('bad_input', `\`${path}\` was written by a newer gatehouse (schema ${versionOf()}); install that one`, {
      retry: false,
    });
  }
  if (versionOf() === migrations.length) return;
  if (readonly) {
    throw new Failure('bad_input', `\`${path}\` was written by an older gatehouse; start this one once to bring it up to date`, {
      retry: false,
    });
  }
  // The version is read again inside: another process may have been faster.
  db.transaction(() => {
    for (const sql of migrations.slice(versionOf())) db.exec(sql);
    db.pragma(`user_version = ${migrations.length}`);
  }).immediate();
}
