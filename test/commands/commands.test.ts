import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { openJournal } from '../../src/adapters/store/journal-store.ts';
import { openOperators } from '../../src/adapters/store/operator-store.ts';
import { grant, passed, refusal } from '../kit/journal-events.ts';
import { runGatehouse } from '../kit/run-gatehouse.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const morning = {
  format: 'gatehouse-snapshot/1',
  branches: [{ id: 'center', name: 'Center', timeZone: 'Europe/Warsaw' }],
  services: [{ id: 'gym', title: 'Gym', categoryId: 'fitness' }],
  members: [{ id: 'm1', name: 'Anna K.' }],
  credentials: [{ id: 'c1', kind: 'rfid', value: '042B73321A3180', memberId: 'm1', status: 'active' }],
  memberships: [
    {
      id: 'p1',
      memberIds: ['m1'],
      state: 'active',
      startsOn: '2026-06-01',
      endsOn: '2026-06-30',
      visits: { left: 5 },
      terms: {
        entitlements: [{ scope: { any: true } }],
        visits: 8,
        availability: [{ weekDays: [1, 2, 3, 4, 5], intervals: [{ from: '07:00', to: '12:00' }] }],
      },
    },
  ],
};

function snapshotFile(differing: object = {}): string {
  const path = join(temporaryFolder(), 'club.json');
  writeFileSync(path, JSON.stringify({ ...morning, ...differing }, null, 2));
  return path;
}

function configFile(text = 'branch: center\ngates:\n  main-in: {}\n'): string {
  const path = join(temporaryFolder(), 'box.yaml');
  writeFileSync(path, text);
  return path;
}

describe('check', () => {
  test('a good configuration is summed up', async () => {
    const { exitCode, out, err } = await runGatehouse(['check', 'config/example.yaml']);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: [] });
    expect(out[0]).toBe('ok: gateway box-1 at branch center');
    expect(out).toContain('  gate main-in: in, zone club, general entry, charge per_day, passage assumed');
    expect(out.join('\n')).toMatch(/reader entrance: RDM6300 .* \(rdm6300\), \/dev\/serial\/by-id\/\S+ at 9600 baud/);
    expect(out.join('\n')).toMatch(/relay: LCUS.* \(lcus\), \/dev\/serial\/by-id\/\S+ at 9600 baud, 500 ms/);
  });

  test('every problem of a bad one stands on a line that an editor can open', async () => {
    const path = configFile('branch: center\ngates:\n  main-in: { direction: inn, zon: club }\n');
    const { exitCode, out, err } = await runGatehouse(['check', path]);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: [] });
    expect(err).toEqual([
      expect.stringMatching(/box.yaml:3:25: .*`in`/),
      expect.stringMatching(/box.yaml:3:30: unknown key `zon`/),
    ]);
  });

  test('what is odd is a warning and no problem', async () => {
    const { exitCode, err } = await runGatehouse(['check', configFile()]);
    expect(exitCode).toBe(0);
    expect(err[0]).toMatch(/box.yaml:3:3: warning: gate `main-in` has no reader/);
  });

  test('a good snapshot is counted', async () => {
    const { exitCode, out, err } = await runGatehouse(['check', 'snapshot', snapshotFile()]);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: [] });
    expect(out[0]).toMatch(/^ok: .*1 members.*1 memberships/);
  });

  test('a bad row of a snapshot is named with its line; a bad file is refused', async () => {
    const bad = await runGatehouse([
      'check',
      'snapshot',
      snapshotFile({ members: [{ name: 'nobody' }, { id: 'm1', name: 'Anna K.' }] }),
    ]);
    expect(bad.exitCode).toBe(1);
    expect(bad.err[0]).toMatch(/club.json:\d+:\d+: members\[0\]/);
    expect(bad.out[0]).toMatch(/^to put right: 1; rows held: .*1 members/);
    const path = snapshotFile({ format: 'something/9' });
    const refused = await runGatehouse(['check', 'snapshot', path]);
    expect(refused).toMatchObject({ exitCode: 2, out: [] });
    expect(refused.err[0]).toContain(`${path}:2:`);
  });
});

describe('check snapshot', () => {
  test('rows that contradict themselves or one another are named in the order of the file, and end it with 1', async () => {
    const [membership] = morning.memberships;
    const path = snapshotFile({
      credentials: [
        ...morning.credentials,
        { id: 'c2', kind: 'rfid', value: '042B73321A3180', memberId: 'm2', status: 'active' },
        { id: 'c3', kind: 'qr', value: 'A', memberId: 'm1', membershipId: 'p1', status: 'active' },
      ],
      members: [
        { id: 'm1', name: 'Anna K.' },
        { id: 'm2', name: 'Ola' },
      ],
      memberships: [
        { ...membership, endsOn: '2026-05-31' },
        { ...membership, id: 'p2', memberIds: [] },
        {
          ...membership,
          id: 'p3',
          terms: { ...membership?.terms, availability: [{ weekDays: [1], intervals: [{ from: '07:00', to: '07:00' }] }] },
        },
        { ...membership, id: 'p4', state: undefined },
      ],
    });
    const { exitCode, out, err } = await runGatehouse(['check', 'snapshot', path]);
    expect(exitCode).toBe(1);
    expect(err.map((line) => /club.json:\d+:\d+: (\S+ \(\w+ \w+\)): /.exec(line)?.[1])).toEqual([
      'credentials[0].value (credentials c1)',
      'credentials[1].value (credentials c2)',
      'credentials[2].membershipId (credentials c3)',
      'memberships[0].endsOn (memberships p1)',
      'memberships[1].memberIds (memberships p2)',
      'memberships[2].terms.availability[0].intervals[0].to (memberships p3)',
      'memberships[3].state (memberships p4)',
    ]);
    expect(out).toEqual([expect.stringMatching(/^to put right: 7; rows held: .*3 credentials.*3 memberships/)]);
  });

  test('a reference that leads nowhere is a warning, and ends it with 0', async () => {
    const { exitCode, out, err } = await runGatehouse([
      'check',
      'snapshot',
      snapshotFile({ sessions: [{ id: 's1', branchId: 'center', serviceId: 'pool', startsAt: '2026-06-15T17:00:00Z' }] }),
    ]);
    expect(exitCode).toBe(0);
    expect(err).toEqual([
      expect.stringMatching(/club.json:\d+:\d+: warning: sessions\[0\].serviceId \(sessions s1\): found `"pool"`/),
    ]);
    expect(out[0]).toMatch(/^ok: /);
  });

  test('what it ends with stands in its help', async () => {
    const { out } = await runGatehouse(['check', 'snapshot', '--help']);
    expect(out.join(' ').replaceAll(/\s+/g, ' ')).toContain('Ends with 1 when something has to be put right');
  });

  test('a snapshot that is given as a configuration is called what it is', async () => {
    const path = snapshotFile();
    const { exitCode, out, err } = await runGatehouse(['check', path]);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: [] });
    expect(err).toEqual([`${path}: this is a club snapshot: check it with \`gatehouse check snapshot ${path}\``]);
  });
});

describe('import snapshot', () => {
  test('good rows are used, bad rows are named, and the data folder is made', async () => {
    const data = join(temporaryFolder(), 'new', 'data');
    const path = snapshotFile({ members: [{ name: 'nobody' }, { id: 'm1', name: 'Anna K.' }] });
    const { exitCode, out, err } = await runGatehouse(['import', 'snapshot', path, '--data', data]);
    expect(exitCode).toBe(1);
    expect(err.join('\n')).toMatch(/club.json:\d+:\d+: members\[0\].*[^]*rows with mistakes, left out: 1/);
    expect(out[0]).toMatch(/^imported into .*1 members.*1 memberships/);
  });

  test('a file that cannot be used changes nothing', async () => {
    const path = configFile('not JSON');
    const { exitCode, out, err } = await runGatehouse(['import', 'snapshot', path, '--data', temporaryFolder()]);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: [] });
    expect(err.at(-1)).toContain(`${path}:1:`);
  });

  test('at a terminal it shows how far it is, in one line that it clears', async () => {
    const redraws: string[] = [];
    await runGatehouse(['import', 'snapshot', snapshotFile(), '--data', temporaryFolder()], redraws);
    expect(redraws.at(-1)).toBe('');
  });
});

describe('decide', () => {
  const tap = (at: string, ...more: string[]) =>
    runGatehouse([
      'decide',
      '--snapshot',
      snapshotFile(),
      '--gate',
      'main-in',
      '--credential',
      'rfid:042B73321A3180',
      '--at',
      at,
      ...more,
    ]);

  test('a grant is explained rule by rule', async () => {
    const { exitCode, out } = await tap('2026-06-15T08:00:00+02:00');
    expect(exitCode).toBe(0);
    expect(out.slice(0, 5)).toEqual(['granted OK', '  Passage allowed.', '', '  member: m1', '  membership: p1']);
    expect(out).toContain('  left: 4');
    expect(out.join('\n')).toMatch(/p1\. Chosen: .*\n {2}\+ {2}7 State of the membership: Active\./);
    expect(out).toContain('  + 18 Visits left: 5 visits left, this one included.');
  });

  test('a refusal says when it will work', async () => {
    const { exitCode, out } = await tap('2026-06-15T13:00:00+02:00');
    expect(exitCode).toBe(0);
    expect(out[0]).toBe('denied OUTSIDE_HOURS');
    expect(out).toContain('  next allowed: 2026-06-16T05:00:00.000Z');
    expect(out).toContain('  You can come in tomorrow at 07:00.');
    expect(out).toContain('  x 14 Days and hours: Not at this hour: valid today 07:00–12:00.');
  });

  test('a manager reads the explanation in their own language', async () => {
    const { out } = await tap('2026-06-15T13:00:00+02:00', '--language', 'uk');
    expect(out.join('\n')).toContain('Дні та години');
    const { exitCode, err } = await tap('2026-06-15T13:00:00+02:00', '--language', 'de');
    expect({ exitCode, err: err.join('\n') }).toEqual({
      exitCode: 2,
      err: expect.stringContaining('It must be one of ru, uk, pl, en.'),
    });
  });

  test('--json speaks as scenarios do', async () => {
    const { out } = await tap('2026-06-15T08:00:00+02:00', '--json', '--config', configFile());
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      outcome: 'granted',
      code: 'OK',
      membership: 'p1',
      entitlement: 'any',
      charge: 1,
      left: 4,
      warnings: [],
      nextAllowedAt: null,
      refusals: {},
      text: { reason: 'Passage allowed.', warnings: [], nextTime: '', explained: { memberships: [{ id: 'p1' }] } },
    });
  });

  test.each<[string, object]>([
    ['an end before its start', { memberships: [{ ...morning.memberships[0], startsOn: '2026-07-01' }] }],
    ['a card of a member and a membership', { credentials: [{ ...morning.credentials[0], membershipId: 'p1' }] }],
    ['a birthday that never is', { members: [{ ...morning.members[0], birthday: '06-31' }] }],
  ])('%s is never read as allowed', async (_, differing) => {
    const words = ['--gate', 'main-in', '--credential', 'rfid:042B73321A3180', '--at', '2026-06-15T08:00:00+02:00'];
    const { out } = await runGatehouse(['decide', '--snapshot', snapshotFile(differing), ...words]);
    expect(out[0]).toBe('denied UNKNOWN_STATE');
  });

  test('a gate that is not configured is wrong use', async () => {
    const config = configFile('branch: center\ngates: { pool: {} }\n');
    const { exitCode, err } = await tap('2026-06-15T08:00:00+02:00', '--config', config);
    expect(exitCode).toBe(2);
    expect(err.at(-1)).toMatch(/^gatehouse: there is no gate `main-in`/);
  });
});

describe('replay --journal', () => {
  const period = '2026-06-15..2026-06-15';

  /** A box at which Anna tapped at 8 and again at 12. */
  async function boxWithTwoTaps(): Promise<string> {
    const data = temporaryFolder();
    const path = join(data, 'club.json');
    writeFileSync(path, JSON.stringify(morning));
    await runGatehouse(['import', 'snapshot', path, '--data', data]);
    const journal = openJournal(join(data, 'gate.db'), { gateway: 'box-1' });
    journal.append(Date.parse('2026-06-15T08:00:00+02:00'), refusal());
    journal.append(Date.parse('2026-06-16T00:00:00+02:00'), refusal());
    journal.close();
    return data;
  }

  test('taps of which too little was kept are counted, and only those of the period', async () => {
    const words = ['--config', configFile(), '--data', await boxWithTwoTaps()];
    expect(await runGatehouse(['replay', '--journal', period, ...words])).toMatchObject({
      exitCode: 0,
      out: ['0 taps decided again, 0 treated differently; 1 of which too little was kept'],
    });
    const { out } = await runGatehouse(['replay', '--journal', period, '--json', ...words]);
    expect(JSON.parse(out[0] ?? '')).toEqual({ taps: 0, different: 0, withoutGate: 0, withoutRecord: 1 });
  });

  test.each([
    [['--journal', '2026-06-16..2026-06-15', '--config', 'x'], 'It must be FROM..TO, the earlier first'],
    [['--journal', '2026-02-30..2026-03-01', '--config', 'x'], 'It must be FROM..TO'],
    [['--journal', 'yesterday', '--config', 'x'], 'It must be FROM..TO'],
    [['--journal', period], '--journal needs --config <new.yaml>'],
    [['day.yaml', '--journal', period, '--config', 'x'], 'give a scenario file or --journal, not both'],
    [['--config', 'x'], '--config and --data go with --journal'],
    [[], 'name a scenario file, or give --journal <from..to>'],
  ])('%j is wrong use', async (words, problem) => {
    const { exitCode, err } = await runGatehouse(['replay', ...words]);
    expect({ exitCode, err: err.join('\n') }).toEqual({ exitCode: 2, err: expect.stringContaining(problem) });
  });

  test('a configuration with a mistake is named with its line, and nothing is decided', async () => {
    const config = configFile('branch: center\ngates:\n  main-in: { booking: often }\n');
    const { exitCode, out, err } = await runGatehouse(['replay', '--journal', period, '--config', config]);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: [] });
    expect(err).toEqual([`${config}:3:23: \`gates.main-in.booking\` is \`often\`: must be one of \`optional\`, \`required\``]);
  });
});

describe('replay', () => {
  const scenario = (left: number) => ({
    format: 'gatehouse-scenario/1',
    title: 'one morning',
    at: '2026-06-15T07:30:00+02:00',
    config: { branch: 'center', gates: { 'main-in': {} } },
    snapshot: morning,
    steps: [
      { after: '30m', tap: { gate: 'main-in', credential: 'rfid:042B73321A3180' }, expect: { code: 'OK', left } },
      { after: '10s', tap: { gate: 'main-in', credential: 'rfid:00' }, expect: { code: 'UNKNOWN_CREDENTIAL' } },
    ],
  });
  const file = (content: unknown) => {
    const path = join(temporaryFolder(), 'day.json');
    writeFileSync(path, JSON.stringify(content));
    return path;
  };

  test('a day that went as expected ends with 0', async () => {
    const { exitCode, out } = await runGatehouse(['replay', file(scenario(4))]);
    expect(exitCode).toBe(0);
    expect(out[0]).toMatch(/^ok {5}1 {2}2026-06-15T06:00:00.000Z {2}tap/);
    expect(out.at(-1)).toBe('one morning: 2 steps, 0 failed');
  });

  test('an expectation that did not hold is named and ends with 1', async () => {
    const { exitCode, out } = await runGatehouse(['replay', file(scenario(3)), '--json']);
    expect(exitCode).toBe(1);
    const lines = out.map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({
      step: 1,
      at: expect.any(String),
      did: expect.any(String),
      failed: [expect.stringMatching(/^left:/)],
    });
    expect(lines.at(-1)).toEqual({ steps: 2, failed: 1 });
  });

  test('a file with a mistake ends with 2 and says where', async () => {
    const path = file({ ...scenario(4), stepps: [] });
    const { exitCode, out, err } = await runGatehouse(['replay', path]);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: [] });
    expect(err.join('\n')).toMatch(/day.json:1:\d+: unknown key `stepps`: did you mean `steps`/);
  });
});

describe('journal', () => {
  function dataWithJournal(): string {
    const data = temporaryFolder();
    const journal = openJournal(join(data, 'gate.db'), { gateway: 'box-7' });
    for (let visit = 1; visit <= 15; visit++) {
      journal.append(1_781_000_000_000 + visit, grant());
      journal.append(1_781_000_001_000 + visit, passed(visit));
    }
    journal.append(1_781_000_100_000, refusal('FROZEN'));
    journal.close();
    return data;
  }

  test('an untouched journal holds, whichever box it is of', async () => {
    expect(await runGatehouse(['journal', 'verify', '--data', dataWithJournal()])).toMatchObject({
      exitCode: 0,
      out: ['ok: 31 entries'],
    });
  });

  test('a changed entry is found, also as JSON', async () => {
    const data = dataWithJournal();
    const db = new Database(join(data, 'gate.db'));
    const table = db.prepare("SELECT sql FROM sqlite_master WHERE name = 'journal'").pluck().get();
    expect(table).toContain('event');
    for (const name of db.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all())
      db.exec(`DROP TRIGGER ${name}`);
    db.exec(`UPDATE journal SET event = replace(event, '"FROZEN"', '"EXPIRED"') WHERE number = 31`);
    db.close();
    const { exitCode, out } = await runGatehouse(['journal', 'verify', '--data', data]);
    expect(exitCode).toBe(1);
    expect(out[0]).toContain('entry 31 was changed');
    expect(out.at(-1)).toBe('faults: 2, entries: 31');
    const json = await runGatehouse(['journal', 'verify', '--data', data, '--json']);
    expect(JSON.parse(json.out[0] ?? '')).toMatchObject({
      entries: 31,
      faults: [{ number: 31, problem: expect.any(String) }, {}],
    });
  });

  test('the newest 20 entries are shown, or those asked for', async () => {
    const data = dataWithJournal();
    const show = async (...words: string[]) => (await runGatehouse(['journal', 'show', '--data', data, ...words])).out;
    const newest = await show();
    expect(newest).toHaveLength(20);
    expect(newest.at(-1)).toMatch(/^ {4}31 {2}2026-06-09T\S+ {2}main-in +decision +denied FROZEN m1/);
    expect((await show('--last', '2')).map((line) => Number(line.slice(0, 6)))).toEqual([30, 31]);
    expect((await show('--after', '29')).map((line) => Number(line.slice(0, 6)))).toEqual([30, 31]);
    expect(await show('--after', '0')).toHaveLength(31);
    expect(JSON.parse((await show('--last', '1', '--json'))[0] ?? '')).toMatchObject({ number: 31, gateway: 'box-7' });
  });

  test('a folder without a journal is said to be one', async () => {
    const { exitCode, err } = await runGatehouse(['journal', 'verify', '--data', temporaryFolder()]);
    expect(exitCode).toBe(3);
    expect(err[0]).toMatch(/^gatehouse: there is no `.*gate.db`/);
  });
});

test('a PIN made on the command line signs in at the desk, and the next one ends it', async () => {
  const data = temporaryFolder();
  const pinOf = async () => {
    const { exitCode, out } = await runGatehouse(['staff', 'pin', 'Ewa', '--data', data]);
    expect(exitCode).toBe(0);
    return /^Ewa signs in at \/staff with the PIN (\d+)$/.exec(out[0] ?? '')?.[1] ?? '';
  };
  const first = await pinOf();
  const second = await pinOf();
  const operators = openOperators(join(data, 'desk.db'));
  expect(operators.names()).toEqual(['Ewa']);
  expect(await operators.signIn('Ewa', second, Date.now())).toMatchObject({ done: true });
  if (first !== second) expect(await operators.signIn('Ewa', first, Date.now())).toMatchObject({ done: false });
  operators.close();
});

test('a token made on the command line is the one that the central system needs', async () => {
  const config = configFile();
  const { exitCode, out } = await runGatehouse(['token', 'new', '--config', config]);
  expect(exitCode).toBe(0);
  const operators = openOperators(join(config, '..', 'gatehouse-data', 'desk.db'));
  expect(operators.checkToken(out[0]?.replace('Authorization: Bearer ', '') ?? '')).toBe(true);
  expect(operators.checkToken('Authorization')).toBe(false);
  operators.close();
});

test('every product is listed with its settings, defaults and explanations', async () => {
  const { exitCode, out } = await runGatehouse(['devices', 'profiles']);
  const text = out.join('\n');
  expect(exitCode).toBe(0);
  expect(text).toMatch(
    /^ {2}rdm6300 {2}RDM6300.*; connected by serial \(9600 baud\) or tcp\n {4}number: "full" {4}\(one of `full`, `low32`, `low24`\)\n {6}How much/m,
  );
  expect(text).toMatch(/^ {2}pcsc .*connected by pcsc$/m);
  expect(text).toMatch(/^ {2}shelly-gen2 .*connected by mqtt$/m);
  expect(readFileSync('config/example.yaml', 'utf8')).toContain('gatehouse devices profiles');
});
