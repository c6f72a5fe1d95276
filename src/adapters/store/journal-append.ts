import type { Database } from 'better-sqlite3';
import { entryAfter } from '../../domain/journal/chain.ts';
import type { JournalEntry, JournalEvent } from '../../domain/journal/entry.ts';
import { newVisitOf, settlementOf, settleProblem, type VisitState } from '../../domain/journal/visit.ts';
import type { Instant } from '../../domain/schedule/instant.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { type EntryRow, entryRow } from './journal-rows.ts';
import type { JournalTables } from './journal-tables.ts';

/**
 * The way to write one entry: one row, on disk when it returns, and nothing else between a tap and its gate. What follows
 * from the entry is read off it into the tables right after. Throws Error, with nothing written, when an event settles a
 * visit that is not to be settled.
 *
 * INVARIANT: this process alone writes the journal (`data-lock.ts`), so what it wrote last is what stands last.
 */
export function appendingTo(
  db: Database,
  gateway: string,
  tables: JournalTables,
): (at: Instant, event: JournalEvent, clockTrusted: boolean) => JournalEntry {
  const insertEntry = db.prepare<EntryRow>('INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?)');
  const visitState = db.prepare<[number], VisitState>('SELECT state FROM visits WHERE number = ?').pluck();
  const newest = db
    .prepare<[], [number: number, hash: Buffer]>('SELECT number, hash FROM journal ORDER BY number DESC LIMIT 1')
    .raw()
    .get();
  let before = newest ? { number: newest[0], hash: newest[1].toString('hex') } : null;
  let newestVisit = db.prepare<[], number | null>('SELECT max(number) FROM visits').pluck().get() ?? 0;

  return (at, event, clockTrusted) => {
    tables.catchUp();
    refuseWrongSettlement(event);
    const visitNumber = newVisitOf(event) ? newestVisit + 1 : null;
    const eventText = canonicalJson(event);
    const entry = entryAfter(before, { gateway, at, clockTrusted, visitNumber, event }, eventText);
    insertEntry.run(...entryRow(entry, eventText));
    before = entry;
    newestVisit = visitNumber ?? newestVisit;
    tables.add(entry);
    return entry;
  };

  function refuseWrongSettlement(event: JournalEvent): void {
    const settlement = settlementOf(event);
    if (settlement === null) return;
    const problem = settleProblem(settlement.visit, visitState.get(settlement.visit), event);
    if (problem) throw new Error(`${problem}: this ${event.kind} cannot be journalled`);
  }
}
