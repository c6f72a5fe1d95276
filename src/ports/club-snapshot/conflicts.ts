import type { Entity } from '../../domain/member/club.ts';
import type { Credential, CredentialKind, Read } from '../../domain/member/credential.ts';
import type { Booking } from '../../domain/member/member.ts';
import type { JsonPath } from '../../lib/locate-in-json.ts';
import { pathText } from '../../lib/path-text.ts';
import type { SnapshotRow } from './rows.ts';

/** A row that was read, with its place in the document. */
export interface Row<E extends Entity> {
  id: string;
  index: number;
  /** Null: counts as absent. */
  row: SnapshotRow<E> | null;
}

/** The rows of a document, by id. */
export type RowsById = { readonly [E in Entity]: ReadonlyMap<string, Row<E>> };

/** A credential that counts at the gate, and whom it stands for. */
export type ActiveCredential = Pick<Credential, 'id' | 'memberId' | 'membershipId'> & { staffId: string | null };

/** The usable and active credentials that are held outside the document and would answer this read. */
export type FindActive = (read: Read) => ActiveCredential[];

/** Something said of one row because of another. */
export interface Conflict {
  entity: Entity;
  id: string;
  index: number;
  /** Inside the row. */
  path: JsonPath;
  problem: string;
}

/** Active credentials for which the gate answers `AMBIGUOUS_CREDENTIAL` (rule 1): each row that has a part in it. */
export function ambiguousCredentials({ credentials, staff }: RowsById, findActive: FindActive): Conflict[] {
  const staffOf = new Map([...staff.values()].flatMap(({ id, row }) => (row?.credentialIds ?? []).map((card) => [card, id])));
  const holderOf = (row: Credential) => sayHolder({ ...row, staffId: staffOf.get(row.id) ?? null });
  const conflicts: Conflict[] = [];
  const report = ({ id, index }: Row<'credentials'>, holder: string, other: string, otherHolder: string) => {
    const problem = `found the same value as ${other}, which stands for ${otherHolder} while this row stands for ${holder}; ${oneHolder}`;
    conflicts.push({ entity: 'credentials', id, index, path: ['value'], problem });
  };
  const byRead = new Map<string, { found: Row<'credentials'>; row: Credential }[]>();
  for (const found of credentials.values()) {
    const { row } = found;
    if (row === null || row.unusable !== null || row.status !== 'active' || !foundByValue.has(row.kind)) continue;
    groupOf(byRead, `${row.kind}:${row.value}`).push({ found, row });
    const held = findActive(row).find((other) => !credentials.has(other.id) && sayHolder(other) !== holderOf(row));
    if (held) report(found, holderOf(row), `\`${held.id}\`, which is held already`, sayHolder(held));
  }
  for (const group of byRead.values()) {
    if (group.length === 1) continue;
    const rows = group.map(({ found, row }) => ({ found, holder: holderOf(row) }));
    const [first] = rows;
    const other = rows.find(({ holder }) => holder !== first?.holder);
    if (first === undefined || other === undefined) continue;
    for (const { found, holder } of rows) {
      const against = holder === first.holder ? other : first;
      report(found, holder, sayRow('credentials', against.found), against.holder);
    }
  }
  return conflicts;
}

/** Memberships that nobody could present, in a document that has all there is. */
export function membershipsOfNobody({ members, memberships, credentials }: RowsById): Conflict[] {
  const named = new Set<string>();
  for (const { row } of credentials.values()) if (row !== null && row.membershipId !== null) named.add(row.membershipId);
  const conflicts: Conflict[] = [];
  for (const { id, index, row } of memberships.values()) {
    if (row === null || row.memberIds.some((memberId) => members.has(memberId)) || named.has(id)) continue;
    const problem =
      row.memberIds.length === 0
        ? 'found an empty list, and no credential that names the membership; expected a member, or a bearer code with its `membershipId`'
        : 'found nobody who is among the `members`, and no credential that names the membership; expected one of them';
    conflicts.push({ entity: 'memberships', id, index, path: ['memberIds'], problem: `${problem}; it opens for nobody` });
  }
  return conflicts;
}

/** Cards of staff that also stand for a member or a membership, or for somebody else of the staff. */
export function doubtfulStaffCards({ staff, credentials }: RowsById): Conflict[] {
  const listings = new Map<string, { found: Row<'staff'>; position: number }[]>();
  for (const found of staff.values()) {
    found.row?.credentialIds.forEach((card, position) => groupOf(listings, card).push({ found, position }));
  }
  const conflicts: Conflict[] = [];
  for (const [card, places] of listings) {
    const credential = credentials.get(card);
    const holder =
      credential?.row && (credential.row.memberId !== null || credential.row.membershipId !== null)
        ? sayHolder({ ...credential.row, staffId: null })
        : null;
    for (const { found, position } of places) {
      const { id, index } = found;
      const report = (problem: string) =>
        conflicts.push({
          entity: 'staff',
          id,
          index,
          path: ['credentialIds', position],
          problem: `found \`"${card}"\`, ${problem}`,
        });
      const other = places.find((another) => another.found !== found);
      if (other) report(`which ${sayRow('staff', other.found)} has too; ${oneOfStaff}`);
      if (credential && holder !== null) report(`and ${sayRow('credentials', credential)} stands for ${holder}; ${staffAlone}`);
    }
  }
  return conflicts;
}

/** Places that a member has twice in one session, or pays for with a membership of somebody else. */
export function doubtfulBookings({ bookings, memberships }: RowsById): Conflict[] {
  const places = new Map<string, Row<'bookings'>[]>();
  const conflicts: Conflict[] = [];
  const report = ({ id, index }: Row<'bookings'>, key: keyof Booking, problem: string) =>
    conflicts.push({ entity: 'bookings', id, index, path: [key], problem });
  for (const found of bookings.values()) {
    const { row } = found;
    if (row?.state !== 'booked') continue;
    groupOf(places, JSON.stringify([row.sessionId, row.memberId])).push(found);
    const paying = row.membershipId === null ? null : memberships.get(row.membershipId)?.row;
    // The membership of a bearer code is of whoever holds it.
    if (!paying || paying.memberIds.length === 0 || paying.memberIds.includes(row.memberId)) continue;
    report(found, 'membershipId', `found \`"${paying.id}"\`, which is no membership of \`${row.memberId}\`; ${ownMembership}`);
  }
  for (const rows of places.values()) {
    for (const found of rows) {
      const other = rows.find((another) => another !== found);
      if (other)
        report(found, 'sessionId', `found the session and member of ${sayRow('bookings', other)}, also \`booked\`; ${onePlace}`);
    }
  }
  return conflicts;
}

/** Kinds whose reads are the value itself; the reads of others name the credential (rule 3). */
const foundByValue: ReadonlySet<CredentialKind> = new Set(['rfid', 'barcode', 'qr', 'pin', 'membership_code']);

const oneHolder = 'expected one active row of a value: the gate answers it with `AMBIGUOUS_CREDENTIAL`';
const oneOfStaff = 'expected a card of their own for each: the journal could not tell them apart';
const staffAlone = 'expected a card for one of them: it opens every gate, as those of staff do';
const ownMembership = 'expected one of theirs, or null: it does not pay for the session';
const onePlace = 'expected one booking, with all the `seats`';

function sayHolder({ id, memberId, membershipId, staffId }: ActiveCredential): string {
  if (memberId !== null) return `member \`${memberId}\``;
  if (membershipId !== null) return `membership \`${membershipId}\``;
  return staffId === null ? `nobody (\`${id}\`)` : `staff \`${staffId}\``;
}

/** `` `members[3]` (`m17`) ``. */
function sayRow(entity: Entity, { id, index }: Row<Entity>): string {
  return `\`${pathText([entity, index])}\` (\`${id}\`)`;
}

/** The group of this key, which is put there when it is new. */
function groupOf<K, V>(groups: Map<K, V[]>, key: K): V[] {
  const known = groups.get(key);
  if (known) return known;
  const group: V[] = [];
  groups.set(key, group);
  return group;
}
