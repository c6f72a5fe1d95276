import { describe, expect, it } from 'vitest';
import { checkConfigValue } from '../src/config/check-config.ts';
import type { Config } from '../src/config/config.ts';
import type { Step } from '../src/config/scenario.ts';
import { parseRead } from '../src/domain/member/credential.ts';
import { loadProfiles } from '../src/load-profiles.ts';
import { openStage } from '../src/stage.ts';
import { type DifferentTap, whatIf } from '../src/what-if.ts';
import { temporaryFolder } from './kit/temporary-folder.ts';

const profiles = await loadProfiles();

function configOf(value: object): Config {
  const locate = () => ({ line: 1, column: 1 });
  const full = { branch: 'center', gates: { main: {} }, ...value };
  const answer = checkConfigValue(full, { profiles, locate, folder: '/', wires: 'simulated' });
  if ('problems' in answer) throw new Error(answer.problems.map(({ problem }) => problem).join('; '));
  return answer.config;
}

const membership = { state: 'active', startsOn: '2026-06-01', endsOn: '2026-06-30', typeId: 'eight' };
const club = {
  format: 'gatehouse-snapshot/1',
  branches: [{ id: 'center', name: 'Center', timeZone: 'Europe/Warsaw' }],
  members: [
    { id: 'm1', name: 'Anna K.', debt: null },
    { id: 'm2', name: 'Piotr W.', debt: { amount: '80.00', currency: 'PLN', since: '2026-06-01' } },
  ],
  credentials: [
    { id: 'c1', kind: 'rfid', value: 'A1', memberId: 'm1', status: 'active' },
    { id: 'c2', kind: 'rfid', value: 'A2', memberId: 'm2', status: 'active' },
  ],
  membershipTypes: [{ id: 'eight', title: 'Eight', terms: { entitlements: [{ scope: { any: true } }] } }],
  memberships: [
    { ...membership, id: 'p1', memberIds: ['m1'], visits: { left: 8 } },
    { ...membership, id: 'p2', memberIds: ['m2'], visits: { left: 8 } },
  ],
};

/** A Monday at the club: Anna at 8 and again at 12, Piotr at 9, a stranger at 10. */
async function monday(): Promise<string> {
  const data = temporaryFolder();
  const config = configOf({});
  const settings = { ...config, gates: config.gates.map((gate) => gate.settings) };
  const stage = openStage(data, settings, Date.parse('2026-06-15T07:00:00+02:00'));
  expect(stage.load(Buffer.from(JSON.stringify(club))).problems).toEqual([]);
  const taps = [
    ['08:00', 'rfid:A1'],
    ['09:00', 'rfid:A2'],
    ['10:00', 'rfid:FF'],
    ['12:00', 'rfid:A1'],
  ];
  for (const [index, [time, card = '']] of taps.entries()) {
    const read = parseRead(card);
    if (read === null) throw new Error(card);
    const does: Step['does'] = { kind: 'tap', gate: 'main', read, direction: null };
    await stage.play({ when: { at: Date.parse(`2026-06-15T${time}:00+02:00`) }, does, expect: null, line: 1 }, index + 1);
  }
  await stage.close();
  return data;
}

async function underSettings(value: object, from = '2026-06-15T00:00:00+02:00', until = '2026-06-16T00:00:00+02:00') {
  const different: DifferentTap[] = [];
  const period = { from: Date.parse(from), until: Date.parse(until) };
  const request = { dataFolder: await monday(), ...period, config: configOf(value), language: 'en' as const };
  const summary = whatIf(request, (tap) => different.push(tap));
  return { summary, different };
}

describe('last Monday under other settings', () => {
  it('nothing changes under the same settings', async () => {
    const { summary, different } = await underSettings({});
    expect(different).toEqual([]);
    expect(summary).toEqual({ taps: 4, different: 0, withoutGate: 0, withoutRecord: 0 });
  });

  it('debtors who are refused are named, with the reason before and after', async () => {
    const { summary, different } = await underSettings({ gates: { main: { debt: { policy: 'deny' } } } });
    expect(summary).toMatchObject({ taps: 4, different: 1 });
    expect(different).toMatchObject([
      {
        entry: 2,
        at: Date.parse('2026-06-15T09:00:00+02:00'),
        gate: 'main',
        memberId: 'm2',
        name: 'Piotr W.',
        difference: 'refused',
        before: { outcome: 'granted', code: 'OK', membershipId: 'p2', charge: 1, warnings: ['WARN_DEBT'] },
        after: { outcome: 'denied', code: 'DEBT', membershipId: null, charge: 0, warnings: [] },
        reasonBefore: 'Passage allowed.',
        reasonAfter: expect.stringContaining('80'),
      },
    ]);
  });

  it('a second entry that would cost a visit is told, though nobody would be refused', async () => {
    const { different } = await underSettings({ gates: { main: { charge: 'per_entry' } } });
    expect(different).toMatchObject([
      { entry: 4, name: 'Anna K.', difference: 'charged', before: { charge: 0 }, after: { charge: 1 } },
    ]);
  });

  it('only the taps of the period are decided, its end left out', async () => {
    const nine = '2026-06-15T09:00:00+02:00';
    expect((await underSettings({}, '2026-06-15T08:00:00+02:00', nine)).summary.taps).toBe(1);
    expect((await underSettings({}, nine, '2026-06-15T12:00:00.001+02:00')).summary.taps).toBe(3);
  });

  it('taps at a gate that the other settings do not have are counted, not guessed', async () => {
    const { summary, different } = await underSettings({ gates: { side: {} } });
    expect(summary).toEqual({ taps: 4, different: 0, withoutGate: 4, withoutRecord: 0 });
    expect(different).toEqual([]);
  });
});
