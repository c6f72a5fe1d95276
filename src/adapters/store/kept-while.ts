import type { Database } from 'better-sqlite3';

/** Whether the data is what it was at the last question: another connection may have written. */
export function versionOf(db: Database): () => number | undefined {
  const dataVersion = db.prepare<[], number>('PRAGMA data_version').pluck();
  return () => dataVersion.get();
}

/** Every tap asks for these few rows and few writings change them: they are read again when another connection has written. */
export function keptWhile<T>(version: () => number | undefined, read: (id: string) => T): (id: string) => T {
  const known = new Map<string, T>();
  let knownAt: number | undefined;
  return (id) => {
    const now = version();
    if (now !== knownAt) known.clear();
    knownAt = now;
    const kept = known.get(id);
    if (kept !== undefined) return kept;
    const value = read(id);
    if (known.size < mostRowsKept) known.set(id, value);
    return value;
  };
}

const mostRowsKept = 1000;
