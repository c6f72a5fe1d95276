import { describe, expect, test } from 'vitest';
import { sha256 } from '../../../src/lib/sha256.ts';
import { readChanges, readSnapshot } from '../../../src/ports/club-snapshot.ts';
import { readRowsOf } from '../../kit/read-snapshot.ts';

describe('a value that no reader gives is named with the one that is meant', () => {
  const valueOf = (kind: string, value: string) =>
    readRowsOf({ members: [{ id: 'm1' }], credentials: [{ id: 'c1', kind, value, memberId: 'm1', status: 'active' }] });
  const noTap = 'no reader gives this, so no tap finds the row';

  test.each([
    ['rfid', '042b73321a3180', `\`value\` is \`042b73321a3180\`; expected \`042B73321A3180\`; ${noTap}`],
    ['rfid', '04:2B:73:32', `\`value\` is \`04:2B:73:32\`; expected \`042B7332\`; ${noTap}`],
    ['rfid', '0x04 2b 73', `\`value\` is \`0x04 2b 73\`; expected \`042B73\`; ${noTap}`],
    [
      'rfid',
      'card 17',
      `\`value\` is \`card 17\`; expected the whole number of the card in upper-case hex, such as \`042B73321A3180\`; ${noTap}`,
    ],
    ['barcode', ' 4820', '`value` is ` 4820`, with space around it; expected `4820`; no tap finds the row'],
    ['qr', 'GYM:A\n', '`value` is `GYM:A\n`, with space around it; expected `GYM:A`; no tap finds the row'],
    ['membership_code', '42 ', '`value` is `42 `, with space around it; expected `42`; no tap finds the row'],
  ])('%s %j', (kind, value, problem) => {
    const { snapshot, problems, faults } = valueOf(kind, value);
    expect(problems).toEqual([]);
    expect(faults).toMatchObject([{ entity: 'credentials', id: 'c1', path: 'credentials[0].value', problem }]);
    expect(snapshot.rows.credentials).toMatchObject([{ value, unusable: null }]);
  });

  test('a PIN that is not hashed is named and not repeated', () => {
    const { faults } = valueOf('pin', '4711');
    expect(faults).toMatchObject([
      {
        id: 'c1',
        problem:
          '`value` is no salted hash; expected `sha256:<salt>:<64 lower-case hex digits>`, the SHA-256 of salt and PIN one after ' +
          'the other; whoever sees the data knows a PIN that is not hashed: give the member another',
      },
    ]);
    expect(JSON.stringify(faults)).not.toContain('4711');
  });

  test.each([
    ['rfid', '0F0184F07A'],
    ['barcode', '0042'],
    ['barcode', 'П 1'],
    ['pin', `sha256:salt:${sha256('salt4711')}`],
  ])('%s %j is as it should be', (kind, value) => {
    const { faults, warnings } = valueOf(kind, value);
    expect({ faults, warnings }).toEqual({ faults: [], warnings: [] });
  });
});

describe('a card number that may be right', () => {
  const warningsOf = (...values: string[]) => {
    const credentials = values.map((value, index) => ({
      id: `c${index}`,
      kind: 'rfid',
      value,
      memberId: 'm1',
      status: 'active',
    }));
    const { faults, warnings } = readRowsOf({ members: [{ id: 'm1' }], credentials });
    return { faults, warnings: warnings.map(({ problem }) => problem) };
  };

  test('as phones make it anew at each tap is named once, with the reason', () => {
    expect(warningsOf('08A1B2C3', '0F0184F07A', '08FFFFFF', '080184F07A')).toEqual({
      faults: [],
      warnings: [
        '`value` has eight digits and begins with 08, as the numbers that phones make anew at each tap; expected a number that ' +
          'stays the same; no tap finds the row again, unless it is an EM4100 number of which a reader sends four bytes; so with 1 ' +
          'other row',
      ],
    });
  });

  test('as it is printed on the card is named with the form that it has', () => {
    const [warning, ...others] = warningsOf('126,58404', '111,27706').warnings;
    expect(others).toEqual([]);
    expect(warning).toMatch(
      /^`value` is what is printed on a card \(`3D5D`, .*\); expected the whole number .*`cardNumbers.spelled`/,
    );
    expect(warning).toMatch(/so with 1 other row$/);
  });
});

test('a credential of a kind that this version does not know is not judged by its value', () => {
  const { faults } = readRowsOf({
    members: [{ id: 'm1' }],
    credentials: [{ id: 'c1', kind: 'face', value: ' ', memberId: 'm1', status: 'active' }],
  });
  expect(faults.map(({ path }) => path)).toEqual(['credentials[0].kind']);
});

describe('what keeps nobody out is a warning', () => {
  test('a language without texts is named once, with how many speak it', () => {
    const { snapshot, faults, warnings } = readRowsOf({
      members: [
        { id: 'm1', language: 'de' },
        { id: 'm2', language: 'PL' },
        { id: 'm3', language: 'de' },
        { id: 'm4', language: 'de' },
        { id: 'm5', language: 'PL' },
        { id: 'm6', language: 'pl' },
        { id: 'm7', language: null },
      ],
    });
    const rest = "expected one of `ru`, `uk`, `pl`, `en`; the gate speaks the club's own languages; so with";
    expect(faults).toEqual([]);
    expect(warnings.map(({ id, path, problem }) => [id, path, problem])).toEqual([
      ['m1', 'members[0].language', `\`language\` is \`de\`; ${rest} 2 other rows`],
      ['m2', 'members[1].language', `\`language\` is \`PL\`; ${rest} 1 other row`],
    ]);
    expect(snapshot.rows.members.map(({ language }) => language)).toEqual([null, null, null, null, null, 'pl', null]);
  });

  test.each<[object, string, string]>([
    [
      { left: 5, perEntitlement: [5] },
      'split',
      '`visits.left` is a number beside `pool: split`; expected `left: null`; `visits.perEntitlement` counts alone',
    ],
    [
      { left: 5, perEntitlement: [5] },
      'shared',
      '`visits.perEntitlement` is a list beside `pool: shared`; expected `perEntitlement: null`; `visits.left` counts alone',
    ],
  ])('a figure that does not count: %j, %s', (visits, pool, problem) => {
    const terms = { entitlements: [{ scope: { any: true } }], pool };
    const { snapshot, faults, warnings } = readRowsOf({
      members: [{ id: 'm1' }],
      memberships: [{ id: 'p1', memberIds: ['m1'], state: 'active', visits, terms }],
    });
    expect(faults).toEqual([]);
    expect(warnings).toMatchObject([{ id: 'p1', path: 'memberships[0].visits', problem }]);
    expect(snapshot.rows.memberships[0]?.unusable).toBeNull();
  });
});

describe('a list whose name is nearly that of an entity', () => {
  test('is named with its place', () => {
    const text = '{"format": "gatehouse-snapshot/1",\n "memberschips": [{"id": "p1"}], "Members": [], "credential": []}';
    const problem = (key: string, meant: string) =>
      `unknown key \`${key}\`: what stands there is not read; did you mean \`${meant}\`?`;
    expect(readSnapshot(text)).toMatchObject({
      faults: [
        { entity: null, id: null, path: 'memberschips', line: 2, column: 18, problem: problem('memberschips', 'memberships') },
        { path: 'Members', problem: problem('Members', 'members') },
        { path: 'credential', problem: problem('credential', 'credentials') },
      ],
    });
    expect(readChanges('{"membership_types": [], "deletes": []}', () => false)).toMatchObject({
      warnings: [
        { path: 'membership_types', problem: problem('membership_types', 'membershipTypes') },
        { path: 'deletes', problem: problem('deletes', 'delete') },
      ],
    });
  });

  test.each(['lockers', 'invoices', 'x'.repeat(10_000)])('%.20s is another list', (key) => {
    expect(readSnapshot({ value: { format: 'gatehouse-snapshot/1', [key]: [] } })).toMatchObject({ faults: [], warnings: [] });
  });

  test('a key that holds no list is another thing', () => {
    expect(readSnapshot({ value: { format: 'gatehouse-snapshot/1', service: 'YCLIENTS', delete: [] } })).toMatchObject({
      faults: [],
    });
  });
});
