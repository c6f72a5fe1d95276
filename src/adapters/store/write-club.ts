import type { Database } from 'better-sqlite3';
import { type Entity, entities } from '../../domain/member/club.ts';
import type { Instant } from '../../domain/schedule/instant.ts';
import type { ApplyAnswer, ReplaceAnswer } from '../../ports/club-data.ts';
import {
  type ActiveCredential,
  type FindActive,
  type Holds,
  readChanges,
  readSnapshot,
  type Source,
} from '../../ports/club-snapshot.ts';
import { readClubState, writeClubState } from './club-state.ts';
import { type ClubTables, clubTables } from './club-tables.ts';
import { dropUnusedTerms, giveToWaiting } from './membership-tables.ts';

/** How far an import has come. */
export interface ImportProgress {
  phase: 'checking' | 'writing';
  rowsDone: number;
}

/** Replaces the club's data by a snapshot in one transaction; readers see the old data until it ends. Rows that have not changed are not written again. */
export function replaceClub(
  db: Database,
  source: Source,
  now: Instant,
  progress: (done: ImportProgress) => void = () => {},
): ReplaceAnswer {
  const reading = readSnapshot(source, (rowsDone) => progress({ phase: 'checking', rowsDone }));
  if (reading.snapshot === null) return { done: false, fatal: reading.fatal };
  const { snapshot, problems, faults, warnings } = reading;
  const counts = Object.fromEntries(entities.map((entity) => [entity, snapshot.rows[entity].length])) as Record<Entity, number>;
  const onRow = counted((rowsDone) => progress({ phase: 'writing', rowsDone }));
  db.transaction(() => {
    const tables = clubTables(db);
    const replaceRows = <E extends Entity>(entity: E) => {
      const sent = new Set<string>();
      for (const row of snapshot.rows[entity]) {
        tables[entity].put(row);
        sent.add(row.id);
        onRow();
      }
      for (const id of tables[entity].ids()) if (!sent.has(id)) tables[entity].remove(id);
    };
    entities.forEach(replaceRows);
    dropUnusedTerms(db);
    writeClubState(db, { cursor: snapshot.cursor, takenAt: snapshot.takenAt, receivedAt: now, contactAt: now, counts });
  }).immediate();
  return { done: true, counts, problems, warnings: [...faults, ...warnings] };
}

/** Applies changes in one transaction, whole or not at all. A cursor or `takenAt` that they do not name stays as it was. */
export function changeClub(db: Database, source: Source, now: Instant): ApplyAnswer {
  const change = db.transaction((): ApplyAnswer => {
    const tables = clubTables(db);
    const reading = readChanges(source, holdsIn(db, tables), activeIn(db));
    if (reading.changes === null) return { done: false, problems: reading.problems };
    const { changes, warnings } = reading;
    const state = readClubState(db);
    const counts = { ...state.counts };
    let rows = 0;
    const putRows = <E extends Entity>(entity: E) => {
      for (const row of changes.rows[entity]) if (tables[entity].put(row)) counts[entity] += 1;
      rows += changes.rows[entity].length;
    };
    entities.forEach(putRows);
    giveToWaiting(db);
    let deleted = 0;
    for (const { entity, id } of changes.deletes) {
      if (!tables[entity].remove(id)) continue;
      counts[entity] -= 1;
      deleted += 1;
    }
    writeClubState(db, {
      cursor: changes.cursor ?? state.cursor,
      takenAt: changes.takenAt ?? state.takenAt,
      receivedAt: now,
      contactAt: now,
      counts,
    });
    return { done: true, rows, deleted, warnings };
  });
  return change.immediate();
}

function holdsIn(db: Database, tables: ClubTables): Holds {
  const usableType = db.prepare<[string]>('SELECT id FROM membership_types WHERE id = ? AND unusable IS NULL');
  return (entity, id) => (entity === 'membershipTypes' ? usableType.get(id) !== undefined : tables[entity].has(id));
}

function activeIn(db: Database): FindActive {
  const active = db.prepare<[string, string], ActiveCredential>(
    `SELECT id, member_id AS memberId, row ->> '$.membershipId' AS membershipId,
       (SELECT min(staff_id) FROM staff_credentials WHERE credential_id = credentials.id) AS staffId
     FROM credentials WHERE kind = ? AND value = ? AND unusable IS NULL AND row ->> '$.status' = 'active' ORDER BY id`,
  );
  return ({ kind, value }) => active.all(kind, value);
}

function counted(report: (rowsDone: number) => void): () => void {
  let rowsDone = 0;
  return () => {
    rowsDone += 1;
    if (rowsDone % 5000 === 0) report(rowsDone);
  };
}
