import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HeldBooking } from '../../src/domain/access/facts.ts';
import { pinValues } from '../../src/domain/member/pin.ts';
import type { Instant } from '../../src/domain/schedule/instant.ts';
import type { ApplyAnswer, ClubData, ReplaceAnswer } from '../../src/ports/club-data.ts';
import { changes, snapshots } from '../kit/club-documents.ts';
import { exampleSnapshot } from '../kit/example-snapshot.ts';

/** Empty club data, and what writes it; both documents are values of JSON. */
export interface ClubDataSubject {
  data: ClubData;
  replace(snapshot: unknown, now?: Instant): ReplaceAnswer;
  apply(changes: unknown, now?: Instant): ApplyAnswer;
  contacted(at: Instant): void;
}

const card = { kind: 'rfid', value: '042B73321A3180' } as const;
const snapshotOf = (rows: object) => ({ format: 'gatehouse-snapshot/1', ...rows });
const typeOf = (terms: object) => ({ id: 't1', title: 'Morning', terms: { entitlements: [{ scope: { any: true } }], ...terms } });
const sold = { id: 'p1', typeId: 't1', memberIds: ['m1'], state: 'active', visits: { left: 5 } };

/** Everything that look-ups say of a club of `club-documents.ts`. */
export function everything(data: ClubData) {
  const kinds = ['rfid', 'qr', 'pin', 'totp'] as const;
  const values = ['A', 'B', 'AB', '', 'c1.123456', 'c2.123456'];
  const reads = kinds.flatMap((kind) => values.map((value) => ({ kind, value })));
  const [from, until] = [Date.parse('2026-06-15T17:00:00Z'), Date.parse('2026-06-16T17:00:00Z')];
  const whose = [
    ...['m1', 'm2', 'm3'].map((memberId) => ({ memberId })),
    ...['p1', 'p2'].map((membershipId) => ({ membershipId })),
  ];
  const { receivedAt, unusable, ...state } = data.state();
  return {
    credentials: reads.map((read) => data.credentials(read)),
    members: ['m1', 'm2', 'm3', 'm4'].map((id) => data.member(id)),
    memberships: ['p1', 'p2', 'p3', 'p4'].map((id) => data.membership(id)),
    bookings: whose.flatMap((of) => [data.bookings(of, 0, until + 1), data.bookings(of, from, until)]),
    found: ['an', 'zak', 'A', '10'].map((text) =>
      data
        .searchMembers(text, 9)
        .map(({ id }) => id)
        .sort(),
    ),
    unusable: unusable.map((row) => JSON.stringify(row)).sort(),
    state,
  };
}

/** What every home of the club's data promises. `open` is called in a test and returns data of that test alone. */
export function describeClubData(title: string, open: () => ClubDataSubject): void {
  describe(title, () => {
    test('a box without data knows nobody', () => {
      const { data } = open();
      expect(data.branch('center')).toBeNull();
      expect(data.service('gym')).toBeNull();
      expect(data.credentials(card)).toEqual([]);
      expect(data.member('m1')).toBeNull();
      expect(data.membership('p1')).toBeNull();
      expect(data.bookings({ memberId: 'm1' }, 0, Number.MAX_SAFE_INTEGER)).toEqual([]);
      expect(data.searchMembers('anna', 10)).toEqual([]);
      const never = { cursor: null, takenAt: null, receivedAt: null, contactAt: null };
      expect(data.state()).toMatchObject({ ...never, unusable: [], unusableCount: 0 });
    });

    test('a card leads to its member and what that member holds', () => {
      const { data, replace } = open();
      expect(replace(exampleSnapshot(), 1000)).toMatchObject({ done: true, problems: [], warnings: [] });
      const [found, ...others] = data.credentials(card);
      expect(others).toEqual([]);
      expect(found).toMatchObject({
        credential: { id: 'c1', value: '042B73321A3180', unusable: null },
        member: { name: 'Anna K.', debt: { amount: '120.00' } },
        staff: null,
        memberships: [{ id: 'p1', title: 'Morning 8', terms: { visits: 8 }, unusable: null }],
      });
      expect(data.member('m1')).toEqual({ member: found?.member, memberships: found?.memberships });
      expect(data.membership('p1')).toEqual(found?.memberships[0]);
      expect(data.branch('center')?.timeZone).toBe('Europe/Warsaw');
      expect(data.branches().map(({ id }) => id)).toEqual(['center']);
      expect(data.service('yoga')?.title).toBe('Yoga');
      expect(data.state()).toMatchObject({
        cursor: '000001842',
        takenAt: Date.parse('2026-06-15T05:00:00Z'),
        receivedAt: 1000,
        counts: { branches: 1, services: 2, members: 1, credentials: 2, memberships: 1, sessions: 1, bookings: 1 },
      });
    });

    test('kind and value must both match, the value whole', () => {
      const { data, replace } = open();
      replace(exampleSnapshot());
      for (const value of ['042B73321A31', '2B73321A3180', '042b73321a3180', '%', '']) {
        expect(data.credentials({ kind: 'rfid', value })).toEqual([]);
      }
      expect(data.credentials({ kind: 'barcode', value: card.value })).toEqual([]);
    });

    test('a card is found by what is printed on it too, when asked for, and each text is compared whole', () => {
      const { data, replace } = open();
      const row = { kind: 'rfid', memberId: 'm1', status: 'active' };
      const credentials = [
        { ...row, id: 'c1', value: '126,58404' },
        { ...row, id: 'c2', value: '55007EE424' },
        { ...row, id: 'c3', value: '26,58404' },
        { ...row, id: 'c4', value: '126,58404', kind: 'barcode' },
      ];
      replace(snapshotOf({ members: [{ id: 'm1' }], credentials }));
      const found = (...printed: string[]) =>
        data.credentials({ kind: 'rfid', value: '55007EE424' }, printed).map(({ credential }) => credential.id);
      expect(found()).toEqual(['c2']);
      expect(found('126,58404', '126 58404')).toEqual(['c1', 'c2']);
      expect(data.credentials({ kind: 'barcode', value: 'X' }, ['126,58404'])).toEqual([]);
    });

    test('every row of a card that was handed on is told', () => {
      const { data, replace } = open();
      const row = { kind: 'rfid', value: 'A', memberId: 'm1' };
      replace(
        snapshotOf({
          members: [{ id: 'm1' }],
          credentials: [
            { ...row, id: 'c2', status: 'active' },
            { ...row, id: 'c1', status: 'returned' },
          ],
        }),
      );
      expect(data.credentials({ kind: 'rfid', value: 'A' }).map(({ credential }) => credential.status)).toEqual([
        'returned',
        'active',
      ]);
    });

    test('a staff card leads to its holder', () => {
      const { data, replace } = open();
      replace(exampleSnapshot());
      expect(data.credentials({ kind: 'rfid', value: '0F0184F07A' })).toMatchObject([
        { staff: { id: 'st1', name: 'Ewa' }, member: null, memberships: [] },
      ]);
    });

    test('a bearer code leads to its membership and to no member', () => {
      const { data, replace } = open();
      const credentials = [{ id: 'c1', kind: 'membership_code', value: '77', status: 'active', membershipId: 'p1' }];
      replace(snapshotOf({ members: [{ id: 'm1' }], membershipTypes: [typeOf({})], memberships: [sold], credentials }));
      expect(data.credentials({ kind: 'membership_code', value: '77' })).toMatchObject([
        { member: null, memberships: [{ id: 'p1' }] },
      ]);
    });

    test('a one-time code leads to the credential that it names, of its own kind, and never by its secret', () => {
      const { data, replace } = open();
      const row = { status: 'active', memberId: 'm1' };
      const credentials = [
        { ...row, id: 'c.1', kind: 'totp', value: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' },
        { ...row, id: 'c2', kind: 'signed', value: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
        { ...row, id: 'c3', kind: 'qr', value: 'c.1.123456' },
      ];
      replace(snapshotOf({ members: [{ id: 'm1' }], credentials }));
      const found = (kind: 'totp' | 'signed' | 'qr', value: string) =>
        data.credentials({ kind, value }).map(({ credential, member }) => [credential.id, member?.id]);
      const signature = 'A'.repeat(86);
      expect(found('totp', 'c.1.123456')).toEqual([['c.1', 'm1']]);
      expect(found('signed', `c2.1750000000.nonce.${signature}`)).toEqual([['c2', 'm1']]);
      expect(found('qr', 'c.1.123456')).toEqual([['c3', 'm1']]);
      expect(found('totp', 'c2.123456')).toEqual([]);
      expect(found('totp', 'c.1.12345')).toEqual([]);
      expect(found('totp', 'c.9.123456')).toEqual([]);
      expect(found('totp', 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')).toEqual([]);
      expect(found('signed', `c.1.1750000000.nonce.${signature}`)).toEqual([]);
    });

    test('a PIN leads to whoever holds its salted hash, whichever salt it has', () => {
      const { data, replace, apply } = open();
      const [first = '', second = ''] = pinValues('4711', ['salt', 'a:b']);
      const row = { kind: 'pin', status: 'active' };
      const credentials = [
        { ...row, id: 'c1', value: first, memberId: 'm1' },
        { ...row, id: 'c2', value: second, memberId: 'm2' },
        { ...row, id: 'c3', value: pinValues('4712', ['salt'])[0] ?? '', memberId: 'm1' },
        { ...row, id: 'c4', value: pinValues('4711', ['pepper'])[0] ?? '', memberId: 'm1', kind: 'qr' },
      ];
      replace(snapshotOf({ members: [{ id: 'm1' }, { id: 'm2' }], credentials }));
      const found = (value: string) => data.credentials({ kind: 'pin', value }).map(({ credential }) => credential.id);
      expect(found('4711')).toEqual(['c1', 'c2']);
      expect(found('4712')).toEqual(['c3']);
      expect(found('471')).toEqual([]);
      apply({ credentials: [{ ...row, id: 'c5', value: pinValues('4711', ['new'])[0] ?? '', memberId: 'm2' }] });
      expect(found('4711')).toEqual(['c1', 'c2', 'c5']);
    });

    test('who is missing is said to be missing', () => {
      const { data, replace } = open();
      replace(snapshotOf({ credentials: [{ id: 'c1', kind: 'qr', value: 'A', status: 'active', memberId: 'm9' }] }));
      expect(data.credentials({ kind: 'qr', value: 'A' })).toMatchObject([
        { credential: { memberId: 'm9' }, member: null, memberships: [] },
      ]);
    });

    test('a shared membership is held by each of its members', () => {
      const { data, replace } = open();
      const members = [{ id: 'm1' }, { id: 'm2' }, { id: 'm3' }];
      replace(snapshotOf({ members, membershipTypes: [typeOf({})], memberships: [{ ...sold, memberIds: ['m1', 'm2'] }] }));
      expect(members.map(({ id }) => data.member(id)?.memberships.length)).toEqual([1, 1, 0]);
    });

    describe('places in sessions', () => {
      const at = (time: string) => Date.parse(`2026-06-15T${time}:00Z`);
      const session = (id: string, time: string) => ({
        id,
        branchId: 'center',
        serviceId: 'yoga',
        startsAt: new Date(at(time)).toISOString(),
      });
      const booking = { memberId: 'm1', membershipId: 'p1', seats: 2, state: 'booked' };
      const ids = (places: HeldBooking[]) => places.map(({ booking: { id }, session: { id: of } }) => `${id} ${of}`);

      function booked() {
        const club = open();
        club.replace(
          snapshotOf({
            members: [{ id: 'm1' }, { id: 'm2' }],
            sessions: [session('s2', '17:00'), session('s1', '18:00'), session('s3', '16:00')],
            bookings: [
              { ...booking, id: 'b4', sessionId: 's1', state: 'cancelled' },
              { ...booking, id: 'b1', sessionId: 's1', membershipId: null },
              { ...booking, id: 'b2', sessionId: 's2' },
              { ...booking, id: 'b3', sessionId: 's3', memberId: 'm2' },
              { ...booking, id: 'b5', sessionId: 's9' },
            ],
          }),
        );
        return club;
      }

      test('are those of the member, whatever their state, by the start of the session', () => {
        const { data } = booked();
        const places = data.bookings({ memberId: 'm1' }, at('00:00'), at('23:59'));
        expect(ids(places)).toEqual(['b2 s2', 'b1 s1', 'b4 s1']);
        expect(places[0]).toMatchObject({
          booking: { id: 'b2', memberId: 'm1', membershipId: 'p1', seats: 2, state: 'booked' },
          session: { id: 's2', serviceId: 'yoga', startsAt: at('17:00'), cancelled: false },
        });
        expect(data.bookings({ memberId: 'm3' }, at('00:00'), at('23:59'))).toEqual([]);
      });

      test('are those that name a membership', () => {
        const { data } = booked();
        expect(ids(data.bookings({ membershipId: 'p1' }, at('00:00'), at('23:59')))).toEqual(['b3 s3', 'b2 s2', 'b4 s1']);
        expect(data.bookings({ membershipId: 'm1' }, at('00:00'), at('23:59'))).toEqual([]);
      });

      test('are asked for by when the session starts, the end exclusive', () => {
        const { data } = booked();
        expect(ids(data.bookings({ memberId: 'm1' }, at('17:00'), at('18:00')))).toEqual(['b2 s2']);
        expect(ids(data.bookings({ memberId: 'm1' }, at('17:01'), at('18:01')))).toEqual(['b1 s1', 'b4 s1']);
      });

      test('move with their session, and come and go with it', () => {
        const { data, apply } = booked();
        apply({ sessions: [session('s2', '19:00'), session('s9', '10:00')], delete: [{ entity: 'sessions', id: 's1' }] });
        expect(ids(data.bookings({ memberId: 'm1' }, at('00:00'), at('23:59')))).toEqual(['b5 s9', 'b2 s2']);
        apply({ bookings: [{ ...booking, id: 'b2', sessionId: 's2', memberId: 'm2' }] });
        expect(ids(data.bookings({ memberId: 'm1' }, at('00:00'), at('23:59')))).toEqual(['b5 s9']);
        apply({ delete: [{ entity: 'bookings', id: 'b5' }] });
        expect(data.bookings({ memberId: 'm1' }, at('00:00'), at('23:59'))).toEqual([]);
      });
    });

    test('whatever comes is a contact, and so is what only says that the hub is there', () => {
      const { data, replace, apply, contacted } = open();
      contacted(500);
      expect(data.state()).toMatchObject({ contactAt: 500, receivedAt: null, cursor: null, counts: { members: 0 } });
      replace(exampleSnapshot(), 1000);
      expect(data.state()).toMatchObject({ contactAt: 1000, receivedAt: 1000 });
      contacted(3000);
      expect(data.state()).toMatchObject({ contactAt: 3000, receivedAt: 1000, cursor: '000001842', counts: { members: 1 } });
      contacted(2000);
      expect(data.state().contactAt).toBe(2000);
      apply({}, 4000);
      expect(data.state()).toMatchObject({ contactAt: 4000, receivedAt: 4000 });
      apply({ members: [{ id: 'm1', blocked: 'no' }] }, 5000);
      expect(data.state().contactAt).toBe(4000);
    });

    test('a change replaces whole rows, and only those it names', () => {
      const { data, replace, apply } = open();
      replace(exampleSnapshot(), 1000);
      const answer = apply(
        {
          members: [{ id: 'm1', name: 'Anna Nowa' }],
          delete: [
            { entity: 'bookings', id: 'b1' },
            { entity: 'staff', id: 'st7' },
          ],
        },
        2000,
      );
      expect(answer).toEqual({ done: true, rows: 1, deleted: 1, warnings: [] });
      expect(data.member('m1')?.member).toMatchObject({ name: 'Anna Nowa', tags: [], debt: 'unknown' });
      expect(data.member('m1')?.memberships).toHaveLength(1);
      expect(data.state()).toMatchObject({
        cursor: '000001842',
        takenAt: Date.parse('2026-06-15T05:00:00Z'),
        receivedAt: 2000,
        counts: { members: 1, bookings: 0 },
      });
      apply({ cursor: '000001843', takenAt: '2026-06-15T06:00:00Z' });
      expect(data.state()).toMatchObject({ cursor: '000001843', takenAt: Date.parse('2026-06-15T06:00:00Z') });
    });

    test('a membership that changes hands leaves the first holder', () => {
      const { data, replace, apply } = open();
      replace(snapshotOf({ members: [{ id: 'm1' }, { id: 'm2' }], membershipTypes: [typeOf({})], memberships: [sold] }));
      apply({ memberships: [{ ...sold, memberIds: ['m2'] }] });
      expect(data.member('m1')?.memberships).toEqual([]);
      expect(data.member('m2')?.memberships).toHaveLength(1);
      apply({ delete: [{ entity: 'memberships', id: 'p1' }] });
      expect(data.member('m2')?.memberships).toEqual([]);
    });

    test('a card taken from a member of staff opens as theirs no more', () => {
      const { data, replace, apply } = open();
      replace(exampleSnapshot());
      apply({ staff: [{ id: 'st1', name: 'Ewa' }] });
      expect(data.credentials({ kind: 'rfid', value: '0F0184F07A' })).toMatchObject([{ staff: null }]);
    });

    test('one bad row refuses a change whole', () => {
      const { data, replace, apply } = open();
      replace(exampleSnapshot());
      const before = everything(data);
      expect(
        apply({
          members: [
            { id: 'm1', name: 'Ola' },
            { id: 'm2', blocked: 'no' },
          ],
          cursor: '9',
        }),
      ).toMatchObject({
        done: false,
        problems: [{ path: 'members[1].blocked' }],
      });
      expect(everything(data)).toEqual(before);
    });

    test('bad rows of a snapshot are left out, and a snapshot that cannot be used changes nothing', () => {
      const { data, replace } = open();
      const answer = replace(snapshotOf({ members: [{ id: 'm1' }, { id: 'm2', blocked: 'no' }] }));
      expect(answer).toMatchObject({ done: true, counts: { members: 1 }, problems: [{ id: 'm2' }] });
      expect(replace({ format: 'gatehouse-snapshot/2' })).toMatchObject({ done: false, fatal: { path: 'format' } });
      expect(data.member('m1')).not.toBeNull();
      expect(data.member('m2')).toBeNull();
    });

    test('what a snapshot does not name is gone', () => {
      const { data, replace } = open();
      replace(exampleSnapshot());
      replace(snapshotOf({ members: [{ id: 'm2' }] }));
      expect(data.credentials(card)).toEqual([]);
      expect(data.member('m1')).toBeNull();
      expect(data.member('m2')).not.toBeNull();
      expect(data.state()).toMatchObject({ cursor: null, counts: { members: 1, memberships: 0, branches: 0 } });
    });

    test('editing or deleting its type changes nothing for a membership that was sold', () => {
      const { data, replace, apply } = open();
      replace(snapshotOf({ membershipTypes: [typeOf({ visits: 8 })], memberships: [sold] }));
      apply({ membershipTypes: [typeOf({ visits: 12 })] });
      expect(data.membership('p1')?.terms.visits).toBe(8);
      apply({ memberships: [{ ...sold, visits: { left: 4 } }] });
      expect(data.membership('p1')).toMatchObject({ terms: { visits: 8 }, visits: { left: 4 } });
      replace(snapshotOf({ membershipTypes: [typeOf({ visits: 12 })], memberships: [sold] }));
      expect(data.membership('p1')?.terms.visits).toBe(8);
      apply({ delete: [{ entity: 'membershipTypes', id: 't1' }] });
      expect(data.membership('p1')).toMatchObject({ title: 'Morning', terms: { visits: 8 }, unusable: null });
    });

    test('terms sent with a membership come before those it had', () => {
      const { data, replace, apply } = open();
      replace(snapshotOf({ membershipTypes: [typeOf({ visits: 8 })], memberships: [sold] }));
      apply({ memberships: [{ ...sold, terms: typeOf({ visits: 3 }).terms }] });
      expect(data.membership('p1')?.terms.visits).toBe(3);
      apply({ memberships: [sold] });
      expect(data.membership('p1')?.terms.visits).toBe(3);
    });

    test('a membership that left and came again has the terms of that day', () => {
      const { data, replace, apply } = open();
      replace(snapshotOf({ membershipTypes: [typeOf({ visits: 8 })], memberships: [sold] }));
      apply({ membershipTypes: [typeOf({ visits: 12 })], delete: [{ entity: 'memberships', id: 'p1' }] });
      apply({ memberships: [sold] });
      expect(data.membership('p1')?.terms.visits).toBe(12);
    });

    test('a membership whose type is missing or unusable waits for it', () => {
      const { data, replace, apply } = open();
      expect(replace(snapshotOf({ members: [{ id: 'm1' }], memberships: [sold] }))).toMatchObject({
        warnings: [{ path: 'memberships[0].typeId' }],
      });
      const waits = 'its terms are not known: its type `t1` is missing or unusable';
      expect(data.membership('p1')).toMatchObject({ title: '', unusable: waits, terms: { entitlements: [] } });
      apply({ membershipTypes: [typeOf({ usage: 'gold' })] });
      expect(data.membership('p1')?.unusable).toBe(waits);
      expect(data.state()).toMatchObject({ unusableCount: 2 });
      apply({ membershipTypes: [typeOf({ visits: 8 })] });
      expect(data.membership('p1')).toMatchObject({ title: 'Morning', unusable: null, terms: { visits: 8 } });
      expect(data.state()).toMatchObject({ unusable: [], unusableCount: 0 });
    });

    test('unusable rows are held, and named', () => {
      const { data, replace } = open();
      const unknownStatus = { id: 'c1', kind: 'qr', value: 'A', status: 'borrowed', memberId: 'm1' };
      const answer = replace(snapshotOf({ members: [{ id: 'm1' }], credentials: [unknownStatus] }));
      expect(answer).toMatchObject({ done: true, warnings: [{ path: 'credentials[0].status' }] });
      const problem = '`status` is `borrowed`, which this version does not know';
      expect(data.credentials({ kind: 'qr', value: 'A' })).toMatchObject([
        { credential: { unusable: problem }, member: { id: 'm1' } },
      ]);
      expect(data.state()).toMatchObject({ unusable: [{ entity: 'credentials', id: 'c1', problem }], unusableCount: 1 });
    });

    test('a hundred unusable rows are named, and all are counted', () => {
      const { data, replace } = open();
      const memberships = Array.from({ length: 130 }, (_, number) => ({ ...sold, id: `p${number}`, state: 'paused' }));
      replace(snapshotOf({ memberships, membershipTypes: [typeOf({})] }));
      expect(data.state().unusable).toHaveLength(100);
      expect(data.state().unusableCount).toBe(130);
    });

    describe('the desk finds a member', () => {
      const find = (text: string, limit = 10) => {
        const { data, replace } = open();
        replace(
          snapshotOf({
            members: [
              { id: 'm1', name: 'Łucja Wiśniewska-Żak' },
              { id: 'm2', name: 'Фёдор Дем’янчук' },
              { id: 'm3', name: 'Anna Żak' },
              { id: 'm4', name: "Anna O'Hara" },
            ],
            credentials: [
              { id: 'c1', kind: 'rfid', value: '042B7332', status: 'active', memberId: 'm1' },
              { id: 'c2', kind: 'pin', value: '042Bsalted', status: 'active', memberId: 'm2' },
            ],
            membershipTypes: [typeOf({})],
            memberships: [{ ...sold, memberIds: ['m3', 'm4'], number: '142660' }],
          }),
        );
        return data
          .searchMembers(text, limit)
          .map(({ id }) => id)
          .sort();
      };

      test.each([
        ['żak', ['m1', 'm3']],
        ['ZAK', ['m1', 'm3']],
        ['zak anna', ['m3']],
        ['lucja wisn', ['m1']],
        ['федор', ['m2']],
        ['ДЕМ’ЯН', ['m2']],
        ['ohara', ['m4']],
        ['042b', ['m1']],
        ['042B7332', ['m1']],
        ['2B73', []],
        ['1426', ['m3', 'm4']],
        ['anna nowak', []],
        ['  ', []],
        ['%', []],
        ["'", []],
        ['', []],
      ])('by `%s`', (text, ids) => {
        expect(find(text)).toEqual(ids);
      });

      test('and at most as many as were asked for', () => {
        expect(find('anna', 1)).toHaveLength(1);
        expect(find('anna', 0)).toEqual([]);
      });
    });

    test('the order of rows never matters', () => {
      fc.assert(
        fc.property(snapshots, fc.infiniteStream(fc.nat()), (snapshot, numbers) => {
          const shuffled = Object.fromEntries(
            Object.entries(snapshot).map(([key, list]) => [key, Array.isArray(list) ? shuffle<object>(list, numbers) : list]),
          );
          const one = open();
          const other = open();
          one.replace(snapshot);
          other.replace(shuffled);
          expect(everything(other.data)).toEqual(everything(one.data));
        }),
        { numRuns: 25 },
      );
    });

    test('a snapshot or a change taken twice is taken once', () => {
      fc.assert(
        fc.property(snapshots, changes, (snapshot, change) => {
          const { data, replace, apply } = open();
          replace(snapshot);
          const replaced = everything(data);
          replace(snapshot);
          expect(everything(data)).toEqual(replaced);
          apply(change);
          const applied = everything(data);
          expect(apply(change)).toMatchObject({ done: true, deleted: 0 });
          expect(everything(data)).toEqual(applied);
        }),
        { numRuns: 25 },
      );
    });

    test('counts are those of the rows there are', () => {
      fc.assert(
        fc.property(snapshots, changes, (snapshot, change) => {
          const { data, replace, apply } = open();
          replace(snapshot);
          apply(change);
          const members = ['m1', 'm2', 'm3'].filter((id) => data.member(id) !== null);
          const memberships = ['p1', 'p2', 'p3', 'p4'].filter((id) => data.membership(id) !== null);
          expect(data.state().counts).toMatchObject({ members: members.length, memberships: memberships.length });
        }),
        { numRuns: 25 },
      );
    });
  });
}

function shuffle<T>(list: readonly T[], numbers: Iterator<number>): T[] {
  return list
    .map((item) => ({ item, at: Number(numbers.next().value) }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
