import type { Database } from 'better-sqlite3';

/** Rows that nobody waits for: written in the next turn of the event loop, or sooner when somebody wants to read them. */
export interface WrittenSoon<T> {
  add(item: T): void;
  /** Writes what was added. Does nothing when there is nothing. */
  catchUp(): void;
}

/** `write` has the items in the order in which they were added, within one transaction. */
export function writtenSoon<T>(db: Database, write: (items: readonly T[]) => void): WrittenSoon<T> {
  let pending: T[] = [];
  let planned: NodeJS.Immediate | null = null;

  function catchUp(): void {
    if (planned !== null) clearImmediate(planned);
    planned = null;
    if (pending.length === 0) return;
    writeUnforced(db, () => write(pending));
    pending = [];
  }

  return {
    catchUp,
    add(item) {
      pending.push(item);
      planned ??= setImmediate(() => {
        planned = null;
        try {
          catchUp();
        } catch {
          // The disk refused: whoever reads next tries again, and is told.
        }
      });
    },
  };
}

/** One transaction that does not wait for the disk: it survives the end of the process, and may be lost with the power. */
export function writeUnforced(db: Database, write: () => void): void {
  db.pragma('synchronous = NORMAL');
  try {
    db.transaction(write).immediate();
  } finally {
    db.pragma('synchronous = FULL');
  }
}
