import type { Database } from 'better-sqlite3';
import type { Credential, CredentialKind, Read } from '../../domain/member/credential.ts';
import type { Member, Staff } from '../../domain/member/member.ts';
import { credentialIdOf } from '../../domain/member/one-time-code.ts';
import { pinValues, saltOf } from '../../domain/member/pin.ts';
import type { ClubCredential, ClubData } from '../../ports/club-data.ts';
import type { ClubMemberships } from './club-memberships.ts';
import { keptWhile } from './kept-while.ts';

type CredentialRow = [
  credential: string,
  staff: string | null,
  member: string | null,
  membership: string | null,
  ...rest: [string | null, number | null],
];

/** What every tap asks: one statement, so that it sees one moment without a transaction, and touches as little as it can. */
export function clubCredentials(
  db: Database,
  memberships: ClubMemberships,
  version: () => number | undefined,
): ClubData['credentials'] {
  const rowsWhere = (condition: string) => {
    const rows = db
      .prepare<[kind: string, is: string], CredentialRow>(
        `SELECT credentials.row,
           (SELECT staff.row FROM staff_credentials JOIN staff ON staff.id = staff_id
            WHERE credential_id = credentials.id ORDER BY staff_id LIMIT 1),
           members.row, memberships.row, title, terms
         FROM credentials
           LEFT JOIN members ON members.id = credentials.member_id
           LEFT JOIN membership_members ON membership_members.member_id = credentials.member_id
           LEFT JOIN memberships ON memberships.id = membership_id
         WHERE ${condition} ORDER BY credentials.id, membership_id`,
      )
      .raw();
    return (kind: CredentialKind, is: string) => rows.all(kind, is);
  };
  const withValue = rowsWhere('kind = ? AND value = ?');
  const withId = rowsWhere('kind = ? AND credentials.id = ?');
  const withOneOf = rowsWhere('kind = ? AND value IN (SELECT value FROM json_each(?))');
  const pins = db.prepare<[], string>("SELECT value FROM credentials WHERE kind = 'pin'").pluck();
  const salts = keptWhile(version, () => [...new Set(pins.all().flatMap((value) => saltOf(value) ?? []))]);

  function rowsOf(read: Read, printed: readonly string[]): CredentialRow[] {
    const { kind, value } = read;
    switch (kind) {
      case 'totp':
      case 'signed': {
        const id = credentialIdOf(read);
        return id === null ? [] : withId(kind, id);
      }
      case 'pin':
        return withOneOf(kind, JSON.stringify([value, ...pinValues(value, salts(''))]));
      case 'rfid':
        return printed.length === 0 ? withValue(kind, value) : withOneOf(kind, JSON.stringify([value, ...printed]));
      default:
        return withValue(kind, value);
    }
  }

  return (read, printed = []) => {
    const found: ClubCredential[] = [];
    let text = '';
    for (const [row, staffRow, memberRow, membershipRow, title, terms] of rowsOf(read, printed)) {
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
  };
}
