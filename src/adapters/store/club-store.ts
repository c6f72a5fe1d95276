import type { Database } from 'better-sqlite3';
import type { Branch, Member, Service } from '../../domain/member/member.ts';
import type { ClubData } from '../../ports/club-data.ts';
import { clubBookings } from './club-bookings.ts';
import { clubCredentials } from './club-credentials.ts';
import { clubMemberships } from './club-memberships.ts';
import { clubMigrations } from './club-schema.ts';
import { clubSearch } from './club-search.ts';
import { readClubState } from './club-state.ts';
import { orFailure } from './disk-failure.ts';
import { keptWhile, versionOf } from './kept-while.ts';
import { openDatabase } from './open-database.ts';

export type ClubStore = ClubData & { close(): void };

/** FULL: who pushed a change and was told that it is done will not push it again, so it survives a power cut. */
const clubDatabase = { migrations: clubMigrations, synchronous: 'FULL' } as const;

/** The club database at `path`, made when absent, for writing (`write-club.ts`). Throws `Failure`: those of `openDatabase`. */
export function openClubDatabase(path: string): Database {
  const db = openDatabase(path, clubDatabase);
  db.pragma(`busy_timeout = ${longestWritingMs}`);
  db.pragma(`journal_size_limit = ${largestIdleLogBytes}`);
  return db;
}

/** Writers wait for one another: an import by another process holds the database for so long at most. */
const longestWritingMs = 120_000;

/** A large import needs a large write-ahead log, which is cut to this when it has been copied back. */
const largestIdleLogBytes = 16 * 1024 * 1024;

/**
 * Look-ups in the club database at `path`, which is made when absent. They never wait for who writes it, and see what was written
 * as soon as it is whole. Throws `Failure`: those of `openDatabase`.
 */
export function openClubStore(path: string): ClubStore {
  const db = openDatabase(path, clubDatabase);
  db.pragma('query_only = ON');
  // Looked up in place: a card's pages lie anywhere in the file, and reading each costs more than what is done with it.
  db.pragma(`mmap_size = ${largestMappedBytes}`);
  const onDisk = <T>(run: () => T): T => orFailure(path, run);
  // One look-up is several statements; the transaction shows them all the same moment.
  const atOnce = <A extends unknown[], T>(look: (...args: A) => T) => {
    const transaction = db.transaction(look);
    return (...args: A): T => onDisk(() => transaction(...args));
  };

  const version = versionOf(db);
  const branch = keptWhile(version, rowsIn<Branch>(db, 'branches'));
  const service = keptWhile(version, rowsIn<Service>(db, 'services'));
  const branchIds = db.prepare<[], string>('SELECT id FROM branches ORDER BY id').pluck();
  const branches = keptWhile(version, () =>
    branchIds
      .all()
      .map((id) => branch(id))
      .filter((one) => one !== null),
  );
  const state = keptWhile(version, () => readClubState(db));
  const member = rowsIn<Member>(db, 'members');
  const memberships = clubMemberships(db);
  const credentials = clubCredentials(db, memberships, version);
  const bookings = clubBookings(db);

  return {
    branch: (id) => onDisk(() => branch(id)),
    branches: () => onDisk(() => branches('')),
    service: (id) => onDisk(() => service(id)),
    credentials: (read, printed) => onDisk(() => credentials(read, printed)),
    bookings: (of, from, until) => onDisk(() => bookings(of, from, until)),
    member: atOnce((id) => {
      const found = member(id);
      return found && { member: found, memberships: memberships.ofMember(id) };
    }),
    membership: atOnce((id) => memberships.ofId(id)[0] ?? null),
    searchMembers: atOnce(clubSearch(db, member)),
    state: () => onDisk(() => state('')),
    close: () => db.close(),
  };
}

function rowsIn<R>(db: Database, table: string): (id: string) => R | null {
  const row = db.prepare<[string], string>(`SELECT row FROM ${table} WHERE id = ?`).pluck();
  return (id) => {
    const text = row.get(id);
    return text === undefined ? null : (JSON.parse(text) as R);
  };
}

/** As much as SQLite maps at most (SQLITE_MAX_MMAP_SIZE): the club of a million members fits. */
const largestMappedBytes = 2 * 1024 * 1024 * 1024;
