import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { orFailure } from './disk-failure.ts';

/** The identifiers of all cards that the club's data holds; null: there is no data yet. It may run beside the gateway. */
export function readCardNumbers(path: string): string[] | null {
  if (!existsSync(path)) return null;
  return orFailure(path, () => {
    const db = new Database(path, { readonly: true });
    try {
      return db.prepare<[], string>("SELECT DISTINCT value FROM credentials WHERE kind = 'rfid'").pluck().all();
    } finally {
      db.close();
    }
  });
}
