import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importSnapshotFile } from '../../src/adapters/store/import-snapshot-file.ts';
import { openJournal } from '../../src/adapters/store/journal-store.ts';
import { grant, newVisit, notPassed, override, passed } from '../kit/journal-events.ts';
import { runGatehouse } from '../kit/run-gatehouse.ts';
import { annasCard, runningGateway, smallClub } from '../kit/running-gateway.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { until } from '../kit/until.ts';

/** Anna has a second pass, of another type and without an end. */
function club() {
  const { memberships, membershipTypes, ...rest } = smallClub();
  const [annas, piotrs] = memberships;
  return {
    ...rest,
    membershipTypes: [...membershipTypes, { ...membershipTypes[0], id: 'other' }],
    memberships: [annas, { ...annas, id: 'annas-other', typeId: 'other', endsOn: null }, piotrs],
  };
}

const minuteMs = 60_000;

/** A box with its configuration, whose gateway does not run; Anna came in and her pass paid, so long ago. */
function stoppedBox(agoMs = minuteMs) {
  const data = temporaryFolder();
  const snapshot = join(data, 'club.json');
  writeFileSync(snapshot, JSON.stringify(club()));
  importSnapshotFile(snapshot, join(data, 'club.db'), Date.now());
  const journal = openJournal(join(data, 'gate.db'), { gateway: 'box-1' });
  const at = Date.now() - agoMs;
  const charges = [{ membershipId: 'annas-pass', charge: 1, entitlement: 0 }];
  journal.append(at, grant({ memberId: 'anna', serviceId: null, charges, state: 'committed' }));
  journal.close();
  const config = join(data, 'box.yaml');
  writeFileSync(config, 'branch: center\ndata: .\ngates:\n  main-in: {}\n');
  return { data, config };
}

const words = (visit: number, to: string, ...where: string[]) => {
  return ['visit', 'move', String(visit), '--to', to, '--reason', 'Anna asked for it', '--staff', 'Ewa', ...where];
};

const show = async (visit: number, data: string) => (await runGatehouse(['visit', 'show', String(visit), '--data', data])).out;

describe('visit move, while no gateway runs', () => {
  test('another membership pays, and both visits tell of it', async () => {
    const { data, config } = stoppedBox();
    const { exitCode, out } = await runGatehouse(words(1, 'annas-other', '--config', config));
    expect({ exitCode, out }).toEqual({
      exitCode: 0,
      out: ['membership annas-other now pays for it: visit 2 stands in the place of visit 1 (journal number 2)'],
    });
    const old = await show(1, data);
    expect(old[0]).toBe('visit 1: given back');
    expect(old.at(-1)).toBe('  moved to membership annas-other as visit 2 by Ewa: Anna asked for it (journal number 2)');
    expect(await show(2, data)).toEqual([
      'visit 2: recorded',
      expect.stringMatching(/^ {2}tap: \d{4}-\S+Z at main-in$/),
      '  member: anna',
      '  took: 1 of membership annas-other',
      '  in the place of visit 1, moved by Ewa: Anna asked for it (journal number 2)',
    ]);
    expect(await runGatehouse(['journal', 'verify', '--data', data])).toMatchObject({ exitCode: 0 });
  });

  test('--data is another folder than the one that the configuration names', async () => {
    const { data } = stoppedBox();
    const elsewhere = stoppedBox();
    expect(await runGatehouse(words(1, 'annas-other', '--config', elsewhere.config, '--data', data))).toMatchObject({
      exitCode: 0,
    });
    expect((await show(1, data))[0]).toBe('visit 1: given back');
    expect((await show(1, elsewhere.data))[0]).toBe('visit 1: recorded');
  });

  test.each([
    ['there is no such visit', words(9, 'annas-other'), 'there is no visit 9'],
    ['the membership is of another member', words(1, 'piotrs-pass'), 'is not one of the member'],
    ['there is no such membership', words(1, 'nothing'), 'there is no membership `nothing`'],
    ['it pays already', words(1, 'annas-pass'), 'is paid by membership `annas-pass` already'],
  ])('it is refused with 1 when %s', async (_when, move, problem) => {
    const { data, config } = stoppedBox();
    const { exitCode, out, err } = await runGatehouse([...move, '--config', config]);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: [] });
    expect(err.at(-1)).toMatch(new RegExp(`^gatehouse: .*${problem}`));
    expect((await show(1, data))[0]).toBe('visit 1: recorded');
  });

  test('it is refused with 1 when it was too long ago, and while the visit waits for its passage', async () => {
    const old = await runGatehouse(words(1, 'annas-other', '--config', stoppedBox(49 * 60 * minuteMs).config));
    expect([old.exitCode, old.err.at(-1)]).toEqual([1, expect.stringContaining('older than 48 hours')]);
    const { data, config } = stoppedBox();
    const journal = openJournal(join(data, 'gate.db'), { gateway: 'box-1' });
    journal.append(Date.now(), grant({ memberId: 'anna', serviceId: null }));
    journal.close();
    const waiting = await runGatehouse(words(2, 'annas-other', '--config', config));
    expect([waiting.exitCode, waiting.err.at(-1)]).toEqual([1, expect.stringContaining('still waits at its gate')]);
  });

  test('it needs the configuration, and says so', async () => {
    const { data } = stoppedBox();
    const { exitCode, err } = await runGatehouse(words(1, 'annas-other', '--data', data));
    expect(exitCode).toBe(2);
    expect(err.at(-1)).toMatch(/no gateway runs on .*: say its configuration too, with --config <file>$/);
  });

  test('it makes no journal where there is none', async () => {
    const { config } = stoppedBox();
    const empty = temporaryFolder();
    const { exitCode, err } = await runGatehouse(words(1, 'annas-other', '--config', config, '--data', empty));
    expect(exitCode).toBe(3);
    expect(err.at(-1)).toMatch(/^gatehouse: there is no `.*gate.db`/);
    expect(existsSync(join(empty, 'gate.db'))).toBe(false);
  });

  test.each([
    [['visit', 'move', '1', '--to', 'p', '--reason', 'because', '--staff', ' '], '--staff <name> is empty'],
    [['visit', 'move', '1', '--to', 'p', '--staff', 'Ewa'], '--reason <text> is missing'],
    [['visit', 'move', 'first', '--to', 'p'], 'It must be a whole number.'],
    [['visit', 'move', '1', '--to', 'p', '--reason', 'because', '--staff', 'Ewa'], 'say which box is meant'],
    [['visit', 'show'], "missing required argument 'number'"],
  ])('`gatehouse %j` ends with 2 and says why', async (wrong, why) => {
    const { exitCode, out, err } = await runGatehouse(wrong);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: [] });
    expect(err.join('\n')).toContain(why);
  });
});

describe('visit move, while the gateway runs', () => {
  async function runningBox() {
    const gateway = await runningGateway({ gates: { 'main-in': {} } }, club());
    const decision = gateway.box.tap('main-in', { kind: 'rfid', value: annasCard.id }, null);
    expect(decision).toMatchObject({ code: 'OK', membershipId: 'annas-pass', chosenBy: 'ends' });
    return gateway;
  }

  test('the gateway does it: the desk sees it at once, and no configuration is needed', async () => {
    const { data, box } = await runningBox();
    const told: string[] = [];
    box.frontDesk.watch('en', ({ kind, entry }) => told.push(`${kind} ${entry}`));
    const { exitCode, out } = await runGatehouse(words(1, 'annas-other', '--data', data));
    expect({ exitCode, out }).toMatchObject({
      exitCode: 0,
      out: [expect.stringContaining('visit 2 stands in the place of visit 1')],
    });
    expect(told).toEqual(['move 2', 'decision 1']);
    expect(await show(1, data)).toContain('  Chosen: it ends first.');
  });

  test('its refusal is told in its words, and ends with 1', async () => {
    const { data } = await runningBox();
    const { exitCode, out, err } = await runGatehouse(words(1, 'piotrs-pass', '--data', data));
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: [] });
    expect(err).toEqual([expect.stringMatching(/^gatehouse: membership `piotrs-pass` is not one of the member/)]);
  });

  test('with the configuration too it is the gateway that does it', async () => {
    const { data, box } = await runningBox();
    const config = join(data, 'box.yaml');
    writeFileSync(config, 'branch: center\ndata: .\ngates:\n  main-in: {}\n');
    expect(await runGatehouse(words(1, 'annas-other', '--config', config))).toMatchObject({ exitCode: 0 });
    expect(box.frontDesk.recent(1, 'en')[0]).toMatchObject({ kind: 'move', staff: 'Ewa' });
  });

  test('after it has stopped there is nobody to ask', async () => {
    const { data, stop } = await runningBox();
    expect(existsSync(join(data, 'control.sock'))).toBe(true);
    await stop();
    await until('the socket is gone', () => !existsSync(join(data, 'control.sock')));
    expect(await runGatehouse(words(1, 'annas-other', '--data', data))).toMatchObject({ exitCode: 2 });
  });
});

describe('visit show', () => {
  function journalOf(...events: Parameters<ReturnType<typeof openJournal>['append']>[1][]) {
    const data = temporaryFolder();
    const journal = openJournal(join(data, 'gate.db'), { gateway: 'box-1' });
    for (const event of events) journal.append(Date.parse('2026-06-15T08:00:00+02:00'), event);
    journal.close();
    return data;
  }

  test('says what was taken, why from that membership, and that it waits', async () => {
    const charges = [...newVisit().charges, { membershipId: 'card', charge: 1, entitlement: 0 }];
    const activation = { startsOn: '2026-06-15', endsOn: '2026-07-14' };
    expect(await show(1, journalOf(grant({ charges, activation })))).toEqual([
      'visit 1: waits for the passage',
      '  tap: 2026-06-15T06:00:00.000Z at main-in',
      '  member: m1',
      '  took: 1 of membership p1',
      '  took: 1 of membership card',
      '  activated: 2026-06-15 to 2026-07-14',
      '  answered: OK (journal number 1)',
      '  Chosen: no other is good here now.',
    ]);
  });

  test('says who let somebody in, and that nothing was taken', async () => {
    const lines = await show(1, journalOf(override({ state: 'committed' })));
    expect(lines).toContain('  took: nothing');
    expect(lines.at(-1)).toBe('  let in by Ewa: forgot the card (journal number 1)');
  });

  test('says why a visit was given back, unless a late arm took it after all', async () => {
    expect((await show(1, journalOf(grant(), notPassed(1)))).at(-1)).toBe('  given back: timed_out (journal number 2)');
    const late = await show(1, journalOf(grant(), notPassed(1), passed(1, 'late_arm')));
    expect(late[0]).toBe('visit 1: recorded');
    expect(late.join()).not.toContain('given back');
  });

  test('ends with 1 when there is no such visit', async () => {
    expect(await runGatehouse(['visit', 'show', '3', '--data', journalOf(grant())])).toEqual({
      exitCode: 1,
      out: [],
      err: ['gatehouse: there is no visit 3'],
    });
  });
});
