import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openJournal } from '../../src/adapters/store/journal-store.ts';
import type { GateMode } from '../../src/domain/gate/mode.ts';
import { gateModes } from '../../src/domain/gate/mode.ts';
import { chainFault } from '../../src/domain/journal/chain.ts';
import type { JournalEvent } from '../../src/domain/journal/entry.ts';
import type { Visit } from '../../src/domain/journal/visit.ts';
import type { Journal } from '../../src/ports/journal.ts';
import { fakeJournal } from '../kit/fake-journal.ts';
import { grant, modeSet, newVisit, notPassed, override, passed, refusal } from '../kit/journal-events.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const now = Date.parse('2026-06-15T07:30:00+02:00');

const subjects: Record<string, () => Journal> = {
  'the journal on disk': () => {
    const folder = temporaryFolder();
    const journal = openJournal(join(folder, 'gate.db'), { gateway: 'box-1' });
    onTestFinished(() => journal.close());
    return journal;
  },
  'the fake journal': () => fakeJournal('box-1'),
};

describe.each(Object.entries(subjects))('%s', (_, open) => {
  test('an empty journal has nothing to tell, and is whole', () => {
    const journal = open();
    expect(journal.newest()).toBeNull();
    expect(journal.entry(1)).toBeNull();
    expect(journal.after(0, 10)).toEqual([]);
    expect(journal.charges(['p1'])).toEqual(new Map([['p1', []]]));
    expect(journal.openReservations()).toEqual([]);
    expect(journal.visit(1)).toBeNull();
    expect(journal.newestVisit('main-in')).toBeNull();
    expect(journal.modes()).toEqual(new Map());
    expect(journal.verify()).toEqual({ entries: 0, faults: [] });
  });

  test('every kind of event comes back as it was written, numbered and chained', () => {
    const journal = open();
    const events: JournalEvent[] = [
      { ...refusal('UNKNOWN_CREDENTIAL'), read: 'rfid:042B73321A3180 "тест" \u2028' },
      grant({ activation: { startsOn: '2026-06-15', endsOn: null }, endsFreeze: 'f1' }),
      passed(1),
      override(),
      notPassed(2),
      passed(null),
      modeSet('closed'),
    ];
    const written = events.map((event, place) => journal.append(now + place, event));
    expect(written.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(written.map(({ event }) => event)).toEqual(events);
    expect(written.map(({ at }) => at)).toEqual(events.map((_, place) => now + place));
    expect(written.map(({ gateway }) => gateway)).toEqual(events.map(() => 'box-1'));
    expect(written.map((entry, place) => chainFault(entry, written[place - 1] ?? null))).toEqual(events.map(() => null));
    expect(journal.after(0, 100)).toEqual(written);
    expect(journal.after(2, 3)).toEqual(written.slice(2, 5));
    expect(journal.after(7, 3)).toEqual([]);
    expect(journal.entry(4)).toEqual(written[3]);
    expect(journal.newest()).toEqual(written[6]);
  });

  test('grants and overrides take visit numbers, nothing else does', () => {
    const journal = open();
    const events = [grant(), passed(1), refusal(), override(), notPassed(2), passed(null), modeSet('free'), grant()];
    const written = events.map((event) => journal.append(now, event));
    expect(written.map(({ visitNumber }) => visitNumber)).toEqual([1, null, null, 2, null, null, null, 3]);
  });

  test('a visit is reserved until the arm turns, and then committed', () => {
    const journal = open();
    journal.append(now, grant());
    const visit: Visit = { number: 1, entry: 1, at: now, ...newVisit() };
    expect(journal.openReservations()).toEqual([visit]);
    expect(journal.visit(1)).toEqual(visit);
    journal.append(now + 2000, passed(1));
    expect(journal.openReservations()).toEqual([]);
    expect(journal.visit(1)).toEqual({ ...visit, state: 'committed' });
  });

  test('where no passage is reported the visit is committed at once', () => {
    const journal = open();
    journal.append(now, grant({ state: 'committed' }));
    expect(journal.openReservations()).toEqual([]);
    expect(journal.visit(1)?.state).toBe('committed');
  });

  test('a charge counts from the tap on, with all that the rules ask of it', () => {
    const journal = open();
    const activation = { startsOn: '2026-06-15', endsOn: '2026-07-14' };
    journal.append(now, grant({ activation, endsFreeze: 'f1' }));
    expect(journal.charges(['p1', 'p2']).get('p1')).toEqual([
      {
        gateway: 'box-1',
        visit: 1,
        memberId: 'm1',
        branchId: 'center',
        at: now,
        serviceId: 'gym',
        entitlement: 0,
        charge: 1,
        state: 'reserved',
        activation,
        endsFreeze: 'f1',
      },
    ]);
    journal.append(now, passed(1));
    expect(
      journal
        .charges(['p1'])
        .get('p1')
        ?.map(({ state }) => state),
    ).toEqual(['committed']);
  });

  test('a release gives the visit back and leaves no charge and no activation', () => {
    const journal = open();
    journal.append(now, grant({ activation: { startsOn: '2026-06-15', endsOn: null } }));
    journal.append(now, grant({ memberId: 'm2' }));
    journal.append(now, notPassed(1));
    expect(
      journal
        .charges(['p1'])
        .get('p1')
        ?.map(({ visit, memberId }) => [visit, memberId]),
    ).toEqual([[2, 'm2']]);
    expect(journal.visit(1)?.state).toBe('released');
  });

  test('a club card is charged beside the membership, and only the membership is activated', () => {
    const journal = open();
    const charges = [
      { membershipId: 'p1', charge: 1, entitlement: 0 },
      { membershipId: 'card', charge: 1, entitlement: null },
    ];
    journal.append(now, grant({ charges, activation: { startsOn: '2026-06-15', endsOn: null }, endsFreeze: 'f1' }));
    const held = journal.charges(['card', 'p1']);
    expect(held.get('p1')).toMatchObject([
      { visit: 1, entitlement: 0, activation: { startsOn: '2026-06-15' }, endsFreeze: 'f1' },
    ]);
    expect(held.get('card')).toMatchObject([{ visit: 1, entitlement: null, charge: 1, activation: null, endsFreeze: null }]);
  });

  test('an arm that turns late takes back the release', () => {
    const journal = open();
    journal.append(now, grant());
    journal.append(now + 5000, notPassed(1));
    journal.append(now + 6000, passed(1, 'late_arm'));
    expect(journal.visit(1)?.state).toBe('committed');
    expect(journal.charges(['p1']).get('p1')).toHaveLength(1);
  });

  test.each<[string, JournalEvent[], JournalEvent]>([
    ['a committed visit is not committed again', [grant(), passed(1)], passed(1)],
    ['a committed visit is not released', [grant(), passed(1)], notPassed(1)],
    ['a released visit is not released again', [grant(), notPassed(1)], notPassed(1, 'restart')],
    ['only a late arm commits a released visit', [grant(), notPassed(1)], passed(1, 'arm_turned')],
    ['a late arm does not commit twice', [grant(), notPassed(1), passed(1, 'late_arm')], passed(1, 'late_arm')],
    ['a visit that never was is not settled', [grant()], passed(2)],
  ])('%s: the journal refuses and writes nothing', (_, before, wrong) => {
    const journal = open();
    for (const event of before) journal.append(now, event);
    const [newest, visit] = [journal.newest(), journal.visit(1)];
    expect(() => journal.append(now, wrong)).toThrow(/visit \d was /);
    expect(journal.newest()).toEqual(newest);
    expect(journal.visit(1)).toEqual(visit);
    expect(journal.append(now, refusal()).number).toBe(before.length + 1);
    expect(journal.verify().faults).toEqual([]);
  });

  test('each gate knows its own newest visit', () => {
    const journal = open();
    journal.append(now, grant());
    journal.append(now, grant({ gate: 'pool' }));
    journal.append(now, grant({ gate: 'pool', memberId: 'm2' }));
    journal.append(now, notPassed(3));
    expect(journal.newestVisit('main-in')?.number).toBe(1);
    expect(journal.newestVisit('pool')).toMatchObject({ number: 3, memberId: 'm2', state: 'released' });
    expect(journal.newestVisit('sauna')).toBeNull();
  });

  test('each gate keeps the last mode that was set, and the one to return to', () => {
    const journal = open();
    journal.append(now, modeSet('closed'));
    journal.append(now, modeSet('emergency', 'main-in', 'closed', [{ gate: 'pool', mode: 'emergency', before: 'controlled' }]));
    expect(journal.modes()).toEqual(
      new Map([
        ['main-in', { mode: 'emergency', before: 'closed' }],
        ['pool', { mode: 'emergency', before: 'controlled' }],
      ]),
    );
  });

  test('verify says how far it is', () => {
    const journal = open();
    for (let count = 0; count < 3; count += 1) journal.append(now, refusal());
    const calls: [number, number][] = [];
    journal.verify((number, of) => calls.push([number, of]));
    expect(calls.at(-1)).toEqual([3, 3]);
  });

  test('whatever happens at the gates: no gaps, a chain that holds, and visits, charges and modes as the entries say', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 25 }), (happenings) => {
        const journal = open();
        const club = emptyClub();
        for (const [place, what] of happenings.entries()) journal.append(now + place, eventOf(what, club, now + place));
        const entries = journal.after(0, 100);
        expect(entries.map(({ number }) => number)).toEqual(happenings.map((_, place) => place + 1));
        expect(entries.map((entry, place) => chainFault(entry, entries[place - 1] ?? null))).toEqual(entries.map(() => null));
        const numbers = entries.flatMap(({ visitNumber }) => visitNumber ?? []);
        expect(numbers).toEqual(club.visits.map((_, place) => place + 1));
        expect(numbers.map((number) => journal.visit(number))).toEqual(club.visits);
        expect(journal.openReservations()).toEqual(club.visits.filter(({ state }) => state === 'reserved'));
        for (const gate of gates) {
          expect(journal.newestVisit(gate)).toEqual(club.visits.filter((visit) => visit.gate === gate).at(-1) ?? null);
        }
        for (const [id, charges] of journal.charges(memberships)) {
          const standing = club.visits.filter(({ state }) => state !== 'released');
          const expected = standing.filter((visit) => visit.charges.some(({ membershipId }) => membershipId === id));
          expect(charges.map(({ visit, state, at }) => [visit, state, at])).toEqual(
            expected.map(({ number, state, at }) => [number, state, at]),
          );
        }
        expect(journal.modes()).toEqual(club.modes);
        expect(journal.verify()).toEqual({ entries: happenings.length, faults: [] });
      }),
      { numRuns: 25 },
    );
  });
});

const gates = ['main-in', 'pool'];
const memberships = ['p1', 'p2', 'card'];

/** What happens next, said without knowing what happened before: `which` picks among the visits that it can concern. */
const happening = fc.record({
  kind: fc.constantFrom('grant', 'grant', 'grant', 'refusal', 'override', 'passage', 'release', 'late arm', 'mode'),
  which: fc.nat(),
  gate: fc.constantFrom(...gates),
  charges: fc.subarray(memberships),
  mode: fc.constantFrom<GateMode>(...gateModes),
});

/** An own, simple account of what the journal should say. */
interface Club {
  visits: Visit[];
  modes: Map<string, { mode: GateMode; before: GateMode }>;
}

function emptyClub(): Club {
  return { visits: [], modes: new Map() };
}

function eventOf(what: typeof happening extends fc.Arbitrary<infer T> ? T : never, club: Club, at: number): JournalEvent {
  const { kind, which, gate, mode } = what;
  const charges = what.charges.map((membershipId) => ({ membershipId, charge: 1, entitlement: 0 }));
  const pick = (state: Visit['state']) => {
    const candidates = club.visits.filter((visit) => visit.state === state);
    return candidates[which % candidates.length];
  };
  const settle = (from: Visit['state'], to: Visit['state'], event: (number: number) => JournalEvent) => {
    const visit = pick(from);
    if (!visit) return refusal('FROZEN', gate);
    visit.state = to;
    return event(visit.number);
  };
  switch (kind) {
    case 'grant':
    case 'override': {
      const state = which % 3 === 0 ? 'committed' : 'reserved';
      const event = kind === 'grant' ? grant({ gate, charges, state }) : override({ gate, charges, state });
      if (event.visit) club.visits.push({ number: club.visits.length + 1, entry: at - now + 1, at, ...event.visit });
      return event;
    }
    case 'passage':
      return settle('reserved', 'committed', (number) => passed(number, 'arm_turned', gate));
    case 'release':
      return settle('reserved', 'released', (number) => notPassed(number, 'timed_out', gate));
    case 'late arm':
      return settle('released', 'committed', (number) => passed(number, 'late_arm', gate));
    case 'mode': {
      const also = gates
        .slice(0, which % 3)
        .map((id) => ({ gate: id, mode, before: gate === id ? 'controlled' : 'free' }) as const);
      const event = modeSet(mode, gate, 'closed', also);
      for (const change of event.changes) club.modes.set(change.gate, { mode, before: change.before });
      return event;
    }
    default:
      return refusal('FROZEN', gate);
  }
}
