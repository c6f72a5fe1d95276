import type { Database } from 'better-sqlite3';
import { entryAfter } from '../../domain/journal/chain.ts';
import { chargesOf } from '../../domain/journal/charges.ts';
import type { JournalEntry, JournalEvent } from '../../domain/journal/entry.ts';
import { newVisitOf, settleProblem, type VisitState, visitChangeOf } from '../../domain/journal/visit.ts';
import type { Instant } from '../../domain/schedule/instant.ts';
import { type ChargeRow, chargeRow, type EntryRow, entryRow, type GateRow } from './journal-rows.ts';

/**
 * The way to write one entry with all that follows from it, in one transaction: what stands between a tap and its gate.
 * Throws Error, with nothing written, when an event settles a visit that is not to be settled.
 */
export function appendingTo(db: Database, gateway: string): (at: Instant, event: JournalEvent) => JournalEntry {
  const newest = db
    .prepare<[], [number: number, hash: Buffer, visit: number | null]>(
      'SELECT number, hash, (SELECT max(number) FROM visits) FROM journal ORDER BY number DESC LIMIT 1',
    )
    .raw();
  const insertEntry = db.prepare<EntryRow>('INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?)');
  const insertVisit = db.prepare<[number, number, VisitState]>('INSERT INTO visits VALUES (?, ?, ?)');
  const insertCharge = db.prepare<ChargeRow>('INSERT INTO charges VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const visitState = db.prepare<[number], VisitState>('SELECT state FROM visits WHERE number = ?').pluck();
  const settleVisit = db.prepare<[VisitState, number]>('UPDATE visits SET state = ? WHERE number = ?');
  const changeGate = db.prepare<GateRow>(`
    INSERT INTO gates VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET
      newest_entry = excluded.newest_entry,
      newest_visit = coalesce(excluded.newest_visit, newest_visit),
      mode = coalesce(excluded.mode, mode),
      mode_before = coalesce(excluded.mode_before, mode_before)`);

  const append = db.transaction((at: Instant, event: JournalEvent): JournalEntry => {
    const [number, hash, visit] = newest.get() ?? [];
    const before = number && hash ? { number, hash: hash.toString('hex') } : null;
    const visitNumber = newVisitOf(event) ? (visit ?? 0) + 1 : null;
    const entry = entryAfter(before, { gateway, at, visitNumber, event });
    insertEntry.run(...entryRow(entry));
    changeVisit(entry);
    changeGate.run(event.gate, entry.number, visitNumber, null, null);
    const changes = event.kind === 'mode' ? event.changes : [];
    for (const { gate, mode, before } of changes) changeGate.run(gate, entry.number, null, mode, before);
    return entry;
  });

  function changeVisit(entry: JournalEntry): void {
    const change = visitChangeOf(entry);
    if (change === null) return;
    if ('made' in change) {
      const { made } = change;
      insertVisit.run(made.number, entry.number, made.state);
      for (const { membershipId, charge } of chargesOf(made, gateway)) insertCharge.run(...chargeRow(membershipId, charge));
      return;
    }
    const problem = settleProblem(change.settled, visitState.get(change.settled), entry.event);
    if (problem) throw new Error(`${problem}: this ${entry.event.kind} cannot be journalled`);
    settleVisit.run(change.state, change.settled);
  }

  return (at, event) => append.immediate(at, event);
}
