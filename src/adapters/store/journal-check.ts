import type { Database } from 'better-sqlite3';
import { type ChainFault, chainFault } from '../../domain/journal/chain.ts';
import type { JournalEntry } from '../../domain/journal/entry.ts';
import { emptyReplay, replayEntry, replayProblem } from '../../domain/journal/replay.ts';
import { type EntryRow, entryColumns, entryOf } from './journal-rows.ts';
import { newestInTables } from './journal-tables.ts';
import { tablesBesideJournal } from './journal-tables-check.ts';

/** Enough to see what happened; a torn chain could otherwise report every entry of a year. */
const maxFaults = 100;
const entriesAtATime = 500;

type Progress = (number: number, of: number) => void;
type Report = (number: number, problem: string) => void;

/** Reads one consistent state of the whole database, also beside a process that goes on writing. Promises what `Journal.verify` does. */
export function checkJournal(
  db: Database,
  gateway: string,
  progress: Progress = () => {},
): { entries: number; faults: ChainFault[] } {
  const faults: ChainFault[] = [];
  const report: Report = (number, problem) => {
    if (faults.length < maxFaults) faults.push({ number, problem });
  };
  const entries = db.transaction(() => {
    const replay = emptyReplay();
    // The tables follow the journal a moment later: beside a running gateway they may lack its newest entries.
    const inTables = { newest: newestInTables(db), replay: emptyReplay() };
    const tables = tablesBesideJournal(db, gateway, report);
    const walked = walk(db, gateway, report, progress, (entry) => {
      const problem = replayProblem(replay, entry);
      if (problem) report(entry.number, problem);
      replayEntry(replay, entry);
      if (entry.number > inTables.newest) return;
      replayEntry(inTables.replay, entry);
      tables.compareMadeBy(entry);
    });
    tables.compareLeft(inTables.replay, Math.min(walked.newest, inTables.newest));
    return walked.entries;
  })();
  return { entries, faults };
}

/** Checks numbers and hashes from entry 1 on, and hands over every entry that is as it was written. */
function walk(db: Database, gateway: string, report: Report, progress: Progress, take: (entry: JournalEntry) => void) {
  const written = newestInTables(db);
  const rowsAfter = db
    .prepare<[number, number], EntryRow>(`SELECT ${entryColumns} FROM journal WHERE number > ? ORDER BY number LIMIT ?`)
    .raw();
  let entries = 0;
  let before: { number: number; hash: string } | null = null;
  let rows: EntryRow[];
  do {
    rows = rowsAfter.all(before?.number ?? 0, entriesAtATime);
    for (const row of rows) {
      const entry = entryOrNull(row, gateway);
      if (entry === null) report(row[0], `entry ${row[0]} was changed after it was written: its event cannot be read`);
      else if (isAsWritten(entry, before, report)) take(entry);
      before = { number: row[0], hash: row[5].toString('hex') };
    }
    entries += rows.length;
    progress(before?.number ?? 0, written);
  } while (rows.length === entriesAtATime);
  const newest = before?.number ?? 0;
  if (newest < written) {
    report(newest + 1, `entry ${newest + 1} is missing: the journal ends before it, though ${written} were written`);
  }
  return { entries, newest };
}

function entryOrNull(row: EntryRow, gateway: string): JournalEntry | null {
  try {
    return entryOf(row, gateway);
  } catch {
    return null;
  }
}

function isAsWritten(entry: JournalEntry, before: { number: number; hash: string } | null, report: Report): boolean {
  const fault = chainFault(entry, before);
  if (fault === null) return true;
  report(fault.number, fault.problem);
  // What stands before it is gone or differs; the entry itself may be whole.
  const own = chainFault(entry, { number: entry.number - 1, hash: entry.previousHash });
  if (own && own.problem !== fault.problem) report(own.number, own.problem);
  return own === null;
}
