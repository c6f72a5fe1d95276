import type { Database } from 'better-sqlite3';
import { type Entity, entities } from '../../domain/member/club.ts';
import type { ClubDataState } from '../../ports/club-data.ts';

/** The one row of `club`: what is known of the data as a whole, worked out when it is written and not when a tap asks. */
export function readClubState(db: Database): ClubDataState {
  const row = db
    .prepare<[], Omit<ClubDataState, 'counts' | 'unusable'> & { counts: string; unusable: string }>(
      `SELECT cursor, taken_at AS takenAt, received_at AS receivedAt, counts, unusable, unusable_count AS unusableCount FROM club`,
    )
    .get();
  if (row) return { ...row, counts: JSON.parse(row.counts), unusable: JSON.parse(row.unusable) };
  const counts = Object.fromEntries(entities.map((entity) => [entity, 0])) as Record<Entity, number>;
  return { cursor: null, takenAt: null, receivedAt: null, counts, unusable: [], unusableCount: 0 };
}

export function writeClubState(db: Database, state: Omit<ClubDataState, 'unusable' | 'unusableCount'>): void {
  const unusable = db.prepare(`SELECT entity, id, unusable AS problem FROM (${unusableRows}) LIMIT ${mostUnusable}`).all();
  const unusableCount = db.prepare(`SELECT count(*) FROM (${unusableRows})`).pluck().get();
  db.prepare(
    `INSERT OR REPLACE INTO club (only_row, cursor, taken_at, received_at, counts, unusable, unusable_count)
     VALUES (1, ?, ?, ?, ?, ?, ?)`,
  ).run(state.cursor, state.takenAt, state.receivedAt, JSON.stringify(state.counts), JSON.stringify(unusable), unusableCount);
}

const mostUnusable = 100;

const tablesWithUnusable = {
  members: 'members',
  credentials: 'credentials',
  membershipTypes: 'membership_types',
  memberships: 'memberships',
} satisfies Partial<Record<Entity, string>>;

const unusableRows = Object.entries(tablesWithUnusable)
  .map(([entity, table]) => `SELECT '${entity}' AS entity, id, unusable FROM ${table} WHERE unusable IS NOT NULL`)
  .join(' UNION ALL ');
