import type { Database } from 'better-sqlite3';
import { type Visit, type VisitState, visitChangeOf } from '../../domain/journal/visit.ts';
import { type EntryRow, entryColumns, entryOf } from './journal-rows.ts';

/** Visits as their entries made them, in the state they are in now. */
export function journalVisits(db: Database, gateway: string) {
  const where = (condition: string) => {
    const rows = db
      .prepare<(number | string)[], [VisitState, ...EntryRow]>(
        `SELECT state, ${entryColumns} FROM visits JOIN journal ON journal.number = visits.entry WHERE ${condition}`,
      )
      .raw();
    return (...values: (number | string)[]): Visit[] =>
      rows.all(...values).map(([state, ...row]) => visitMadeBy(row, state, gateway));
  };
  const withNumber = where('visits.number = ?');
  const newestAt = where('visits.number = (SELECT newest_visit FROM gates WHERE gate = ?)');
  const reserved = where("state = 'reserved' ORDER BY visits.number");
  return {
    one: (number: number): Visit | null => withNumber(number)[0] ?? null,
    newestAt: (gate: string): Visit | null => newestAt(gate)[0] ?? null,
    reserved: (): Visit[] => reserved(),
  };
}

function visitMadeBy(row: EntryRow, state: VisitState, gateway: string): Visit {
  const { made } = visitChangeOf(entryOf(row, gateway));
  // INVARIANT: a row of `visits` names the entry that made the visit.
  if (made === null) throw new Error(`entry ${row[0]} makes no visit, though the visits say it does`);
  return { ...made, state };
}
