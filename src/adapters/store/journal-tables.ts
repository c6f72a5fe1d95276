import type { Database } from 'better-sqlite3';
import { chargesOf } from '../../domain/journal/charges.ts';
import type { JournalEntry } from '../../domain/journal/entry.ts';
import { type VisitState, visitChangeOf } from '../../domain/journal/visit.ts';
import { type ChargeRow, chargeRow, type EntryRow, entryColumns, entryOf, type GateRow } from './journal-rows.ts';

/** The tables that are read off the journal: visits, charges and gates. */
export interface JournalTables {
  /** An entry that was just written; the tables follow in the next turn, or before anybody reads them. */
  add(entry: JournalEntry): void;
  /** Brings the tables up to the newest entry. Does nothing when they are. */
  catchUp(): void;
}

/**
 * Writes what entries say into the tables. Not on the way to the gate, and without waiting for the disk: should the last
 * of it be lost with the power, the next start reads it off the journal again, from the newest entry that `gates` knows.
 */
export function journalTables(db: Database, gateway: string): JournalTables {
  const insertVisit = db.prepare<[number, number, VisitState]>('INSERT INTO visits VALUES (?, ?, ?)');
  const insertCharge = db.prepare<ChargeRow>('INSERT INTO charges VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const settleVisit = db.prepare<[VisitState, number]>('UPDATE visits SET state = ? WHERE number = ?');
  const changeGate = db.prepare<GateRow>(`
    INSERT INTO gates VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET
      newest_entry = excluded.newest_entry,
      newest_visit = coalesce(excluded.newest_visit, newest_visit),
      mode = coalesce(excluded.mode, mode),
      mode_before = coalesce(excluded.mode_before, mode_before)`);
  let pending: JournalEntry[] = missingIn(db, gateway);
  let planned: NodeJS.Immediate | null = null;

  const write = db.transaction((entries: readonly JournalEntry[]) => {
    for (const entry of entries) {
      changeVisit(entry);
      const { event, number, visitNumber } = entry;
      changeGate.run(event.gate, number, visitNumber, null, null);
      const changes = event.kind === 'mode' ? event.changes : [];
      for (const { gate, mode, before } of changes) changeGate.run(gate, number, null, mode, before);
    }
  });

  function changeVisit(entry: JournalEntry): void {
    const change = visitChangeOf(entry);
    if (change === null) return;
    if ('settled' in change) {
      settleVisit.run(change.state, change.settled);
      return;
    }
    const { made } = change;
    insertVisit.run(made.number, entry.number, made.state);
    for (const { membershipId, charge } of chargesOf(made, gateway)) insertCharge.run(...chargeRow(membershipId, charge));
  }

  function catchUp(): void {
    if (planned !== null) clearImmediate(planned);
    planned = null;
    if (pending.length === 0) return;
    db.pragma('synchronous = NORMAL');
    try {
      write.immediate(pending);
      pending = [];
    } finally {
      db.pragma('synchronous = FULL');
    }
  }

  catchUp();
  return {
    catchUp,
    add(entry) {
      pending.push(entry);
      planned ??= setImmediate(() => {
        planned = null;
        try {
          catchUp();
        } catch {
          // The disk refused: whoever reads the tables next tries again, and is told.
        }
      });
    },
  };
}

/** The number of the newest entry that the tables hold. */
export function newestInTables(db: Database): number {
  return db.prepare<[], number | null>('SELECT max(newest_entry) FROM gates').pluck().get() ?? 0;
}

function missingIn(db: Database, gateway: string): JournalEntry[] {
  return db
    .prepare<[number], EntryRow>(`SELECT ${entryColumns} FROM journal WHERE number > ? ORDER BY number`)
    .raw()
    .all(newestInTables(db))
    .map((row) => entryOf(row, gateway));
}
