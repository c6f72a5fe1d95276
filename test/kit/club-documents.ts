import fc from 'fast-check';
import { pinValues } from '../../src/domain/member/pin.ts';

/**
 * Arbitrary documents of a club so small that rows meet: references that lead somewhere and nowhere, types that come, change and
 * go, values that this version does not know. Every document can be used.
 */
const memberId = fc.constantFrom('m1', 'm2', 'm3');
const typeId = fc.constantFrom('t1', 't2');
const membershipId = fc.constantFrom('p1', 'p2', 'p3', 'p4');
const sessionId = fc.constantFrom('s1', 's2');

const terms = fc.record({
  usage: fc.oneof({ weight: 4, arbitrary: fc.constant('regular') }, { weight: 1, arbitrary: fc.constant('gold') }),
  visits: fc.integer({ min: 1, max: 3 }),
  entitlements: fc.constant([{ scope: { any: true } }]),
});

const rows = {
  members: fc.record({ id: memberId, name: fc.constantFrom('Łucja Żak', 'Anna Nowak', 'Анна Іванова') }),
  staff: fc.record({
    id: fc.constantFrom('st1', 'st2'),
    name: fc.constantFrom('Ewa', 'Jan'),
    credentialIds: fc.subarray(['c1', 'c2', 'c3']),
  }),
  credentials: fc
    .record({
      id: fc.constantFrom('c1', 'c2', 'c3'),
      kind: fc.constantFrom('rfid', 'qr', 'pin', 'totp', 'face'),
      value: fc.constantFrom('A', 'B', 'AB', ...pinValues('A', ['salt', 'pepper'])),
      status: fc.constantFrom('active', 'lost', 'borrowed'),
    })
    .chain((row) =>
      fc.oneof(
        fc.constant(row),
        memberId.map((id) => ({ ...row, memberId: id })),
        membershipId.map((id) => ({ ...row, membershipId: id })),
      ),
    ),
  membershipTypes: fc.record({ id: typeId, title: fc.constantFrom('Morning', 'Evening'), terms }),
  memberships: fc.record(
    {
      id: membershipId,
      typeId,
      memberIds: fc.subarray(['m1', 'm2', 'm3']),
      state: fc.constantFrom('active', 'issued', 'paused'),
      visits: fc.record({ left: fc.constantFrom(null, 0, 5) }),
      number: fc.constantFrom('100', '101'),
      terms,
    },
    { requiredKeys: ['id', 'typeId', 'memberIds', 'state', 'visits'] },
  ),
  sessions: fc.record({
    id: sessionId,
    branchId: fc.constant('center'),
    serviceId: fc.constant('yoga'),
    startsAt: fc.constantFrom('2026-06-15T16:00:00Z', '2026-06-15T17:00:00Z', '2026-06-16T17:00:00Z'),
  }),
  bookings: fc.record(
    {
      id: fc.constantFrom('b1', 'b2', 'b3'),
      sessionId,
      memberId,
      membershipId,
      state: fc.constantFrom('booked', 'waiting', 'maybe'),
    },
    { requiredKeys: ['id', 'sessionId', 'memberId', 'state'] },
  ),
};

type Row = { id: string };

function listOf<R extends Row>(row: fc.Arbitrary<R>): fc.Arbitrary<R[]> {
  return fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 4 });
}

const lists = {
  members: listOf(rows.members),
  staff: listOf(rows.staff),
  credentials: listOf(rows.credentials),
  membershipTypes: listOf(rows.membershipTypes),
  memberships: listOf(rows.memberships),
  sessions: listOf(rows.sessions),
  bookings: listOf(rows.bookings),
};

export const snapshots = fc.record({ format: fc.constant('gatehouse-snapshot/1'), ...lists });

export const changes = fc.record({ cursor: fc.constantFrom('1', '2'), ...lists }, { requiredKeys: [] }).chain((rowsSent) => {
  const sent = new Set(
    Object.entries(rowsSent).flatMap(([entity, list]) => (Array.isArray(list) ? list.map(({ id }) => `${entity} ${id}`) : [])),
  );
  const deletes = fc.oneof(
    memberId.map((id) => ({ entity: 'members', id })),
    typeId.map((id) => ({ entity: 'membershipTypes', id })),
    membershipId.map((id) => ({ entity: 'memberships', id })),
    fc.constant({ entity: 'credentials', id: 'c1' }),
    fc.constant({ entity: 'staff', id: 'st1' }),
    sessionId.map((id) => ({ entity: 'sessions', id })),
    fc.constant({ entity: 'bookings', id: 'b1' }),
  );
  return fc.array(deletes, { maxLength: 3 }).map((list) => ({
    ...rowsSent,
    delete: list.filter(({ entity, id }) => !sent.has(`${entity} ${id}`)),
  }));
});
