import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import type { JournalEntry } from '../../domain/journal/entry.ts';
import type { Instant } from '../../domain/schedule/instant.ts';
import { recordsKeptMs, type TapRecord } from '../../ports/journal.ts';
import { type DoneSoon, doneSoon } from './done-soon.ts';
import { type EntryRow, entryColumns, entryOf } from './journal-rows.ts';
import { writeUnforced } from './write-unforced.ts';

/** More than come, so that the old ones go; few, so that nobody waits. */
const droppedAtATime = 20;
const readAtATime = 100;

interface NewRecord {
  entry: number;
  record: TapRecord;
}

/** Writes records, packed, and drops old ones. Entries whose clock was not trusted do not say what is old. */
export function recordWriter(db: Database): DoneSoon<NewRecord> {
  const insert = db.prepare<[Buffer, number]>(
    'INSERT OR REPLACE INTO tap_records SELECT number, at, ? FROM journal WHERE number = ?',
  );
  const dropOld = db.prepare<[number, number]>(`
    DELETE FROM tap_records WHERE entry IN (
      SELECT entry FROM tap_records
      WHERE at < (SELECT at FROM journal WHERE number = ? AND clock_trusted) - ? ORDER BY at LIMIT ${droppedAtATime})`);
  const write = ({ entry, record }: NewRecord) => {
    insert.run(deflateRawSync(JSON.stringify(record)), entry);
    dropOld.run(entry, recordsKeptMs);
  };
  return doneSoon((records) => writeUnforced(db, () => records.forEach(write)));
}

/** `onDisk` runs whatever touches the database. */
export function recordReader(db: Database, gateway: string, onDisk: <T>(run: () => T) => T) {
  const oneRecord = db.prepare<[number], Buffer>('SELECT record FROM tap_records WHERE entry = ?').pluck();
  const nextRecords = db
    .prepare<[number, number, number], [Buffer, ...EntryRow]>(
      `SELECT record, ${entryColumns} FROM tap_records JOIN journal ON journal.number = entry
       WHERE (tap_records.at, entry) > (?, ?) AND tap_records.at < ? ORDER BY tap_records.at, entry LIMIT ${readAtATime}`,
    )
    .raw();

  function* between(from: Instant, until: Instant): Generator<{ entry: JournalEntry; record: TapRecord }> {
    let last = { at: from, number: 0 };
    for (;;) {
      const rows = onDisk(() => nextRecords.all(last.at, last.number, until));
      for (const [record, ...row] of rows) {
        const entry = entryOf(row, gateway);
        yield { entry, record: recordIn(record) };
        last = entry;
      }
      if (rows.length < readAtATime) return;
    }
  }

  return {
    between,
    of(entry: number): TapRecord | null {
      const record = onDisk(() => oneRecord.get(entry));
      return record === undefined ? null : recordIn(record);
    },
  };
}

function recordIn(bytes: Buffer): TapRecord {
  return JSON.parse(inflateRawSync(bytes).toString()) as TapRecord;
}
