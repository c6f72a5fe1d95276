import type { Database, Statement } from 'better-sqlite3';

/** Writes the rows of one entity. A row that is there already as it was sent is left as it is. */
export interface ClubTable<R> {
  /** True when there was no row of this id. */
  put(row: R): boolean;
  /** True when there was one. */
  remove(id: string): boolean;
  has(id: string): boolean;
  ids(): string[];
}

/**
 * A table with the columns `id`, `row` and those given, each worked out from the row alone. `changed` is told what stood there
 * before and what stands there now; null: nothing.
 */
export function clubTable<R extends { id: string }>(
  db: Database,
  name: string,
  columns: Record<string, (row: R) => string | number | null> = {},
  changed: (before: R | null, after: R | null) => void = () => {},
): ClubTable<R> {
  const rowText = db.prepare<[string], string>(`SELECT row FROM ${name} WHERE id = ?`).pluck();
  const upsert = upsertInto(db, name, [...Object.keys(columns), 'row']);
  const remove = removeFrom(db, name);
  const read = (text: string | undefined) => (text === undefined ? null : (JSON.parse(text) as R));
  return {
    put(row) {
      const before = rowText.get(row.id);
      const text = JSON.stringify(row);
      if (text === before) return false;
      upsert.run(row.id, ...Object.values(columns).map((column) => column(row)), text);
      changed(read(before), row);
      return before === undefined;
    },
    remove(id) {
      const before = rowText.get(id);
      if (before === undefined) return false;
      remove.run(id);
      changed(read(before), null);
      return true;
    },
    has: (id) => rowText.get(id) !== undefined,
    ids: () => idsIn(db, name),
  };
}

/** Takes the id, then the columns in their order. */
export function upsertInto(db: Database, table: string, columns: string[]): Statement<unknown[]> {
  const all = ['id', ...columns];
  return db.prepare(
    `INSERT INTO ${table} (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')})
     ON CONFLICT (id) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}`,
  );
}

export function removeFrom(db: Database, table: string): Statement<[string]> {
  return db.prepare(`DELETE FROM ${table} WHERE id = ?`);
}

export function idsIn(db: Database, table: string): string[] {
  return db.prepare<[], string>(`SELECT id FROM ${table}`).pluck().all();
}

export type Pair = readonly [string, string];

/** A table of pairs of ids: takes those of a row as it was away and adds those of the row as it is. */
export function pairsIn(db: Database, table: string, columns: Pair): (before: Pair[], after: Pair[]) => void {
  const add = db.prepare<[string, string]>(`INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (?, ?)`);
  const remove = db.prepare<[string, string]>(`DELETE FROM ${table} WHERE ${columns[0]} = ? AND ${columns[1]} = ?`);
  return (before, after) => {
    for (const pair of before) remove.run(...pair);
    for (const pair of after) add.run(...pair);
  };
}
