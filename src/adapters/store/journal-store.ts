import type { Database } from 'better-sqlite3';
import type { GateMode } from '../../domain/gate/mode.ts';
import { type Entered, insideZone } from '../../domain/journal/presence.ts';
import { highestTapCount, tapCountOf, tapToken } from '../../domain/member/tap-count.ts';
import { Failure } from '../../ports/failure.ts';
import type { Journal, Presence } from '../../ports/journal.ts';
import { boundCardsIn } from './bound-cards.ts';
import { orFailure } from './disk-failure.ts';
import { appendingTo } from './journal-append.ts';
import { journalCharges } from './journal-charges.ts';
import { checkJournal } from './journal-check.ts';
import { keptPresence, readPresence } from './journal-presence.ts';
import { type EntryRow, entryColumns, entryOf } from './journal-rows.ts';
import { journalMigrations } from './journal-schema.ts';
import { journalTables } from './journal-tables.ts';
import { journalVisits } from './journal-visits.ts';
import { openDatabase } from './open-database.ts';
import { recordReader, recordWriter } from './tap-records.ts';

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
  const tables = readonly ? writesNothing : journalTables(db, gateway);
  const newRecords = readonly ? writesNothing : recordWriter(db);
  const append = appendingTo(db, gateway, tables);
  const presence = readonly ? null : keptPresence(db, gateway);

  const onDisk = <T>(run: () => T): T => orFailure(path, run);
  const onTables = <T>(run: () => T): T =>
    orFailure(path, () => {
      tables.catchUp();
      return run();
    });
  const onRecords = <T>(run: () => T): T =>
    orFailure(path, () => {
      newRecords.catchUp();
      return run();
    });

  const entriesWhere = (condition: string) =>
    db.prepare<number[], EntryRow>(`SELECT ${entryColumns} FROM journal WHERE ${condition}`).raw();
  const entriesAfter = entriesWhere('number > ? ORDER BY number LIMIT ?');
  const newestEntry = entriesWhere('true ORDER BY number DESC LIMIT 1');
  const oneEntry = entriesWhere('number = ?');
  const entry = (row: EntryRow) => entryOf(row, gateway);

  const visits = journalVisits(db, gateway);
  const charges = journalCharges(db, gateway);
  const bound = boundCardsIn(db);
  const records = recordReader(db, gateway, onRecords);
  const usedToken = db.prepare<[string, string]>('SELECT 1 FROM used_tokens WHERE credential_id = ? AND token = ?').pluck();
  const highestTap = db
    .prepare<[string, string, string], string>(
      'SELECT max(token) FROM used_tokens WHERE credential_id = ? AND token BETWEEN ? AND ?',
    )
    .pluck();
  const modes = db
    .prepare<[], [gate: string, mode: GateMode, before: GateMode]>(
      'SELECT gate, mode, mode_before FROM gates WHERE mode IS NOT NULL',
    )
    .raw();

  return {
    append: (at, event, clockTrusted = true) => {
      const appended = onDisk(() => append(at, event, clockTrusted));
      presence?.add(appended);
      return appended;
    },
    after: (number, limit) => onDisk(() => entriesAfter.all(number, limit).map(entry)),
    newest: () => onDisk(() => newestEntry.all().map(entry)[0] ?? null),
    entry: (number) => onDisk(() => oneEntry.all(number).map(entry)[0] ?? null),
    charges: (membershipIds) => onTables(() => charges.of(membershipIds)),
    hearPeer: (peer, visited) => onDisk(() => charges.hearPeer(peer, visited)),
    presence: (zone) => presenceAmong(presence?.inside(zone) ?? onDisk(() => insideZone(readPresence(db, gateway), zone))),
    isTokenUsed: (credentialId, token) => onTables(() => usedToken.get(credentialId, token) !== undefined),
    highestTapCount: (credentialId) =>
      onTables(() => tapCountOf(highestTap.get(credentialId, tapToken(0), tapToken(highestTapCount)) ?? '')),
    boundCards: (credentialIds) => onDisk(() => bound.boundCards(credentialIds)),
    bindCard: (credentialId, card) => onDisk(() => bound.bindCard(credentialId, card)),
    record: (number, record) => newRecords.add({ entry: number, record }),
    records: records.between,
    recordOf: records.of,
    openReservations: () => onTables(visits.reserved),
    visit: (number) => onTables(() => visits.one(number)),
    newestVisit: (gate) => onTables(() => visits.newestAt(gate)),
    modes: () => onTables(() => new Map(modes.all().map(([gate, mode, before]) => [gate, { mode, before }]))),
    verify: (progress) => onTables(() => checkJournal(db, gateway, progress)),
    close() {
      try {
        tables.catchUp();
        newRecords.catchUp();
      } finally {
        db.close();
      }
    },
  };
}

const writesNothing = { add() {}, catchUp() {} };

function presenceAmong(inside: ReadonlyMap<string, Entered>): Presence {
  return {
    count(since) {
      let people = 0;
      for (const entered of inside.values()) if (entered.since >= since) people += 1;
      return people;
    },
    of: (person) => inside.get(person) ?? null,
  };
}
