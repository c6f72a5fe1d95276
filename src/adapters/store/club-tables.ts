import type { Database } from 'better-sqlite3';
import type { Entity } from '../../domain/member/club.ts';
import type { Staff } from '../../domain/member/member.ts';
import { foldText } from '../../lib/fold-text.ts';
import type { SnapshotRow } from '../../ports/club-snapshot.ts';
import { type ClubTable, clubTable, type Pair, pairsIn } from './club-table.ts';
import { membershipTables } from './membership-tables.ts';

export type ClubTables = { readonly [E in Entity]: ClubTable<SnapshotRow<E>> };

/** The tables of a club database, to be written within one transaction. */
export function clubTables(db: Database): ClubTables {
  const replaceStaffCredentials = pairsIn(db, 'staff_credentials', ['credential_id', 'staff_id']);
  const staffPairs = (staff: Staff | null) => staff?.credentialIds.map((credentialId): Pair => [credentialId, staff.id]) ?? [];
  return {
    branches: clubTable(db, 'branches'),
    services: clubTable(db, 'services'),
    members: clubTable(db, 'members', { folded_name: ({ name }) => foldText(name), unusable: ({ unusable }) => unusable }),
    staff: clubTable(db, 'staff', {}, (before, after) => replaceStaffCredentials(staffPairs(before), staffPairs(after))),
    credentials: clubTable(db, 'credentials', {
      kind: ({ kind }) => kind,
      value: ({ value }) => value,
      member_id: ({ memberId }) => memberId,
      unusable: ({ unusable }) => unusable,
    }),
    ...membershipTables(db),
    sessions: clubTable(db, 'sessions', { starts_at: ({ startsAt }) => startsAt }),
    bookings: clubTable(db, 'bookings', {
      session_id: ({ sessionId }) => sessionId,
      member_id: ({ memberId }) => memberId,
      membership_id: ({ membershipId }) => membershipId,
    }),
  };
}
