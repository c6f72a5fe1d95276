import type { Database } from 'better-sqlite3';

/** One transaction that does not wait for the disk: it survives the end of the process, and may be lost with the power. */
export function writeUnforced(db: Database, write: () => void): void {
  db.pragma('synchronous = NORMAL');
  try {
    db.transaction(write).immediate();
  } finally {
    db.pragma('synchronous = FULL');
  }
}
