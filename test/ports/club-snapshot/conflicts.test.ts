import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ActiveCredential, readChanges, readSnapshot } from '../../../src/ports/club-snapshot.ts';
import { readRowsOf } from '../../kit/read-snapshot.ts';

const card = { kind: 'rfid', value: '04AA', status: 'active' };
const members = [{ id: 'm1' }, { id: 'm2' }];
const terms = { entitlements: [{ scope: { any: true } }] };
const sold = { memberIds: ['m1'], state: 'active', visits: { left: 5 }, terms };

describe('a card of two', () => {
  const said = (faults: { id: string | null; problem: string }[]) => faults.map(({ id, problem }) => [id, problem]);

  test('members is named with both rows, which are held', () => {
    const text = `{"format": "gatehouse-snapshot/1", "members": [{"id": "m1"}, {"id": "m2"}], "credentials": [
      {"id": "c1", "memberId": "m1", "status": "active", "kind": "rfid", "value": "04AA"},
      {"id": "c2", "memberId": "m2", "status": "active", "kind": "rfid", "value": "04AA"}
    ]}`;
    const effect = 'expected one active row of a value: the gate answers it with `AMBIGUOUS_CREDENTIAL`';
    expect(readSnapshot(text)).toMatchObject({
      snapshot: {
        rows: {
          credentials: [
            { id: 'c1', unusable: null },
            { id: 'c2', unusable: null },
          ],
        },
      },
      problems: [],
      faults: [
        {
          entity: 'credentials',
          id: 'c1',
          path: 'credentials[0].value',
          line: 2,
          column: 83,
          problem: `found the same value as \`credentials[1]\` (\`c2\`), which stands for member \`m2\` while this row stands for member \`m1\`; ${effect}`,
        },
        {
          entity: 'credentials',
          id: 'c2',
          path: 'credentials[1].value',
          line: 3,
          column: 83,
          problem: `found the same value as \`credentials[0]\` (\`c1\`), which stands for member \`m1\` while this row stands for member \`m2\`; ${effect}`,
        },
      ],
    });
  });

  test.each<[string, object, object, string, string]>([
    ['a member and a bearer code', { memberId: 'm1' }, { membershipId: 'p1' }, 'member `m1`', 'membership `p1`'],
    ['a member and staff', { memberId: 'm1' }, { id: 'c-staff' }, 'member `m1`', 'staff `st1`'],
    ['a member and nobody', { memberId: 'm1' }, {}, 'member `m1`', 'nobody (`c2`)'],
  ])('%s', (_, one, other, holder, otherHolder) => {
    const { faults } = readRowsOf({
      members,
      staff: [{ id: 'st1', credentialIds: ['c-staff'] }],
      credentials: [
        { id: 'c1', ...card, ...one },
        { id: 'c2', ...card, ...other },
      ],
      memberships: [{ id: 'p1', ...sold }],
    });
    expect(said(faults)).toEqual([
      ['c1', expect.stringContaining(`stands for ${otherHolder} while this row stands for ${holder}`)],
      [expect.any(String), expect.stringContaining(`stands for ${holder} while this row stands for ${otherHolder}`)],
    ]);
  });

  test.each<[string, object]>([
    ['was handed on', { memberId: 'm2', status: 'returned' }],
    ['is a number of another kind', { memberId: 'm2', kind: 'barcode' }],
    ['is of the same member', { memberId: 'm1' }],
    ['opens nothing itself', { memberId: 'm2', validFrom: '2026-06-02T00:00:00Z', validUntil: '2026-06-01T00:00:00Z' }],
  ])('is none when the other row %s', (_, other) => {
    const { faults } = readRowsOf({
      members,
      credentials: [
        { id: 'c1', ...card, memberId: 'm1' },
        { id: 'c2', ...card, ...other },
      ],
    });
    expect(faults.filter(({ path }) => path.endsWith('.value'))).toEqual([]);
  });

  test('is none where a code names its credential: one key may sign for many', () => {
    const signed = { kind: 'signed', value: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', status: 'active' };
    const { faults } = readRowsOf({
      members,
      credentials: [
        { id: 'k1', ...signed, memberId: 'm1' },
        { id: 'k2', ...signed, memberId: 'm2' },
      ],
    });
    expect(faults).toEqual([]);
  });

  test('is named in whatever order the rows stand, once for each active row', () => {
    const row = fc.record({
      holder: fc.constantFrom('m1', 'm2', 'm3'),
      value: fc.constantFrom('01', '02', '03'),
      status: fc.constantFrom('active', 'active', 'lost'),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
        const { faults } = readRowsOf({
          members: ['m1', 'm2', 'm3'].map((id) => ({ id })),
          credentials: rows.map(({ holder, ...rest }, index) => ({ id: `c${index}`, kind: 'rfid', memberId: holder, ...rest })),
        });
        const active = rows.map((one, index) => ({ ...one, id: `c${index}` })).filter(({ status }) => status === 'active');
        const ambiguous = active.filter((one) =>
          active.some(({ value, holder }) => value === one.value && holder !== one.holder),
        );
        expect(faults).toHaveLength(ambiguous.length);
        expect(new Set(faults.map(({ id }) => id))).toEqual(new Set(ambiguous.map(({ id }) => id)));
      }),
    );
  });

  describe('one of which is held already', () => {
    const held: ActiveCredential[] = [{ id: 'c1', memberId: 'm1', membershipId: null, staffId: null }];
    const change = (document: object) =>
      readChanges(
        { value: document },
        () => true,
        ({ value }) => (value === '04AA' ? held : []),
      );

    test('is named', () => {
      expect(change({ credentials: [{ id: 'c2', ...card, memberId: 'm2' }] })).toMatchObject({
        warnings: [
          {
            id: 'c2',
            path: 'credentials[0].value',
            problem: expect.stringContaining('found the same value as `c1`, which is held already, which stands for member `m1`'),
          },
        ],
      });
    });

    test.each<[string, object]>([
      ['of the same member', { credentials: [{ id: 'c2', ...card, memberId: 'm1' }] }],
      ['sent again', { credentials: [{ id: 'c1', ...card, memberId: 'm2' }] }],
      [
        'handed on in the same change',
        {
          credentials: [
            { id: 'c1', ...card, memberId: 'm1', status: 'returned' },
            { id: 'c2', ...card, memberId: 'm2' },
          ],
        },
      ],
      [
        'deleted in the same change',
        { credentials: [{ id: 'c2', ...card, memberId: 'm2' }], delete: [{ entity: 'credentials', id: 'c1' }] },
      ],
      ['of another value', { credentials: [{ id: 'c2', ...card, value: '04AB', memberId: 'm2' }] }],
    ])('is none when it is %s', (_, document) => {
      expect(change(document)).toMatchObject({ warnings: [] });
    });
  });
});

describe('a membership of nobody', () => {
  test('is named when it has no members and no bearer code', () => {
    const { snapshot, faults } = readRowsOf({
      members,
      credentials: [{ id: 'c1', kind: 'barcode', value: 'GIFT', membershipId: 'p2', status: 'active' }],
      memberships: [
        { id: 'p1', ...sold, memberIds: [] },
        { id: 'p2', ...sold, memberIds: [] },
      ],
    });
    expect(faults).toMatchObject([
      {
        entity: 'memberships',
        id: 'p1',
        path: 'memberships[0].memberIds',
        problem:
          'found an empty list, and no credential that names the membership; expected a member, or a bearer code with its ' +
          '`membershipId`; it opens for nobody',
      },
    ]);
    expect(snapshot.rows.memberships).toHaveLength(2);
  });

  test('is named when its members are nowhere; one of them is enough', () => {
    const { faults } = readRowsOf({
      members,
      memberships: [
        { id: 'p1', ...sold, memberIds: ['m8', 'm9'] },
        { id: 'p2', ...sold, memberIds: ['m9', 'm1'] },
      ],
    });
    expect(faults).toMatchObject([{ id: 'p1', problem: expect.stringContaining('found nobody who is among the `members`') }]);
  });

  test('may come before its bearer code in changes', () => {
    expect(readChanges({ value: { memberships: [{ id: 'p1', ...sold, memberIds: [] }] } }, () => false)).toMatchObject({
      warnings: [],
    });
  });
});

describe('a card of staff', () => {
  test('that also stands for a member or a membership is named', () => {
    const { faults } = readRowsOf({
      members,
      staff: [{ id: 'st1', credentialIds: ['c0', 'c1', 'c2'] }],
      credentials: [
        { id: 'c0', kind: 'rfid', value: '00', status: 'active' },
        { id: 'c1', kind: 'rfid', value: '01', status: 'active', memberId: 'm1' },
        { id: 'c2', kind: 'rfid', value: '02', status: 'active', membershipId: 'p1' },
      ],
      memberships: [{ id: 'p1', ...sold }],
    });
    const effect = 'expected a card for one of them: it opens every gate, as those of staff do';
    expect(faults.map(({ entity, id, path, problem }) => [entity, id, path, problem])).toEqual([
      [
        'staff',
        'st1',
        'staff[0].credentialIds[1]',
        `found \`"c1"\`, and \`credentials[1]\` (\`c1\`) stands for member \`m1\`; ${effect}`,
      ],
      [
        'staff',
        'st1',
        'staff[0].credentialIds[2]',
        `found \`"c2"\`, and \`credentials[2]\` (\`c2\`) stands for membership \`p1\`; ${effect}`,
      ],
    ]);
  });

  test('that two of them have is named with both', () => {
    const { faults } = readRowsOf({
      staff: [
        { id: 'st1', credentialIds: ['c0'] },
        { id: 'st2', credentialIds: ['c1', 'c0'] },
      ],
      credentials: [
        { id: 'c0', kind: 'rfid', value: '00', status: 'active' },
        { id: 'c1', kind: 'rfid', value: '01', status: 'active' },
      ],
    });
    expect(faults.map(({ id, path, problem }) => [id, path, problem])).toEqual([
      ['st1', 'staff[0].credentialIds[0]', expect.stringContaining('found `"c0"`, which `staff[1]` (`st2`) has too')],
      ['st2', 'staff[1].credentialIds[1]', expect.stringContaining('found `"c0"`, which `staff[0]` (`st1`) has too')],
    ]);
  });
});

describe('a booking', () => {
  const sessions = [{ id: 's1', branchId: 'center', serviceId: 'yoga', startsAt: '2026-06-15T17:00:00Z' }];
  const bookingsOf = (...bookings: object[]) =>
    readRowsOf({
      branches: [{ id: 'center', timeZone: 'UTC' }],
      services: [{ id: 'yoga' }],
      members,
      credentials: [{ id: 'c1', kind: 'barcode', value: 'GIFT', membershipId: 'gift', status: 'active' }],
      memberships: [
        { id: 'p1', ...sold },
        { id: 'gift', ...sold, memberIds: [] },
      ],
      sessions,
      bookings: bookings.map((booking, index) => ({ id: `b${index}`, sessionId: 's1', memberId: 'm1', ...booking })),
    }).faults;

  test('that is paid with the membership of somebody else is named', () => {
    const [fault, ...others] = bookingsOf({ memberId: 'm2', membershipId: 'p1' });
    expect(others).toEqual([]);
    expect(fault).toMatchObject({
      entity: 'bookings',
      id: 'b0',
      path: 'bookings[0].membershipId',
      problem: 'found `"p1"`, which is no membership of `m2`; expected one of theirs, or null: it does not pay for the session',
    });
  });

  test('that a member has twice is named with both', () => {
    expect(bookingsOf({}, { membershipId: 'p1' }).map(({ id, path, problem }) => [id, path, problem])).toEqual([
      [
        'b0',
        'bookings[0].sessionId',
        'found the session and member of `bookings[1]` (`b1`), also `booked`; expected one booking, with all the `seats`',
      ],
      ['b1', 'bookings[1].sessionId', expect.stringContaining('`bookings[0]` (`b0`)')],
    ]);
  });

  test.each<[string, object[]]>([
    ['with a membership of their own', [{ membershipId: 'p1' }]],
    ['with a gift code, whose membership is of whoever holds it', [{ membershipId: 'gift' }]],
    ['after one that was cancelled', [{ state: 'cancelled' }, {}]],
    ['beside that of another member', [{}, { memberId: 'm2' }]],
    ['that is over, of a membership handed on since', [{ state: 'attended', memberId: 'm2', membershipId: 'p1' }]],
  ])('is right %s', (_, bookings) => {
    expect(bookingsOf(...bookings)).toEqual([]);
  });
});
