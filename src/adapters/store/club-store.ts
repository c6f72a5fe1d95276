import type { Database } from 'better-sqlite3';
import type { Credential, Read } from '../../domain/member/credential.ts';
import type { Branch, Member, Service, Staff } from '../../domain/member/member.ts';
import type { Membership, Terms } from '../../domain/member/membership.ts';
import type { ClubCredential, ClubData } from '../../ports/club-data.ts';
import { heldMembership } from '../../ports/club-snapshot/held-membership.ts';
import { clubMigrations } from './club-schema.ts';
import { clubSearch } from './club-search.ts';
import { readClubState } from './club-state.ts';
import { orFailure } from './disk-failure.ts';
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
  const memberships = membershipsIn(db);

  return {
    branch: (id) => onDisk(() => branch(id)),
    branches: () => onDisk(() => branches('')),
    service: (id) => onDisk(() => service(id)),
    credentials: credentialsIn(db, memberships, onDisk),
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

const largestMappedBytes = 1024 * 1024 * 1024;

type MembershipRow = [row: string, title: string | null, terms: number | null];

function membershipsIn(db: Database) {
  const terms = termsIn(db);
  const held = ([row, title, number]: MembershipRow): Membership =>
    heldMembership(JSON.parse(row), title, number === null ? null : terms(number));
  const memberships = (from: string, condition: string) => {
    const rows = db.prepare<[string], MembershipRow>(`SELECT row, title, terms FROM ${from} WHERE ${condition}`).raw();
    return (id: string): Membership[] => rows.all(id).map(held);
  };
  return {
    held,
    ofMember: memberships(
      'membership_members JOIN memberships ON memberships.id = membership_id',
      'member_id = ? ORDER BY membership_id',
    ),
    ofId: memberships('memberships', 'id = ?'),
  };
}

type CredentialRow = [
  credential: string,
  staff: string | null,
  member: string | null,
  membership: string | null,
  ...rest: [string | null, number | null],
];

/** What every tap asks: one statement, so that it sees one moment without a transaction, and touches as little as it can. */
function credentialsIn(db: Database, memberships: ReturnType<typeof membershipsIn>, onDisk: <T>(run: () => T) => T) {
  const rows = db
    .prepare<[string, string], CredentialRow>(
      `SELECT credentials.row,
         (SELECT staff.row FROM staff_credentials JOIN staff ON staff.id = staff_id
          WHERE credential_id = credentials.id ORDER BY staff_id LIMIT 1),
         members.row, memberships.row, title, terms
       FROM credentials
         LEFT JOIN members ON members.id = credentials.member_id
         LEFT JOIN membership_members ON membership_members.member_id = credentials.member_id
         LEFT JOIN memberships ON memberships.id = membership_id
       WHERE kind = ? AND value = ? ORDER BY credentials.id, membership_id`,
    )
    .raw();
  return ({ kind, value }: Read): ClubCredential[] =>
    onDisk(() => {
      const found: ClubCredential[] = [];
      let text = '';
      for (const [row, staffRow, memberRow, membershipRow, title, terms] of rows.all(kind, value)) {
        if (row !== text) {
          text = row;
          const credential = JSON.parse(row) as Credential;
          const staff = staffRow === null ? null : (JSON.parse(staffRow) as Staff);
          const member = memberRow === null ? null : (JSON.parse(memberRow) as Member);
          const named = credential.membershipId === null ? [] : memberships.ofId(credential.membershipId);
          found.push({ credential, staff: staff && { id: staff.id, name: staff.name }, member, memberships: named });
        }
        if (membershipRow !== null) found.at(-1)?.memberships.push(memberships.held([membershipRow, title, terms]));
      }
      return found;
    });
}

/** Thousands of memberships have the same terms, and a number never gets others: they are read once, and frozen because they are shared. */
function termsIn(db: Database): (number: number) => Terms {
  const termsText = db.prepare<[number], string>('SELECT terms FROM terms WHERE number = ?').pluck();
  const known = new Map<number, Terms>();
  return (number) => {
    const read = known.get(number);
    if (read) return read;
    const text = termsText.get(number);
    // INVARIANT: `dropUnusedTerms` runs in the transaction that takes the last row of these terms away.
    if (text === undefined) throw new Error(`terms ${number} are gone while a membership has them`);
    const terms = JSON.parse(text, (_, value) => Object.freeze(value)) as Terms;
    if (known.size >= mostTermsKnown) known.clear();
    known.set(number, terms);
    return terms;
  };
}

const mostTermsKnown = 1000;

/** Whether the data is what it was at the last question: another connection may have written. */
function versionOf(db: Database): () => number | undefined {
  const dataVersion = db.prepare<[], number>('PRAGMA data_version').pluck();
  return () => dataVersion.get();
}

/** Every tap asks for these few rows and few writings change them: they are read again when another connection has written. */
function keptWhile<T>(version: () => number | undefined, read: (id: string) => T): (id: string) => T {
  const known = new Map<string, T>();
  let knownAt: number | undefined;
  return (id) => {
    const now = version();
    if (now !== knownAt) known.clear();
    knownAt = now;
    const kept = known.get(id);
    if (kept !== undefined) return kept;
    const value = read(id);
    if (known.size < mostRowsKept) known.set(id, value);
    return value;
  };
}

const mostRowsKept = 1000;
