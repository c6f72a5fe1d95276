import { type Entity, entities } from '../../src/domain/member/club.ts';
import type { Credential, Read } from '../../src/domain/member/credential.ts';
import type { Member } from '../../src/domain/member/member.ts';
import type { Membership, Terms } from '../../src/domain/member/membership.ts';
import { credentialIdOf } from '../../src/domain/member/one-time-code.ts';
import { pinValues, saltOf } from '../../src/domain/member/pin.ts';
import type { Instant } from '../../src/domain/schedule/instant.ts';
import { foldText } from '../../src/lib/fold-text.ts';
import type { ApplyAnswer, ClubCredential, ClubData, ClubDataState, ReplaceAnswer } from '../../src/ports/club-data.ts';
import { heldMembership } from '../../src/ports/club-snapshot/held-membership.ts';
import {
  type ActiveCredential,
  readChanges,
  readSnapshot,
  type SnapshotRow,
  type SoldMembership,
} from '../../src/ports/club-snapshot.ts';

export interface FakeClubData extends ClubData {
  /** Takes a snapshot document as `ClubDataWriter.replace` does. */
  replace(snapshot: unknown, now?: Instant): ReplaceAnswer;
  /** Takes a change document as `ClubDataWriter.apply` does. */
  apply(changes: unknown, now?: Instant): ApplyAnswer;
  /** As `ClubDataWriter.contacted`. */
  contacted(at: Instant): void;
}

/** The club's data in memory: none, or what a snapshot document says. Throws when that has a mistake. */
export function fakeClubData(snapshot?: unknown): FakeClubData {
  const fake = emptyClubData();
  if (snapshot === undefined) return fake;
  const answer = fake.replace(snapshot);
  const problems = answer.done ? answer.problems : [answer.fatal];
  if (problems.length > 0) throw new Error(problems.map(({ path, problem }) => `${path}: ${problem}`).join('\n'));
  return fake;
}

type Rows = { [E in Entity]: Map<string, SnapshotRow<E>> };

function emptyClubData(): FakeClubData {
  const rows = Object.fromEntries(entities.map((entity) => [entity, new Map()])) as Rows;
  const kept = new Map<string, { title: string | null; terms: Terms | null }>();
  let meta: Pick<ClubDataState, 'cursor' | 'takenAt' | 'receivedAt' | 'contactAt'> = {
    cursor: null,
    takenAt: null,
    receivedAt: null,
    contactAt: null,
  };

  const held = ({ terms, ...sold }: SoldMembership): Membership => {
    const { title = null, terms: keptTerms = null } = kept.get(sold.id) ?? {};
    return heldMembership(sold, title, keptTerms);
  };
  const byId = <R extends { id: string }>(list: R[]): R[] => list.sort((a, b) => (a.id < b.id ? -1 : 1));
  const membershipsOf = (memberId: string) =>
    byId([...rows.memberships.values()].filter(({ memberIds }) => memberIds.includes(memberId))).map(held);
  const memberRow = (id: string): Member | null => rows.members.get(id) ?? null;

  function put<E extends Entity>(entity: E, list: SnapshotRow<E>[]): void {
    for (const row of list) rows[entity].set(row.id, row);
  }

  function keepTerms(sent: SoldMembership[]): void {
    const types = rows.membershipTypes;
    for (const { id, typeId, terms } of sent) {
      const before = kept.get(id) ?? { title: null, terms: null };
      const type = typeId === null ? undefined : types.get(typeId);
      const typeTerms = type?.unusable === null ? type.terms : null;
      kept.set(id, { title: type?.title ?? before.title, terms: terms ?? before.terms ?? typeTerms });
    }
    for (const { id, typeId } of rows.memberships.values()) {
      const own = kept.get(id) ?? { title: null, terms: null };
      const type = typeId === null ? undefined : types.get(typeId);
      kept.set(id, {
        title: own.title ?? type?.title ?? null,
        terms: own.terms ?? (type?.unusable === null ? type.terms : null),
      });
    }
  }

  function remove(entity: Entity, id: string): boolean {
    if (entity === 'memberships') kept.delete(id);
    return rows[entity].delete(id);
  }

  function whoHolds({ memberId, membershipId }: Credential): Pick<ClubCredential, 'member' | 'memberships'> {
    if (membershipId !== null) {
      const named = rows.memberships.get(membershipId);
      return { member: null, memberships: named ? [held(named)] : [] };
    }
    return memberId === null
      ? { member: null, memberships: [] }
      : { member: memberRow(memberId), memberships: membershipsOf(memberId) };
  }

  function staffOf(credentialId: string) {
    return byId([...rows.staff.values()]).find(({ credentialIds }) => credentialIds.includes(credentialId)) ?? null;
  }

  function findActive({ kind, value }: Read): ActiveCredential[] {
    return byId([...rows.credentials.values()])
      .filter((row) => row.kind === kind && row.value === value && row.status === 'active' && row.unusable === null)
      .map(({ id, memberId, membershipId }) => ({ id, memberId, membershipId, staffId: staffOf(id)?.id ?? null }));
  }

  function isRead(row: Credential, read: Read, printed: readonly string[]): boolean {
    if (row.kind !== read.kind) return false;
    if (read.kind === 'totp' || read.kind === 'signed') return row.id === credentialIdOf(read);
    const salt = read.kind === 'pin' ? saltOf(row.value) : null;
    if (read.kind === 'rfid' && printed.includes(row.value)) return true;
    return row.value === read.value || (salt !== null && pinValues(read.value, [salt])[0] === row.value);
  }

  function unusable(): ClubDataState['unusable'] {
    const memberships = [...rows.memberships.values()].map(held);
    const lists = { ...rows, memberships: new Map(memberships.map((row) => [row.id, row])) };
    return (['members', 'credentials', 'membershipTypes', 'memberships'] as const).flatMap((entity) =>
      [...lists[entity].values()].flatMap(({ id, unusable: problem }) => (problem === null ? [] : [{ entity, id, problem }])),
    );
  }

  return {
    branch: (id) => rows.branches.get(id) ?? null,
    branches: () => [...rows.branches.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    service: (id) => rows.services.get(id) ?? null,
    credentials: (read, printed = []) =>
      byId([...rows.credentials.values()].filter((row) => isRead(row, read, printed))).map((credential) => {
        const staff = staffOf(credential.id);
        return { credential, staff: staff ? { id: staff.id, name: staff.name } : null, ...whoHolds(credential) };
      }),
    bookings: (of, from, until) =>
      byId([...rows.bookings.values()])
        .filter((row) => ('memberId' in of ? row.memberId === of.memberId : row.membershipId === of.membershipId))
        .flatMap((booking) => {
          const session = rows.sessions.get(booking.sessionId);
          return session && from <= session.startsAt && session.startsAt < until ? { booking, session } : [];
        })
        .sort((a, b) => a.session.startsAt - b.session.startsAt),
    member: (id) => {
      const member = memberRow(id);
      return member && { member, memberships: membershipsOf(id) };
    },
    membership: (id) => {
      const sold = rows.memberships.get(id);
      return sold ? held(sold) : null;
    },
    searchMembers: (text, limit) => {
      const number = text.trim();
      const begins = (value: string | null) =>
        value !== null && [number, number.toUpperCase()].some((start) => value.startsWith(start));
      const words = foldText(text).split(' ');
      const searched = ['rfid', 'barcode', 'qr', 'membership_code'];
      const found = [...rows.members.values()].filter(({ id, name }) => {
        if (words[0] !== '' && words.every((word) => foldText(name).includes(word))) return true;
        const cards = [...rows.credentials.values()].filter(({ memberId, kind }) => memberId === id && searched.includes(kind));
        return cards.some(({ value }) => begins(value)) || membershipsOf(id).some((membership) => begins(membership.number));
      });
      return number === '' ? [] : found.slice(0, limit);
    },
    state: () => {
      const counts = Object.fromEntries(entities.map((entity) => [entity, rows[entity].size])) as Record<Entity, number>;
      const all = unusable();
      return { ...meta, counts, unusable: all.slice(0, 100), unusableCount: all.length };
    },
    replace: (document, now = 0) => {
      const reading = readSnapshot({ value: document });
      if (reading.snapshot === null) return { done: false, fatal: reading.fatal };
      const { snapshot, problems, faults, warnings } = reading;
      for (const entity of entities) {
        const sent = new Set(snapshot.rows[entity].map(({ id }) => id));
        for (const id of rows[entity].keys()) if (!sent.has(id)) remove(entity, id);
      }
      entities.forEach(<E extends Entity>(entity: E) => put(entity, snapshot.rows[entity]));
      keepTerms(snapshot.rows.memberships);
      meta = { cursor: snapshot.cursor, takenAt: snapshot.takenAt, receivedAt: now, contactAt: now };
      const counts = Object.fromEntries(entities.map((entity) => [entity, rows[entity].size])) as Record<Entity, number>;
      return { done: true, counts, problems, warnings: [...faults, ...warnings] };
    },
    apply: (document, now = 0) => {
      const isUsable = (entity: Entity, id: string) =>
        entity === 'membershipTypes' ? rows.membershipTypes.get(id)?.unusable === null : rows[entity].has(id);
      const reading = readChanges({ value: document }, isUsable, findActive);
      if (reading.changes === null) return { done: false, problems: reading.problems };
      const { changes, warnings } = reading;
      entities.forEach(<E extends Entity>(entity: E) => put(entity, changes.rows[entity]));
      keepTerms(changes.rows.memberships);
      const deleted = changes.deletes.filter(({ entity, id }) => remove(entity, id)).length;
      const { cursor, takenAt } = changes;
      meta = { cursor: cursor ?? meta.cursor, takenAt: takenAt ?? meta.takenAt, receivedAt: now, contactAt: now };
      const sent = entities.reduce((sum, entity) => sum + changes.rows[entity].length, 0);
      return { done: true, rows: sent, deleted, warnings };
    },
    contacted: (at) => {
      meta = { ...meta, contactAt: at };
    },
  };
}
