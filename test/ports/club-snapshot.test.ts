import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entity } from '../../src/domain/member/club.ts';
import { readChanges, readSnapshot } from '../../src/ports/club-snapshot.ts';
import { exampleSnapshot } from '../kit/example-snapshot.ts';
import { exampleWith, readRowsOf as ofRows, readUsable as read } from '../kit/read-snapshot.ts';

const holdsNothing = () => false;

const sold = { id: 'p1', typeId: 't1', memberIds: ['m1'], state: 'active', visits: { left: null } };
const someTerms = { entitlements: [{ scope: { any: true } }] };

describe('what stands in a snapshot', () => {
  test('the example of the rules reads whole, as it was meant', () => {
    const { snapshot, problems, faults, warnings } = read(exampleSnapshot());
    expect({ problems, faults, warnings }).toEqual({ problems: [], faults: [], warnings: [] });
    expect(snapshot.takenAt).toBe(Date.parse('2026-06-15T05:00:00Z'));
    expect(snapshot.cursor).toBe('000001842');
    const { branches, members, credentials, membershipTypes, memberships, sessions, bookings } = snapshot.rows;
    expect(branches).toEqual([
      {
        id: 'center',
        name: 'Center',
        timeZone: 'Europe/Warsaw',
        dayStartsAt: 0,
        openingHours: [{ weekDays: [1, 2, 3, 4, 5, 6, 7], intervals: [{ from: 360, to: 1380 }] }],
        exceptions: [{ date: '2026-12-25', intervals: [] }],
      },
    ]);
    expect(members).toEqual([{ ...exampleSnapshot().members[0], unusable: null }]);
    expect(credentials[0]).toEqual({ ...exampleSnapshot().credentials[0], unusable: null });
    expect(membershipTypes[0]?.terms.availability).toEqual([{ weekDays: [1, 2, 3, 4, 5], intervals: [{ from: 420, to: 720 }] }]);
    expect(memberships[0]).toEqual({
      ...exampleSnapshot().memberships[0],
      recent: [{ ...exampleSnapshot().memberships[0]?.recent[0], at: Date.parse('2026-06-14T08:01:00Z') }],
      terms: membershipTypes[0]?.terms,
      unusable: null,
    });
    expect(sessions[0]?.startsAt).toBe(Date.parse('2026-06-15T17:00:00Z'));
    expect(bookings).toEqual(exampleSnapshot().bookings);
  });

  test('every key that may be left out has its default, and null says the same', () => {
    const required = {
      branches: [{ id: 'center', timeZone: 'UTC' }],
      services: [{ id: 'gym' }],
      members: [{ id: 'm1' }],
      staff: [{ id: 'st1' }],
      credentials: [{ id: 'c1', kind: 'qr', value: 'A', status: 'active' }],
      membershipTypes: [{ id: 't1', terms: { entitlements: [] } }],
      memberships: [sold],
      sessions: [{ id: 's1', branchId: 'center', serviceId: 'gym', startsAt: '2026-06-15T17:00:00+02:00' }],
      bookings: [{ id: 'b1', sessionId: 's1', memberId: 'm1' }],
    };
    const { snapshot, problems } = ofRows(required);
    expect(problems).toEqual([]);
    expect(snapshot.rows).toMatchObject({
      branches: [{ name: '', dayStartsAt: 0, openingHours: [], exceptions: [] }],
      services: [{ title: '', categoryId: null, individual: false }],
      members: [{ name: '', language: null, blocked: false, tags: [], documents: [], notes: [], birthYear: null }],
      credentials: [{ memberId: null, membershipId: null, validFrom: null, validUntil: null }],
      memberships: [
        {
          recent: [],
          freezes: [],
          payment: { mode: 'one_off', state: 'paid', paidThrough: null },
          limitedTo: { branchIds: null, serviceIds: null },
          terms: null,
          endsOn: null,
        },
      ],
      sessions: [{ endsAt: null, capacity: null, cancelled: false }],
      bookings: [{ seats: 1, state: 'booked', membershipId: null }],
    });
    expect(snapshot.rows.membershipTypes[0]?.terms).toEqual({
      kind: 'fixed',
      oneTime: false,
      trial: false,
      usage: 'regular',
      requiresClubCard: false,
      activation: 'sale',
      autoActivateAfter: null,
      validity: null,
      lastDay: 'activation_day_is_day_1',
      entitlements: [],
      pool: 'shared',
      visits: null,
      maxPerDay: null,
      maxPerWeek: null,
      maxPerMonth: null,
      maxStayMinutes: null,
      availability: [],
      branchIds: null,
      freeze: { allowed: false, maxCount: null, maxTotalDays: null, minDays: null },
      allowOverlap: false,
      multiMember: false,
    });
    const nulls = {
      branches: [{ id: 'center', timeZone: 'UTC', name: null, dayStartsAt: null, openingHours: null }],
      membershipTypes: [{ id: 't1', title: null, terms: { entitlements: [], kind: null, freeze: null, availability: null } }],
      memberships: [{ ...sold, payment: null, limitedTo: null, freezes: null }],
    };
    expect(ofRows(nulls).snapshot.rows).toEqual({
      ...snapshot.rows,
      services: [],
      members: [],
      staff: [],
      credentials: [],
      sessions: [],
      bookings: [],
    });
  });

  test('a debt that nobody spoke of is unknown, which is not none', () => {
    const { members } = ofRows({ members: [{ id: 'm1' }, { id: 'm2', debt: null }, { id: 'm3', debt: { amount: '0' } }] })
      .snapshot.rows;
    expect(members.map(({ debt }) => debt)).toEqual([
      'unknown',
      null,
      { amount: '0', currency: null, since: null, terminatesOn: null },
    ]);
  });

  test('no visits left are not unlimited visits', () => {
    const { memberships } = ofRows({ memberships: [sold, { ...sold, id: 'p2', visits: { left: 0 } }] }).snapshot.rows;
    expect(memberships.map(({ visits }) => visits.left)).toEqual([null, 0]);
    const { membershipTypes } = ofRows({ membershipTypes: [{ id: 't1', terms: { ...someTerms, visits: 0, maxPerDay: 0 } }] })
      .snapshot.rows;
    expect(membershipTypes[0]?.terms).toMatchObject({ visits: 0, maxPerDay: 0, maxPerWeek: null });
  });

  test('a trial is one visit, and one day unless it says how long', () => {
    const types = [
      { id: 't1', terms: { ...someTerms, trial: true } },
      { id: 't2', terms: { ...someTerms, oneTime: true, visits: 5, validity: { length: 2, unit: 'week' } } },
    ];
    expect(ofRows({ membershipTypes: types }).snapshot.rows.membershipTypes).toMatchObject([
      { terms: { trial: true, oneTime: true, visits: 1, validity: { length: 1, unit: 'day' } } },
      { terms: { trial: false, oneTime: true, visits: 1, validity: { length: 2, unit: 'week' } } },
    ]);
  });

  test('a day ends at 24:00, and an interval may cross midnight', () => {
    const intervals = [
      { from: '00:00', to: '24:00' },
      { from: '22:05', to: '02:30' },
    ];
    const { branches } = ofRows({
      branches: [{ id: 'center', timeZone: 'UTC', exceptions: [{ date: '2026-12-25', intervals }] }],
    }).snapshot.rows;
    expect(branches[0]?.exceptions[0]?.intervals).toEqual([
      { from: 0, to: 1440 },
      { from: 1325, to: 150 },
    ]);
  });

  test('fields that this version does not know are passed over, and so is a language without texts', () => {
    const { snapshot, problems } = ofRows({ members: [{ id: 'm1', shoeSize: 43, language: 'de' }] });
    expect(problems).toEqual([]);
    expect(snapshot.rows.members[0]).not.toHaveProperty('shoeSize');
    expect(snapshot.rows.members[0]?.language).toBeNull();
  });

  test('the document itself stays as it was', () => {
    const example = exampleSnapshot();
    read(example);
    expect(example).toEqual(exampleSnapshot());
  });
});

describe('a row with a mistake is left out and named', () => {
  const date = 'expected a date that exists, such as `2026-06-30`';
  test.each<[(string | number)[], unknown, string]>([
    [['branches', 0, 'timeZone'], undefined, 'is missing; expected the name of a time zone, such as `Europe/Warsaw`'],
    [
      ['branches', 0, 'timeZone'],
      'Europe/Warsow',
      'found `"Europe/Warsow"`; expected the name of a time zone, such as `Europe/Warsaw`',
    ],
    [['branches', 0, 'timeZone'], '+02:00', 'found `"+02:00"`; expected the name of a time zone, such as `Europe/Warsaw`'],
    [['branches', 0, 'dayStartsAt'], '24:00', 'found `"24:00"`; expected a time from `00:00` to `23:59`'],
    [['branches', 0, 'openingHours', 0, 'weekDays', 6], 8, 'found `8`; expected a weekday: 1 (Monday) to 7 (Sunday)'],
    [
      ['branches', 0, 'openingHours', 0, 'intervals', 0, 'from'],
      '6:00',
      'found `"6:00"`; expected a time from `00:00` to `23:59`',
    ],
    [
      ['branches', 0, 'openingHours', 0, 'intervals', 0, 'to'],
      '24:01',
      'found `"24:01"`; expected a time from `00:00` to `24:00`',
    ],
    [['services', 0, 'individual'], 'yes', 'found `"yes"`; expected `true` or `false`'],
    [['members', 0, 'id'], undefined, 'is missing; expected text that is not empty'],
    [['members', 0, 'id'], '', 'found `""`; expected text that is not empty'],
    [['members', 0], 'm1', 'found `"m1"`; expected an object'],
    [['members', 0, 'birthday'], '15.06', 'found `"15.06"`; expected month and day, such as `06-15`'],
    [['members', 0, 'debt', 'amount'], 120, 'found `120`; expected a decimal number as text, such as `"120.00"`'],
    [['members', 0, 'debt', 'since'], '2026-02-29', `found \`"2026-02-29"\`; ${date}`],
    [['members', 0, 'tags'], 'vip', 'found `"vip"`; expected a list'],
    [
      ['credentials', 0, 'status'],
      undefined,
      'is missing; expected one of `active`, `suspended`, `lost`, `replaced`, `returned`',
    ],
    [
      ['credentials', 0, 'validUntil'],
      '2026-06-15T05:00:00',
      'found `"2026-06-15T05:00:00"`; expected an instant with its offset, such as `2026-06-15T05:00:00Z` or `2026-06-15T07:00:00+02:00`',
    ],
    [['membershipTypes', 0, 'terms'], undefined, 'is missing; expected an object'],
    [['membershipTypes', 0, 'terms', 'entitlements'], undefined, 'is missing; expected a list of entitlements'],
    [
      ['membershipTypes', 0, 'terms', 'entitlements', 0, 'scope'],
      { serviceId: 'gym', categoryId: 'fitness' },
      'found an object; expected only one of `{ "any": true }`, `{ "serviceId": … }`, `{ "categoryId": … }`',
    ],
    [['membershipTypes', 0, 'terms', 'validity', 'length'], 0, 'found `0`; expected a whole number from 1 to 10000'],
    [
      ['membershipTypes', 0, 'terms', 'branchIds'],
      'center',
      'found `"center"`; expected a list of branch ids, or null for every branch',
    ],
    [['memberships', 0, 'memberIds'], undefined, 'is missing; expected a list of member ids'],
    [['memberships', 0, 'visits', 'left'], undefined, 'is missing; expected a whole number, or null for unlimited'],
    [['memberships', 0, 'visits', 'left'], '5', 'found `"5"`; expected a whole number, or null for unlimited'],
    [['memberships', 0, 'visits', 'left'], 4.5, 'found `4.5`; expected a whole number, or null for unlimited'],
    [['memberships', 0, 'visits', 'includes', 'box-1'], null, 'found `null`; expected a whole number, 0 or more'],
    [['memberships', 0, 'freezes', 0, 'from'], null, `found \`null\`; ${date}`],
    [['memberships', 0, 'endsOn'], '30.06.2026', `found \`"30.06.2026"\`; ${date}`],
    [
      ['sessions', 0, 'startsAt'],
      undefined,
      'is missing; expected an instant with its offset, such as `2026-06-15T05:00:00Z` or `2026-06-15T07:00:00+02:00`',
    ],
    [['bookings', 0, 'seats'], -1, 'found `-1`; expected a whole number, 0 or more'],
  ])('%j = %j', (path, value, problem) => {
    const { snapshot, problems } = read(exampleWith(path, value));
    const text = path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('');
    expect(problems.map((found) => [found.entity, found.path, found.problem])).toEqual([[path[0], text, problem]]);
    const [entity] = path;
    const left = exampleSnapshot()[entity as Entity].length - 1;
    expect(snapshot.rows[entity as Entity]).toHaveLength(left);
  });

  test('a membership needs a type or terms of its own', () => {
    const { problems } = ofRows({
      memberships: [
        { ...sold, typeId: null },
        { ...sold, id: 'p2', typeId: null, terms: someTerms },
      ],
    });
    expect(problems.map(({ path, problem }) => [path, problem])).toEqual([
      ['memberships[0].typeId', 'found `null`; expected the id of a membership type, or `terms` of its own'],
    ]);
  });

  test('every mistake of a row is named, and other rows are used', () => {
    const { snapshot, problems } = ofRows({ members: [{ id: 'm1', tags: 7, blocked: 'no', birthYear: 1.5 }, { id: 'm2' }] });
    expect(problems.map(({ path, id }) => [path, id])).toEqual([
      ['members[0].birthYear', 'm1'],
      ['members[0].blocked', 'm1'],
      ['members[0].tags', 'm1'],
    ]);
    expect(snapshot.rows.members.map(({ id }) => id)).toEqual(['m2']);
  });

  test('a card value that is no text is not repeated', () => {
    const [problem] = ofRows({ credentials: [{ id: 'c1', kind: 'pin', value: 4711, status: 'active' }] }).problems;
    expect(problem?.problem).toBe('found a number; expected text that is not empty');
  });

  test('long texts and whole objects are not repeated', () => {
    const { problems } = ofRows({
      members: [
        { id: 'm1', birthday: 'x'.repeat(500) },
        { id: 'm2', birthday: { a: 1 } },
      ],
    });
    expect(problems[0]?.problem).toBe(`found \`"${'x'.repeat(60)}"…\`; expected month and day, such as \`06-15\``);
    expect(problems[1]?.problem).toBe('found an object; expected month and day, such as `06-15`');
  });
});

describe('two rows of one id', () => {
  test('that differ are both left out: neither is known to be right', () => {
    const { snapshot, problems } = ofRows({ members: [{ id: 'm1', name: 'Anna' }, { id: 'm2' }, { id: 'm1', name: 'Ola' }] });
    expect(snapshot.rows.members.map(({ id }) => id)).toEqual(['m2']);
    expect(problems).toMatchObject([
      {
        path: 'members[2].id',
        problem: 'found `"m1"`; expected an id that no other row has: `members[0]` has it too and differs; neither is used',
      },
    ]);
  });

  test('that say the same count once, and are named', () => {
    const { snapshot, problems } = ofRows({ members: [{ id: 'm1' }, { id: 'm1', blocked: false }] });
    expect(snapshot.rows.members).toHaveLength(1);
    expect(problems).toMatchObject([{ path: 'members[1].id', problem: expect.stringContaining('is the same row') }]);
  });
});

describe('a value that this version does not know', () => {
  test('makes a membership unusable, and is named', () => {
    const { snapshot, problems, faults } = read(exampleWith(['memberships', 0, 'state'], 'paused'));
    expect(problems).toEqual([]);
    expect(snapshot.rows.memberships[0]).toMatchObject({
      id: 'p1',
      state: 'cancelled',
      unusable: '`state` is `paused`, which this version does not know',
    });
    expect(faults).toEqual([
      {
        entity: 'memberships',
        id: 'p1',
        path: 'memberships[0].state',
        line: null,
        column: null,
        problem:
          '`state` is `paused`, which this version does not know; expected one of `issued`, `active`, `expired`, `used_up`, ' +
          '`cancelled`, `pending_payment`; the row is held and opens nothing',
      },
    ]);
  });

  test.each<[(string | number)[], unknown, string]>([
    [['memberships', 0, 'payment', 'state'], 'maybe', '`payment.state` is `maybe`, which this version does not know'],
    [['memberships', 0, 'terms', 'usage'], 'gold', '`terms.usage` is `gold`, which this version does not know'],
    [
      ['memberships', 0, 'terms', 'validity', 'unit'],
      'quarter',
      '`terms.validity.unit` is `quarter`, which this version does not know',
    ],
    [
      ['memberships', 0, 'terms', 'entitlements', 0, 'scope'],
      { groupId: 'g1' },
      '`terms.entitlements[0].scope` has a form which this version does not know',
    ],
    [['membershipTypes', 0, 'terms', 'pool'], 'pooled', '`terms.pool` is `pooled`, which this version does not know'],
    [['credentials', 0, 'status'], 'borrowed', '`status` is `borrowed`, which this version does not know'],
  ])('%j = %j makes the row unusable', (path, value, unusable) => {
    const { snapshot, problems, faults } = read(exampleWith(path, value));
    expect(problems).toEqual([]);
    const entity = path[0] as 'memberships' | 'membershipTypes' | 'credentials';
    expect(snapshot.rows[entity][0]?.unusable).toBe(unusable);
    expect(faults.map(({ entity: of, id }) => [of, id])).toEqual([[entity, snapshot.rows[entity][0]?.id]]);
  });

  test('terms with such a value are not terms that a membership could be used by', () => {
    const { snapshot } = read(exampleWith(['memberships', 0, 'terms', 'usage'], 'gold'));
    expect(snapshot.rows.memberships[0]?.terms).toBeNull();
  });

  test('a credential of an unknown kind is found by no read', () => {
    const { snapshot } = read(exampleWith(['credentials', 0, 'kind'], 'face'));
    expect(snapshot.rows.credentials[0]).toMatchObject({
      value: '',
      unusable: '`kind` is `face`, which this version does not know',
    });
  });

  test('a booking in an unknown state counts as absent', () => {
    const { snapshot, problems, faults } = read(exampleWith(['bookings', 0, 'state'], 'maybe'));
    expect(problems).toEqual([]);
    expect(snapshot.rows.bookings).toEqual([]);
    expect(faults[0]?.problem).toContain('the row counts as absent');
  });

  test('does not hide a mistake beside it', () => {
    const row = { ...sold, state: 'paused', payment: { state: 'maybe' }, endsOn: 'soon' };
    const { snapshot, problems } = ofRows({ memberships: [row] });
    expect(snapshot.rows.memberships).toEqual([]);
    expect(problems.map(({ path }) => path).sort()).toEqual([
      'memberships[0].endsOn',
      'memberships[0].payment.state',
      'memberships[0].state',
    ]);
  });
});

describe('a reference that leads nowhere', () => {
  test('is named, and the row is held', () => {
    const { snapshot, warnings } = ofRows({
      staff: [{ id: 'st1', credentialIds: ['c9'] }],
      credentials: [{ id: 'c1', kind: 'qr', value: 'A', status: 'active', memberId: 'm9' }],
      memberships: [{ ...sold, memberIds: ['m8'] }],
    });
    expect(warnings.map(({ path, problem }) => [path, problem])).toEqual([
      ['staff[0].credentialIds[0]', 'found `"c9"`, which is none of the usable `credentials`; the row is held and waits for it'],
      ['credentials[0].memberId', 'found `"m9"`, which is none of the usable `members`; the row is held and waits for it'],
      ['memberships[0].typeId', 'found `"t1"`, which is none of the usable `membershipTypes`; the row is held and waits for it'],
      ['memberships[0].memberIds[0]', 'found `"m8"`, which is none of the usable `members`; the row is held and waits for it'],
    ]);
    expect(snapshot.rows.memberships).toHaveLength(1);
  });

  test('an unusable type is missed by memberships without terms of their own only', () => {
    const { faults, warnings } = ofRows({
      members: [{ id: 'm1' }],
      membershipTypes: [{ id: 't1', terms: { ...someTerms, usage: 'gold' } }],
      memberships: [sold, { ...sold, id: 'p2', terms: someTerms }],
    });
    expect(faults.map(({ path }) => path)).toEqual(['membershipTypes[0].terms.usage']);
    expect(warnings.map(({ path }) => path)).toEqual(['memberships[0].typeId']);
  });
});

describe('as text', () => {
  test('each mistake has its line and column', () => {
    const text =
      '\ufeff{\n  "format": "gatehouse-snapshot/1",\n  "members": [\n    {"id": "m1", "blocked": "no"},\n    {"id": "m2"}\n  ]\n}';
    const reading = readSnapshot(new TextEncoder().encode(text));
    expect(reading).toMatchObject({
      problems: [{ path: 'members[0].blocked', line: 4, column: 29 }],
      snapshot: { rows: { members: [{ id: 'm2' }] } },
    });
  });

  test.each([
    ['{\n"format": gatehouse}', { path: '', line: 2, column: 11, problem: 'found `g`; expected a value' }],
    ['[]', { path: '', line: 1, column: 1, problem: 'found a list; expected an object' }],
    ['{"members": []}', { path: 'format', line: 1, column: 1, problem: 'is missing; expected `gatehouse-snapshot/1`' }],
    [
      '{"format": "gatehouse-changes/1"}',
      { path: 'format', line: 1, column: 12, problem: 'found `"gatehouse-changes/1"`; expected `gatehouse-snapshot/1`' },
    ],
    [
      '{"format": "gatehouse-snapshot/1", "members": {}}',
      { path: 'members', line: 1, column: 47, problem: 'found an object; expected a list' },
    ],
  ])('%j is of no use at all', (text, fatal) => {
    expect(readSnapshot(text)).toEqual({ snapshot: null, fatal: { entity: null, id: null, ...fatal } });
  });

  test('bytes that are not UTF-8 are named with their place', () => {
    const cp1251 = new Uint8Array([...new TextEncoder().encode('{\n"name": "'), 0xc0, 0xed, 0xed, 0xe0]);
    expect(readSnapshot(cp1251)).toMatchObject({ fatal: { line: 2, column: 10, problem: expect.stringContaining('not UTF-8') } });
  });
});

describe('changes', () => {
  const text = `{
  "members": [{"id": "m1", "name": "Anna"}],
  "delete": [{"entity": "memberships", "id": "p1"}]
}`;

  test('are rows and deletes, with or without a format, a cursor or a time', () => {
    const reading = readChanges(text, holdsNothing);
    expect(reading).toMatchObject({
      changes: {
        cursor: null,
        takenAt: null,
        deletes: [{ entity: 'memberships', id: 'p1' }],
        rows: { members: [{ name: 'Anna' }] },
      },
      warnings: [],
    });
    expect(readChanges('{}', holdsNothing)).toMatchObject({ changes: { deletes: [] } });
    expect(readChanges('{"format": "gatehouse-changes/1"}', holdsNothing)).toMatchObject({ changes: { deletes: [] } });
  });

  test.each([
    ['{"format": "gatehouse-snapshot/1"}', ['format 1:12']],
    [
      '{"members": [{"id": 7}, {"id": "m2"}, {}],\n "delete": [{"entity": "lockers", "id": "l1"}]}',
      ['members[0].id 1:21', 'members[2].id 1:39', 'delete[0].entity 2:24'],
    ],
    ['{"members": [{"id": "m1"}], "delete": [{"entity": "members", "id": "m1"}]}', ['delete[0] 1:40']],
    ['{"members": [{"id": "m1"}, {"id": "m1"}]}', ['members[1].id 1:35']],
    ['{"delete": ["m1"]}', ['delete[0] 1:13']],
    ['{', [' 1:2']],
  ])('%j is refused whole, with every mistake', (json, places) => {
    const reading = readChanges(json, holdsNothing);
    if (reading.changes !== null) throw new Error('it was taken');
    expect(reading.problems.map(({ path, line, column }) => `${path} ${line}:${column}`)).toEqual(places);
  });

  test('a booking that came to count as absent is taken away', () => {
    const reading = readChanges(
      '{"bookings": [{"id": "b1", "sessionId": "s1", "memberId": "m1", "state": "maybe"}]}',
      () => true,
    );
    expect(reading).toMatchObject({ changes: { rows: { bookings: [] }, deletes: [{ entity: 'bookings', id: 'b1' }] } });
  });

  test('may refer to rows that are there already', () => {
    const card = '{"credentials": [{"id": "c1", "kind": "qr", "value": "A", "status": "active", "memberId": "m1"}]}';
    const held = readChanges(card, (entity, id) => entity === 'members' && id === 'm1');
    expect(held).toMatchObject({ warnings: [] });
    expect(readChanges(card, holdsNothing)).toMatchObject({
      warnings: [{ path: 'credentials[0].memberId', line: 1, column: card.indexOf('"m1"') + 1 }],
    });
  });
});

test('no JSON, whatever it says, is more than a mistake', () => {
  const anything = fc.jsonValue({ maxDepth: 4 });
  const rows = fc.dictionary(fc.constantFrom('id', 'kind', 'state', 'visits', 'terms', 'memberIds', '__proto__', 'x'), anything);
  const document = fc.record(
    {
      format: fc.constantFrom('gatehouse-snapshot/1', 'gatehouse-changes/1'),
      takenAt: fc.oneof(fc.constant(null), anything),
      members: fc.oneof(fc.array(fc.oneof(rows, anything)), anything),
      memberships: fc.array(rows),
      credentials: fc.array(rows),
      delete: fc.array(fc.oneof(fc.record({ entity: fc.constantFrom('members', 'x'), id: anything }), anything)),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(anything, document), (value) => {
      for (const source of [{ value }, JSON.stringify(value)]) {
        readSnapshot(source);
        readChanges(source, holdsNothing);
      }
    }),
  );
  fc.assert(fc.property(fc.uint8Array(), (bytes) => void readSnapshot(bytes)));
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  expect(readSnapshot(`{"format":"gatehouse-snapshot/1","members":[{"id":"m1","tags":${deep}}]}`)).toMatchObject({
    problems: [{ path: 'members[0].tags[0]' }],
  });
});
