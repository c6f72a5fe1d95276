import type { Database } from 'better-sqlite3';
import type { Charge } from '../../domain/access/facts.ts';
import type { GateMode } from '../../domain/gate/mode.ts';
import { type Visit, type VisitState, visitChangeOf } from '../../domain/journal/visit.ts';
import { Failure } from '../../ports/failure.ts';
import type { Journal } from '../../ports/journal.ts';
import { orFailure } from './disk-failure.ts';
import { appendingTo } from './journal-append.ts';
import { checkJournal } from './journal-check.ts';
import { type ChargeRow, chargeColumns, chargeOf, type EntryRow, entryColumns, entryOf } from './journal-rows.ts';
import { journalMigrations } from './journal-schema.ts';
import { journalTables } from './journal-tables.ts';
import { openDatabase } from './open-database.ts';

export interface JournalOptions {
  /** Left out: whoever's journal it is, to read one without knowing its box. */
  gateway?: string;
  /** Another connection copies the write-ahead log into the database, so that no tap ever waits for that. Default: this one does. */
  checkpointedElsewhere?: boolean;
  /** For reading beside a running gateway; `append` is then refused. */
  readonly?: boolean;
}

export type OpenJournal = Journal & { close(): void };

/**
 * The journal of one gateway in the SQLite database at `path`, which is made when absent. Throws `Failure`: those of
 * `openDatabase`, and `bad_input` when the database holds the journal of another gateway.
 */
export function openJournal(path: string, options: JournalOptions): OpenJournal {
  const { checkpointedElsewhere = false, readonly = false } = options;
  const db = openDatabase(path, { migrations: journalMigrations, synchronous: 'FULL', readonly });
  try {
    return orFailure(path, () => {
      const gateway = claim(db, path, options.gateway);
      if (checkpointedElsewhere) db.pragma('wal_autocheckpoint = 0');
      return journalIn(db, path, gateway, readonly);
    });
  } catch (error) {
    db.close();
    throw error;
  }
}

function claim(db: Database, path: string, gateway: string | undefined): string {
  const owner = db.prepare<[], string>('SELECT id FROM gateway').pluck().get();
  if (owner !== undefined && (gateway === undefined || gateway === owner)) return owner;
  if (owner !== undefined) {
    throw new Failure(
      'bad_input',
      `\`${path}\` holds the journal of gateway \`${owner}\`, not of \`${gateway}\`; give this gateway a data folder of its own`,
      { retry: false },
    );
  }
  if (gateway === undefined) throw new Failure('absent', `\`${path}\` holds no journal yet`, { retry: false });
  db.prepare('INSERT INTO gateway VALUES (?)').run(gateway);
  return gateway;
}

function journalIn(db: Database, path: string, gateway: string, readonly: boolean): OpenJournal {
  const tables = readonly ? { add() {}, catchUp() {} } : journalTables(db, gateway);
  const append = appendingTo(db, gateway, tables);

  const entriesWhere = (condition: string) =>
    db.prepare<number[], EntryRow>(`SELECT ${entryColumns} FROM journal WHERE ${condition}`).raw();
  const entriesAfter = entriesWhere('number > ? ORDER BY number LIMIT ?');
  const newestEntry = entriesWhere('true ORDER BY number DESC LIMIT 1');
  const oneEntry = entriesWhere('number = ?');
  const entry = (row: EntryRow) => entryOf(row, gateway);

  const visitsWhere = (condition: string) =>
    db
      .prepare<(number | string)[], [VisitState, ...EntryRow]>(
        `SELECT state, ${entryColumns} FROM visits JOIN journal ON journal.number = visits.entry WHERE ${condition}`,
      )
      .raw();
  const oneVisit = visitsWhere('visits.number = ?');
  const newestVisit = visitsWhere('visits.number = (SELECT newest_visit FROM gates WHERE gate = ?)');
  const reservedVisits = visitsWhere("state = 'reserved' ORDER BY visits.number");
  const visit = ([state, ...row]: [VisitState, ...EntryRow]) => visitMadeBy(row, state, gateway);

  const standingCharges = db
    .prepare<[string], [Charge['state'], ...ChargeRow]>(
      `SELECT state, ${chargeColumns} FROM json_each(?) JOIN charges ON membership_id = value JOIN visits ON visits.number = visit
       WHERE state <> 'released' ORDER BY visit`,
    )
    .raw();
  const chargesOn = (membershipIds: string[]) => {
    const charges = new Map<string, Charge[]>(membershipIds.map((id) => [id, []]));
    for (const [state, ...row] of standingCharges.all(JSON.stringify(membershipIds))) {
      charges.get(row[0])?.push(chargeOf(row, state, gateway));
    }
    return charges;
  };

  const modes = db
    .prepare<[], [gate: string, mode: GateMode, before: GateMode]>(
      'SELECT gate, mode, mode_before FROM gates WHERE mode IS NOT NULL',
    )
    .raw();

  const onDisk = <T>(run: () => T): T => orFailure(path, run);
  const onTables = <T>(run: () => T): T =>
    orFailure(path, () => {
      tables.catchUp();
      return run();
    });
  return {
    append: (at, event) => onDisk(() => append(at, event)),
    after: (number, limit) => onDisk(() => entriesAfter.all(number, limit).map(entry)),
    newest: () => onDisk(() => newestEntry.all().map(entry)[0] ?? null),
    entry: (number) => onDisk(() => oneEntry.all(number).map(entry)[0] ?? null),
    charges: (membershipIds) => onTables(() => chargesOn(membershipIds)),
    openReservations: () => onTables(() => reservedVisits.all().map(visit)),
    visit: (number) => onTables(() => oneVisit.all(number).map(visit)[0] ?? null),
    newestVisit: (gate) => onTables(() => newestVisit.all(gate).map(visit)[0] ?? null),
    modes: () => onTables(() => new Map(modes.all().map(([gate, mode, before]) => [gate, { mode, before }]))),
    verify: (progress) => onTables(() => checkJournal(db, gateway, progress)),
    close() {
      tables.catchUp();
      db.close();
    },
  };
}

function visitMadeBy(row: EntryRow, state: VisitState, gateway: string): Visit {
  const change = visitChangeOf(entryOf(row, gateway));
  // INVARIANT: a row of `visits` names the entry that made the visit.
  if (change === null || !('made' in change)) throw new Error(`entry ${row[0]} makes no visit, though the visits say it does`);
  return { ...change.made, state };
}
