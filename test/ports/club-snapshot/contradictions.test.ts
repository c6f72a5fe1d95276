import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entity } from '../../../src/domain/member/club.ts';
import { pathText } from '../../../src/lib/path-text.ts';
import { readChanges } from '../../../src/ports/club-snapshot.ts';
import { exampleSnapshot } from '../../kit/example-snapshot.ts';
import { exampleWith, exampleWithAll, type Path, readRowsOf, readUsable, type UsableSnapshot } from '../../kit/read-snapshot.ts';

const key = generateKeyPairSync('ed25519').publicKey;
const rawKey = Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');
const publicKey = rawKey.toString('base64url');

describe('a row that contradicts itself is held, opens nothing and is named', () => {
  test.each<[Path, unknown, string, string]>([
    [['members', 0, 'birthday'], '02-30', '`birthday` is `02-30`, a day that never was', 'month and day of a date that exists'],
    [
      ['members', 0, 'debt', 'terminatesOn'],
      '2026-05-31',
      '`debt.terminatesOn` is `2026-05-31`, before `since`, `2026-06-01`',
      'a date not before it',
    ],
    [
      ['credentials', 0, 'membershipId'],
      'p1',
      '`membershipId` is `p1` beside a `memberId`, `m1`',
      'one of the two: a bearer code names a membership instead of a member',
    ],
    [
      ['membershipTypes', 0, 'terms', 'availability', 0, 'intervals', 0, 'to'],
      '07:00',
      '`terms.availability[0].intervals[0].to` is `07:00`, as is its `from`',
      'another time than `from`; a whole day is `00:00` to `24:00`',
    ],
    [
      ['memberships', 0, 'terms', 'availability', 0, 'intervals', 0, 'to'],
      '07:00',
      '`terms.availability[0].intervals[0].to` is `07:00`, as is its `from`',
      'another time than `from`; a whole day is `00:00` to `24:00`',
    ],
    [
      ['memberships', 0, 'endsOn'],
      '2026-05-31',
      '`endsOn` is `2026-05-31`, before `startsOn`, `2026-06-01`',
      'a date not before it',
    ],
    [
      ['memberships', 0, 'endsAt'],
      '2026-05-31T01:59:59+02:00',
      '`endsAt` is `2026-05-31T01:59:59+02:00`, before `startsOn`, `2026-06-01`',
      'an instant after it',
    ],
    [
      ['memberships', 0, 'freezes', 0, 'until'],
      '2026-06-09',
      '`freezes[0].until` is `2026-06-09`, before its `from`, `2026-06-10`',
      'a date not before it',
    ],
  ])('%j = %j', (path, value, unusable, expected) => {
    const { snapshot, problems, faults } = readUsable(exampleWith(path, value));
    const entity = path[0] as 'members' | 'credentials' | 'membershipTypes' | 'memberships';
    const row = snapshot.rows[entity][0];
    expect(problems).toEqual([]);
    expect(row?.unusable).toBe(unusable);
    expect(faults).toEqual([
      {
        entity,
        id: row?.id,
        path: pathText(path),
        line: null,
        column: null,
        problem: `${unusable}; expected ${expected}; the row is held and opens nothing`,
      },
    ]);
  });

  test.each<[string, [Path, unknown][], string]>([
    [
      'born on a leap day of another year',
      [
        [['members', 0, 'birthday'], '02-29'],
        [['members', 0, 'birthYear'], 2001],
      ],
      '`birthday` is `02-29`, a day of 2001 that never was',
    ],
    [
      'a card that is over as it begins',
      [
        [['credentials', 0, 'validFrom'], '2026-06-15T05:00:00Z'],
        [['credentials', 0, 'validUntil'], '2026-06-15T07:00:00+02:00'],
      ],
      '`validUntil` is `2026-06-15T07:00:00+02:00` and `validFrom` is `2026-06-15T05:00:00Z`',
    ],
    [
      'a secret that no phone can hold',
      [
        [['credentials', 0, 'kind'], 'totp'],
        [['credentials', 0, 'value'], 'password1'],
      ],
      '`value` is not base32',
    ],
    [
      'a public key of 31 bytes',
      [
        [['credentials', 0, 'kind'], 'signed'],
        [['credentials', 0, 'value'], rawKey.subarray(1).toString('base64url')],
      ],
      '`value` is no Ed25519 public key that can be trusted',
    ],
    [
      'a whole day that ends at 00:00',
      [[['memberships', 0, 'terms', 'availability', 0, 'intervals', 0], { from: '00:00', to: '00:00' }]],
      '`terms.availability[0].intervals[0].to` is `00:00`, as is its `from`',
    ],
    [
      'split counts without a number',
      [[['memberships', 0, 'terms', 'pool'], 'split']],
      '`visits.perEntitlement` is missing with `pool: split` and 1 `entitlements`',
    ],
    [
      'split counts with a number too many',
      [
        [['memberships', 0, 'terms', 'pool'], 'split'],
        [
          ['memberships', 0, 'visits', 'perEntitlement'],
          [3, 4],
        ],
      ],
      '`visits.perEntitlement` has 2 numbers with `pool: split` and 1 `entitlements`',
    ],
  ])('%s', (_, changes, unusable) => {
    const { snapshot, problems, faults } = readUsable(exampleWithAll(changes));
    const entity = changes[0]?.[0][0] as 'members' | 'credentials' | 'memberships';
    const row = snapshot.rows[entity][0];
    expect(problems).toEqual([]);
    expect(row?.unusable).toBe(unusable);
    expect(faults).toMatchObject([{ entity, id: row?.id, problem: expect.stringContaining(`${unusable}; expected `) }]);
  });

  test('a secret or key is not repeated', () => {
    const kinds = ['totp', 'signed'];
    const { snapshot, faults } = readRowsOf({
      credentials: kinds.map((kind) => ({ id: kind, kind, value: 'hunter2!', memberId: 'm1', status: 'active' })),
    });
    expect(faults).toHaveLength(2);
    expect(JSON.stringify([faults, snapshot.rows.credentials.map(({ unusable }) => unusable)])).not.toContain('hunter2');
  });

  test('terms that contradict themselves are not kept for the day the row comes without any', () => {
    const path = ['memberships', 0, 'terms', 'availability', 0, 'intervals', 0, 'to'];
    expect(readUsable(exampleWith(path, '07:00')).snapshot.rows.memberships[0]?.terms).toBeNull();
  });

  test('every contradiction of a row is named', () => {
    const { snapshot, faults } = readUsable(
      exampleWithAll([
        [['memberships', 0, 'endsOn'], '2026-01-01'],
        [['memberships', 0, 'freezes', 0, 'until'], '2026-01-01'],
      ]),
    );
    expect(faults.map(({ path }) => path)).toEqual(['memberships[0].endsOn', 'memberships[0].freezes[0].until']);
    expect(snapshot.rows.memberships[0]?.unusable).toContain('`endsOn`');
  });

  test('so it is in changes, which are taken in with a warning', () => {
    const text =
      '{"memberships": [\n {"id": "p1", "typeId": "t1", "memberIds": ["m1"], "state": "active",\n  "visits": {"left": 5}, "startsOn": "2026-06-01", "endsOn": "2026-05-01"}]}';
    const reading = readChanges(text, () => true);
    expect(reading).toMatchObject({
      changes: { rows: { memberships: [{ id: 'p1', unusable: expect.stringContaining('`endsOn`') }] } },
      warnings: [{ entity: 'memberships', id: 'p1', path: 'memberships[0].endsOn', line: 3, column: 62 }],
    });
  });
});

describe('what contradicts itself in a branch counts as closed, and the branch is held', () => {
  const day = (...intervals: { from: string; to: string }[]) => ({ date: '2026-12-25', intervals });
  const morning = { from: '08:00', to: '12:00' };
  const evening = { from: '18:00', to: '20:00' };

  test('hours that begin when they end', () => {
    const never = { from: '06:00', to: '06:00' };
    const { snapshot, problems, faults } = readRowsOf({
      branches: [
        {
          id: 'center',
          timeZone: 'UTC',
          openingHours: [{ weekDays: [1], intervals: [never] }],
          exceptions: [day(never, morning)],
        },
      ],
    });
    expect(problems).toEqual([]);
    expect(faults.map(({ id, path, problem }) => [id, path, problem])).toEqual([
      [
        'center',
        'branches[0].openingHours[0].intervals[0].to',
        '`openingHours[0].intervals[0].to` is `06:00`, as is its `from`; expected another time than `from`; ' +
          'a whole day is `00:00` to `24:00`; the branch counts as closed then',
      ],
      ['center', 'branches[0].exceptions[0].intervals[0].to', expect.stringContaining('`exceptions[0].intervals[0].to`')],
    ]);
    // The weekday stays: without it the hours of the branch would be none at all, which means always open.
    expect(snapshot.rows.branches[0]?.openingHours).toEqual([{ weekDays: [1], intervals: [] }]);
    expect(snapshot.rows.branches[0]?.exceptions).toEqual([{ date: '2026-12-25', intervals: [{ from: 480, to: 720 }] }]);
  });

  test('a date with two kinds of hours', () => {
    const { snapshot, faults } = readRowsOf({
      branches: [{ id: 'center', timeZone: 'UTC', exceptions: [day(morning), { ...day(), date: '2026-12-26' }, day(evening)] }],
    });
    expect(faults).toMatchObject([
      {
        id: 'center',
        path: 'branches[0].exceptions[2].date',
        problem:
          '`exceptions[2].date` is `2026-12-25`, which `exceptions[0]` gives other hours; expected each date once; ' +
          'the branch counts as closed then',
      },
    ]);
    expect(snapshot.rows.branches[0]?.exceptions.map(({ intervals }) => intervals)).toEqual([[], [], []]);
  });

  test('a date that says the same twice is open', () => {
    const { snapshot, faults } = readRowsOf({
      branches: [{ id: 'center', timeZone: 'UTC', exceptions: [day(morning), day(morning)] }],
    });
    expect(faults).toEqual([]);
    expect(snapshot.rows.branches[0]?.exceptions[0]?.intervals).toHaveLength(1);
  });
});

describe('a session or booking that contradicts itself counts as absent', () => {
  test.each<[Path, unknown, string]>([
    [['sessions', 0, 'endsAt'], '2026-06-15T16:59:59Z', 'it to end after it begins, or null for no end'],
    [['sessions', 0, 'endsAt'], '2026-06-15T18:00:00+02:00', 'it to end after it begins, or null for no end'],
    [['bookings', 0, 'seats'], 0, '1 or more'],
  ])('%j = %j', (path, value, expected) => {
    const { snapshot, problems, faults } = readUsable(exampleWith(path, value));
    const entity = path[0] as 'sessions' | 'bookings';
    expect(problems).toEqual([]);
    expect(snapshot.rows[entity]).toEqual([]);
    const [id] = exampleSnapshot()[entity].map((row) => row.id);
    const problem = expect.stringMatching(`^\`${path[2]}\` is \`.*; expected ${expected}; the row counts as absent$`);
    expect(faults).toMatchObject([{ entity, id, problem }]);
  });

  test('a change that makes it so takes the row away', () => {
    const reading = readChanges('{"bookings": [{"id": "b1", "sessionId": "s1", "memberId": "m1", "seats": 0}]}', () => true);
    expect(reading).toMatchObject({ changes: { rows: { bookings: [] }, deletes: [{ entity: 'bookings', id: 'b1' }] } });
  });
});

describe('no contradiction is', () => {
  test.each<[string, [Path, unknown][]]>([
    ['a membership of one day', [[['memberships', 0, 'endsOn'], '2026-06-01']]],
    ['an end in a zone where it is still the day before', [[['memberships', 0, 'endsAt'], '2026-05-31T00:00:00Z']]],
    ['a freeze that a visit of its first day ended', [[['memberships', 0, 'freezes', 0, 'until'], '2026-06-10']]],
    ['an open freeze', [[['memberships', 0, 'freezes', 0, 'until'], null]]],
    ['a whole day', [[['memberships', 0, 'terms', 'availability', 0, 'intervals', 0], { from: '00:00', to: '24:00' }]]],
    ['a night', [[['memberships', 0, 'terms', 'availability', 0, 'intervals', 0], { from: '22:00', to: '00:00' }]]],
    [
      'a number for each entitlement',
      [
        [['memberships', 0, 'terms', 'pool'], 'split'],
        [['memberships', 0, 'visits'], { left: null, perEntitlement: [null] }],
      ],
    ],
    ['split counts of a membership that takes the terms of its type', [[['memberships', 0, 'terms'], null]]],
    ['a leap day in an unknown year', [[['members', 0, 'birthday'], '02-29']]],
    [
      'a leap day in a leap year',
      [
        [['members', 0, 'birthday'], '02-29'],
        [['members', 0, 'birthYear'], 2000],
      ],
    ],
    ['a debt that ends the membership at once', [[['members', 0, 'debt', 'terminatesOn'], '2026-06-01']]],
    [
      'a card that is good for a millisecond',
      [
        [['credentials', 0, 'validFrom'], '2026-06-15T05:00:00.000Z'],
        [['credentials', 0, 'validUntil'], '2026-06-15T05:00:00.001Z'],
      ],
    ],
    ['a session without an end', [[['sessions', 0, 'endsAt'], null]]],
    ...Object.entries({
      base64url: publicKey,
      base64: rawKey.toString('base64'),
      DER: key.export({ format: 'der', type: 'spki' }).toString('base64'),
      PEM: String(key.export({ format: 'pem', type: 'spki' })),
    }).map(([form, value]): [string, [Path, unknown][]] => [
      `a public key as ${form}`,
      [
        [['credentials', 0, 'kind'], 'signed'],
        [['credentials', 0, 'value'], value],
      ],
    ]),
    [
      'a secret in groups of four',
      [
        [['credentials', 0, 'kind'], 'totp'],
        [['credentials', 0, 'value'], 'gezd gnbv gy3t qojq'],
      ],
    ],
  ])('%s', (_, changes) => {
    const { problems, faults, warnings } = readUsable(exampleWithAll(changes));
    expect({ problems, faults, warnings }).toEqual({ problems: [], faults: [], warnings: [] });
  });
});

const range = { minLength: 1, maxLength: 4 };

/** A small club in which nothing is wrong: each of its members has a card, a code, a membership and a place in a class. */
const soundClub = fc
  .record({
    members: fc.array(
      fc.record({
        ownTerms: fc.boolean(),
        left: fc.option(fc.integer({ min: -1, max: 20 })),
        startsOn: fc.integer({ min: 10, max: 27 }),
        days: fc.integer({ min: 0, max: 2 }),
        hours: fc.array(fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 23 })), range),
        owes: fc.boolean(),
      }),
      range,
    ),
    exceptions: fc.uniqueArray(fc.integer({ min: 10, max: 28 }), { maxLength: 3 }),
  })
  .map(({ members, exceptions }) => {
    const time = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
    const terms = (hours: [number, number][]) => ({
      entitlements: [{ scope: { serviceId: 'gym' } }],
      availability: [
        { weekDays: [1, 5], intervals: hours.map(([from, to]) => ({ from: time(from), to: from === to ? '24:00' : time(to) })) },
      ],
    });
    return {
      branches: [
        {
          id: 'center',
          timeZone: 'Europe/Kyiv',
          openingHours: [{ weekDays: [1], intervals: [{ from: '06:00', to: '23:00' }] }],
          exceptions: exceptions.map((day) => ({ date: `2026-12-${day}`, intervals: [{ from: '09:00', to: '15:00' }] })),
        },
      ],
      services: [{ id: 'gym' }],
      members: members.map(({ owes }, index) => ({
        id: `m${index}`,
        birthday: '06-15',
        debt: owes ? { amount: '10', since: '2026-06-01', terminatesOn: '2026-06-20' } : null,
      })),
      staff: [{ id: 'st0', credentialIds: ['c-staff'] }],
      credentials: [
        { id: 'c-staff', kind: 'rfid', value: 'FF', status: 'active' },
        ...members.flatMap((_, index) => [
          { id: `c${index}`, kind: 'rfid', value: `0${index}`, memberId: `m${index}`, status: 'active' },
          { id: `k${index}`, kind: 'signed', value: publicKey, memberId: `m${index}`, status: 'active' },
        ]),
      ],
      membershipTypes: [{ id: 't0', terms: terms([[7, 12]]) }],
      memberships: members.map(({ ownTerms, left, startsOn, days, hours }, index) => ({
        id: `p${index}`,
        typeId: 't0',
        memberIds: [`m${index}`],
        state: 'active',
        startsOn: `2026-06-${startsOn}`,
        endsOn: `2026-06-${startsOn + days}`,
        visits: { left },
        freezes: [{ id: 'f', from: '2026-06-12', until: '2026-06-13' }],
        terms: ownTerms ? terms(hours) : null,
      })),
      sessions: [
        { id: 's0', branchId: 'center', serviceId: 'gym', startsAt: '2026-06-15T17:00:00Z', endsAt: '2026-06-15T18:00:00Z' },
      ],
      bookings: members.map((_, index) => ({
        id: `b${index}`,
        sessionId: 's0',
        memberId: `m${index}`,
        membershipId: `p${index}`,
      })),
    };
  });

type Club = Record<Entity, { id: string }[]>;

/** Ways to make a row contradict itself. */
const contradictions: Record<string, { entity: Entity; spoil: (row: Record<string, unknown>) => object }> = {
  'an end before its start': { entity: 'memberships', spoil: () => ({ endsOn: '2026-06-09' }) },
  'an instant before its start': { entity: 'memberships', spoil: () => ({ endsAt: '2026-06-08T23:59:59Z' }) },
  'a freeze that ends before it begins': {
    entity: 'memberships',
    spoil: ({ freezes }) => ({ freezes: [...(freezes as object[]), { id: 'g', from: '2026-06-20', until: '2026-06-19' }] }),
  },
  'hours that begin when they end': {
    entity: 'memberships',
    spoil: () => ({
      terms: {
        entitlements: [{ scope: { any: true } }],
        availability: [
          { weekDays: [1, 2, 3, 4, 5, 6, 7], intervals: [{ from: '00:00', to: '24:00' }] },
          { weekDays: [2], intervals: [{ from: '05:00', to: '05:00' }] },
        ],
      },
    }),
  },
  'split counts that are not there': {
    entity: 'memberships',
    spoil: () => ({ visits: { left: 3 }, terms: { entitlements: [{ scope: { any: true } }], pool: 'split' } }),
  },
  'hours of a type that begin when they end': {
    entity: 'membershipTypes',
    spoil: () => ({
      terms: { entitlements: [], availability: [{ weekDays: [1], intervals: [{ from: '05:00', to: '05:00' }] }] },
    }),
  },
  'two holders': { entity: 'credentials', spoil: () => ({ memberId: 'm0', membershipId: 'p0' }) },
  'a validity that ends before it begins': {
    entity: 'credentials',
    spoil: () => ({ validFrom: '2026-06-15T05:00:00Z', validUntil: '2026-06-15T04:59:59.999Z' }),
  },
  'a secret that is none': { entity: 'credentials', spoil: () => ({ kind: 'totp', value: '1890' }) },
  'a key that is none': { entity: 'credentials', spoil: () => ({ kind: 'signed', value: 'A'.repeat(43) }) },
  'a birthday that never is': { entity: 'members', spoil: () => ({ birthday: '04-31' }) },
  'a debt that ends before it began': {
    entity: 'members',
    spoil: () => ({ debt: { amount: '1', since: '2026-06-02', terminatesOn: '2026-06-01' } }),
  },
  'a class that is over before it begins': { entity: 'sessions', spoil: () => ({ endsAt: '2026-01-01T00:00:00Z' }) },
  'a place for nobody': { entity: 'bookings', spoil: () => ({ seats: 0 }) },
};

test('in any club, the row that contradicts itself is named, is never usable, and takes no other row with it', () => {
  const anyContradiction = fc.constantFrom(...Object.values(contradictions));
  fc.assert(
    fc.property(soundClub, anyContradiction, fc.nat(), (club, { entity, spoil }, choice) => {
      const sound = readRowsOf(club);
      expect([...sound.problems, ...sound.faults, ...sound.warnings]).toEqual([]);

      const rows = (club as Club)[entity];
      const spoilt = rows[choice % rows.length] ?? { id: '' };
      const spoiltClub = { ...club, [entity]: rows.map((row) => (row === spoilt ? { ...row, ...spoil({ ...row }) } : row)) };
      const reading = readRowsOf(spoiltClub);
      expect(reading.faults.map((fault) => [fault.entity, fault.id])).toContainEqual([entity, spoilt.id]);
      expect(isUsable(reading, entity, spoilt.id)).toBe(false);
      expect(isUsable(sound, entity, spoilt.id)).toBe(true);
      for (const other of Object.keys(club) as Entity[]) {
        const rest = ({ snapshot }: UsableSnapshot) =>
          snapshot.rows[other].filter(({ id }) => other !== entity || id !== spoilt.id);
        expect(rest(reading)).toEqual(rest(sound));
      }
    }),
  );
});

function isUsable({ snapshot }: UsableSnapshot, entity: Entity, id: string): boolean {
  const row = snapshot.rows[entity].find((candidate) => candidate.id === id);
  return row !== undefined && (!('unusable' in row) || row.unusable === null);
}
