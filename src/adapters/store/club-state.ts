import type { Database } from 'better-sqlite3';
import { type Entity, entities } from '../../domain/member/club.ts';
import type { Instant } from '../../domain/schedule/instant.ts';
import type { ClubDataState } from '../../ports/club-data.ts';

/** The one row of `club`: what is known of the data as a whole, worked out when it is written and not when a tap asks. */
export function readClubState(db: Database): ClubDataState {
  const row = db
    .prepare<[], Omit<ClubDataState, 'counts' | 'unusable'> & { counts: string; unusable: string }>(
      `SELECT cursor, taken_at AS takenAt, received_at AS receivedAt, contact_at AS contactAt, counts, unusable,
         unusable_count AS unusableCount FROM club`,
    )
    .get();
  if (row) return { ...row, counts: JSON.parse(row.counts), unusable: JSON.parse(row.unusable) };
  return {
    cursor: null,
    takenAt: null,
    receivedAt: null,
    contactAt: null,
    counts: noRows(),
    unusable: [],
    unusableCount: 0,
  };
}

export function writeClubState(db: Database, state: Omit<ClubDataState, 'unusable' | 'unusableCount'>): void {
  const unusable = db.prepare(`SELECT entity, id, unusable AS problem FROM (${unusableRows}) LIMIT ${mostUnusable}`).all();
  const unusableCount = db.prepare(`SELECT count(*) FROM (${unusableRows})`).pluck().get();
  db.prepare(
    `INSERT OR REPLACE INTO club (only_row, cursor, taken_at, received_at, contact_at, counts, unusable, unusable_count)
     VALUES (1, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    state.cursor,
    state.takenAt,
    state.receivedAt,
    state.contactAt,
    JSON.stringify(state.counts),
    JSON.stringify(unusable),
    unusableCount,
  );
}

/** The hub was in touch, whether or not it had anything to tell. */
export function writeContact(db: Database, at: Instant): void {
  db.prepare(
    `INSERT INTO club (only_row, contact_at, counts, unusable, unusable_count) VALUES (1, ?, ?, '[]', 0)
     ON CONFLICT DO UPDATE SET contact_at = excluded.contact_at`,
  ).run(at, JSON.stringify(noRows()));
}

function noRows(): Record<Entity, number> {
  return Object.fromEntries(entities.map((entity) => [entity, 0])) as Record<Entity, number>;
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
