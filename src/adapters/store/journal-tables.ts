import type { Database } from 'better-sqlite3';
import { chargesOf } from '../../domain/journal/charges.ts';
import type { JournalEntry } from '../../domain/journal/entry.ts';
import { usedTokenOf } from '../../domain/journal/used-token.ts';
import { type VisitState, visitChangeOf } from '../../domain/journal/visit.ts';
import { type DoneSoon, doneSoon } from './done-soon.ts';
import { type ChargeRow, chargeRow, type EntryRow, entryColumns, entryOf, type GateRow } from './journal-rows.ts';
import { writeUnforced } from './write-unforced.ts';

/** The tables that are read off the journal: visits, charges, gates and used codes. */
export type JournalTables = DoneSoon<JournalEntry>;

/**
 * Writes what entries say into the tables. Not on the way to the gate, and without waiting for the disk: should the last
 * of it be lost with the power, the next start reads it off the journal again, from the newest entry that `gates` knows.
 */
export function journalTables(db: Database, gateway: string): JournalTables {
  const insertVisit = db.prepare<[number, number, VisitState]>('INSERT INTO visits VALUES (?, ?, ?)');
  const insertCharge = db.prepare<ChargeRow>('INSERT INTO charges VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const settleVisit = db.prepare<[VisitState, number]>('UPDATE visits SET state = ? WHERE number = ?');
  const insertToken = db.prepare<[string, string, number]>('INSERT OR IGNORE INTO used_tokens VALUES (?, ?, ?)');
  const changeGate = db.prepare<GateRow>(`
    INSERT INTO gates VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET
      newest_entry = excluded.newest_entry,
      newest_visit = coalesce(excluded.newest_visit, newest_visit),
      mode = coalesce(excluded.mode, mode),
      mode_before = coalesce(excluded.mode_before, mode_before)`);

  function write(entry: JournalEntry): void {
    changeVisits(entry);
    const { event, number, visitNumber } = entry;
    const used = usedTokenOf(event);
    if (used !== null) insertToken.run(used.credentialId, used.token, number);
    changeGate.run(event.gate, number, visitNumber, null, null);
    const changes = event.kind === 'mode' ? event.changes : [];
    for (const { gate, mode, before } of changes) changeGate.run(gate, number, null, mode, before);
  }

  function changeVisits(entry: JournalEntry): void {
    const { made, settled } = visitChangeOf(entry);
    if (settled !== null) settleVisit.run(settled.state, settled.visit);
    if (made === null) return;
    insertVisit.run(made.number, entry.number, made.state);
    for (const { membershipId, charge } of chargesOf(made, gateway)) insertCharge.run(...chargeRow(membershipId, charge));
  }

  const tables = doneSoon<JournalEntry>((entries) => writeUnforced(db, () => entries.forEach(write)));
  for (const entry of missingIn(db, gateway)) tables.add(entry);
  tables.catchUp();
  return tables;
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
