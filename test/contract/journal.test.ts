import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openJournal } from '../../src/adapters/store/journal-store.ts';
import { chainFault } from '../../src/domain/journal/chain.ts';
import type { JournalEvent } from '../../src/domain/journal/entry.ts';
import type { Visit } from '../../src/domain/journal/visit.ts';
import { highestTapCount, tapToken } from '../../src/domain/member/tap-count.ts';
import { hourMs, minuteMs } from '../../src/domain/schedule/instant.ts';
import { type Journal, recordsKeptMs, type TapRecord } from '../../src/ports/journal.ts';
import {
  emptyAccount,
  gates,
  happen,
  happening,
  insideBy,
  memberships,
  naivelyInside,
  tokens,
  zones,
} from '../kit/club-happenings.ts';
import { aTap } from '../kit/facts.ts';
import { fakeJournal } from '../kit/fake-journal.ts';
import {
  exit,
  grant,
  grantByCode,
  modeSet,
  moved,
  newVisit,
  notPassed,
  override,
  passed,
  peerVisit,
  refusal,
  takenOut,
} from '../kit/journal-events.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const now = Date.parse('2026-06-15T07:30:00+02:00');

function tapRecord(credential: string): TapRecord {
  return {
    facts: aTap([], { read: { kind: 'rfid', value: credential } }),
    explanation: { tap: [], memberships: [], choice: [] },
  };
}

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
    expect(journal.presence('club').count(0)).toBe(0);
    expect(journal.presence('club').of('member:m1')).toBeNull();
    expect(journal.isTokenUsed('c7', '1')).toBe(false);
    expect(journal.highestTapCount('c7')).toBeNull();
    expect(journal.recordOf(1)).toBeNull();
    expect([...journal.records(0, now)]).toEqual([]);
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
      moved(1, now + 1),
      takenOut('member:m1'),
    ];
    const written = events.map((event, place) => journal.append(now + place, event));
    expect(written.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(written.map(({ event }) => event)).toEqual(events);
    expect(written.map(({ at }) => at)).toEqual(events.map((_, place) => now + place));
    expect(written.map(({ gateway }) => gateway)).toEqual(events.map(() => 'box-1'));
    expect(written.map((entry, place) => chainFault(entry, written[place - 1] ?? null))).toEqual(events.map(() => null));
    expect(journal.after(0, 100)).toEqual(written);
    expect(journal.after(2, 3)).toEqual(written.slice(2, 5));
    expect(journal.after(9, 3)).toEqual([]);
    expect(journal.entry(4)).toEqual(written[3]);
    expect(journal.newest()).toEqual(written[8]);
  });

  test('an entry says whether the clock was trusted, and it is, unless somebody says otherwise', () => {
    const journal = open();
    journal.append(now, refusal());
    journal.append(0, refusal(), false);
    journal.append(now, refusal(), true);
    expect(journal.after(0, 3).map(({ clockTrusted }) => clockTrusted)).toEqual([true, false, true]);
    expect(journal.verify()).toEqual({ entries: 3, faults: [] });
  });

  test('grants, overrides and moves take visit numbers, nothing else does', () => {
    const journal = open();
    const settled = [grant(), passed(1), refusal(), override(), notPassed(2), passed(null)];
    const written = [...settled, modeSet('free'), moved(1, now), takenOut(null), grant()].map((event) =>
      journal.append(now, event),
    );
    expect(written.map(({ visitNumber }) => visitNumber)).toEqual([1, null, null, 2, null, null, null, 3, null, 4]);
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
    journal.append(now, grant({ activation, endsFreeze: 'f1', bookingId: 'b1' }));
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
        bookingId: 'b1',
        prerequisite: false,
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
    const activation = { startsOn: '2026-06-15', endsOn: null };
    journal.append(now, grant({ charges, activation, endsFreeze: 'f1', bookingId: 'b1' }));
    const held = journal.charges(['card', 'p1']);
    expect(held.get('p1')).toMatchObject([
      { visit: 1, entitlement: 0, activation, endsFreeze: 'f1', bookingId: 'b1', prerequisite: false },
    ]);
    const beside = { visit: 1, entitlement: null, charge: 1, activation: null, endsFreeze: null, bookingId: null };
    expect(held.get('card')).toMatchObject([{ ...beside, prerequisite: true }]);
  });

  test('a card that was found by its printed number stays known by its whole one', () => {
    const journal = open();
    expect(journal.boundCards(['c1', 'c2'])).toEqual(new Map());
    const card = { printed: '126,58404', full: '55007EE424' };
    journal.bindCard('c1', card);
    journal.bindCard('c2', { printed: '111,27706', full: '01026F6C3A' });
    expect(journal.boundCards(['c1', 'c3'])).toEqual(new Map([['c1', card]]));
    const another = { printed: '009,22847', full: '170009593F' };
    journal.bindCard('c1', another);
    expect(journal.boundCards(['c1'])).toEqual(new Map([['c1', another]]));
    expect(journal.newest()).toBeNull();
  });

  test('what a peer charged counts beside our own, in the order of the taps', () => {
    const journal = open();
    journal.append(now, grant({ state: 'committed' }));
    journal.append(now + 2 * minuteMs, grant({ state: 'committed' }));
    journal.hearPeer('box-2', [peerVisit({ number: 9, at: now + minuteMs }), peerVisit({ number: 4, at: now, serviceId: null })]);
    journal.hearPeer('box-0', [peerVisit({ number: 7, at: now, charge: 2, memberId: null })]);
    const charges = journal.charges(['p1', 'p2']);
    expect(charges.get('p1')?.map(({ gateway, visit }) => `${gateway} ${visit}`)).toEqual([
      'box-0 7',
      'box-1 1',
      'box-2 4',
      'box-2 9',
      'box-1 2',
    ]);
    expect(charges.get('p1')?.[0]).toEqual({
      gateway: 'box-0',
      visit: 7,
      memberId: null,
      branchId: 'center',
      at: now,
      serviceId: 'gym',
      entitlement: null,
      charge: 2,
      bookingId: null,
      prerequisite: false,
      state: 'committed',
      activation: null,
      endsFreeze: null,
    });
    expect(charges.get('p2')).toEqual([]);
  });

  test('what a peer says twice counts once, and of one visit each membership that it charged', () => {
    const journal = open();
    const card = peerVisit({ number: 4, at: now, membershipId: 'card' });
    journal.hearPeer('box-2', [peerVisit({ number: 4, at: now }), card]);
    journal.hearPeer('box-2', [card, peerVisit({ number: 4, at: now + 1, charge: 5 })]);
    journal.hearPeer('box-3', [peerVisit({ number: 4, at: now })]);
    const [pass, held] = ['p1', 'card'].map((id) => journal.charges(['p1', 'card']).get(id));
    expect(pass?.map(({ gateway, at, charge }) => [gateway, at, charge])).toEqual([
      ['box-2', now, 1],
      ['box-3', now, 1],
    ]);
    expect(held).toMatchObject([{ gateway: 'box-2', visit: 4 }]);
  });

  test('what comes back to a box as its own charges nothing', () => {
    const journal = open();
    journal.hearPeer('box-1', [peerVisit({ number: 4, at: now })]);
    journal.hearPeer('box-2', []);
    expect(journal.charges(['p1']).get('p1')).toEqual([]);
  });

  test('a charge that is moved leaves the first membership, and stands on the other at the instant of the tap', () => {
    const journal = open();
    journal.append(now, grant({ bookingId: 'b1' }));
    journal.append(now, passed(1));
    journal.append(now + minuteMs, grant({ memberId: 'm2', charges: [{ membershipId: 'p2', charge: 1, entitlement: 0 }] }));
    journal.append(now + hourMs, moved(1, now, { bookingId: 'b1' }));
    const charges = journal.charges(['p1', 'p2']);
    expect(charges.get('p1')).toEqual([]);
    expect(charges.get('p2')?.map(({ visit, at, state }) => [visit, at, state])).toEqual([
      [3, now, 'committed'],
      [2, now + minuteMs, 'reserved'],
    ]);
    expect(journal.visit(1)?.state).toBe('released');
    expect(journal.visit(3)).toMatchObject({ entry: 4, at: now, state: 'committed', bookingId: 'b1', memberId: 'm1' });
    expect(journal.newestVisit('main-in')?.number).toBe(3);
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
    ['a visit that waits for its passage is not moved', [grant()], moved(1, now)],
    ['a visit that was given back is not moved', [grant(), notPassed(1)], moved(1, now)],
    ['a visit that was moved is not moved again', [grant(), passed(1), moved(1, now)], moved(1, now)],
  ])('%s: the journal refuses and writes nothing', (_, before, wrong) => {
    const journal = open();
    for (const event of before) journal.append(now, event);
    const [newest, visit, entered] = [journal.newest(), journal.visit(1), journal.presence('club').of('member:m1')];
    expect(() => journal.append(now, wrong)).toThrow(/visit \d (was|still) /);
    expect(journal.newest()).toEqual(newest);
    expect(journal.presence('club').of('member:m1')).toEqual(entered);
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

  describe('inside a zone', () => {
    const inside = (journal: Journal, person = 'member:m1', zone = 'club') => journal.presence(zone).of(person);

    test('is who came in, from the tap on, until they go out', () => {
      const journal = open();
      journal.append(now, grant());
      expect(inside(journal)).toEqual({ visit: 1, since: now });
      journal.append(now, passed(1));
      expect(inside(journal)).toEqual({ visit: 1, since: now });
      journal.append(now + hourMs, exit({ state: 'reserved' }));
      expect(inside(journal)).toEqual({ visit: 1, since: now });
      journal.append(now + hourMs, passed(2, 'arm_turned', 'main-out'));
      expect(inside(journal)).toBeNull();
    });

    test('is not who tapped and did not go through, unless the arm turned late', () => {
      const journal = open();
      journal.append(now, grant());
      journal.append(now, notPassed(1));
      expect(inside(journal)).toBeNull();
      journal.append(now, passed(1, 'late_arm'));
      expect(inside(journal)).toEqual({ visit: 1, since: now });
    });

    test('a second way in that comes to nothing leaves the first', () => {
      const journal = open();
      journal.append(now, grant({ state: 'committed' }));
      journal.append(now + hourMs, grant());
      expect(inside(journal)).toEqual({ visit: 2, since: now + hourMs });
      journal.append(now + hourMs, notPassed(2));
      expect(inside(journal)).toEqual({ visit: 1, since: now });
    });

    test('somebody who goes out has left by every way they came in', () => {
      const journal = open();
      journal.append(now, grant({ state: 'committed' }));
      journal.append(now, grant({ state: 'committed' }));
      journal.append(now, exit());
      expect(inside(journal)).toBeNull();
      expect(journal.presence('club').count(0)).toBe(0);
    });

    test('one zone is not left by entering another, nor by going out of it', () => {
      const journal = open();
      journal.append(now, grant({ state: 'committed' }));
      journal.append(now, grant({ gate: 'pool', zone: 'pool', state: 'committed' }));
      journal.append(now, exit({ gate: 'pool-out', zone: 'pool' }));
      expect(inside(journal)).toEqual({ visit: 1, since: now });
      expect(inside(journal, 'member:m1', 'pool')).toBeNull();
    });

    test('people are counted once each, from an instant on; staff and strangers are not', () => {
      const journal = open();
      journal.append(now, grant({ state: 'committed' }));
      journal.append(now + 1, grant({ memberId: 'm2' }));
      journal.append(now + 2, grant({ memberId: 'm2' }));
      journal.append(now + 3, override({ memberId: null }));
      journal.append(now + 4, grant({ memberId: null, person: 'membership:p7', state: 'committed' }));
      expect([now, now + 1, now + 2, now + 3, now + 5].map((since) => journal.presence('club').count(since))).toEqual([
        3, 2, 2, 1, 0,
      ]);
      expect(inside(journal, 'membership:p7')).toEqual({ visit: 5, since: now + 4 });
    });

    test('staff take out one person, or everybody; who comes in afterwards is inside', () => {
      const journal = open();
      const came = (memberId: string) => journal.append(now, grant({ memberId, state: 'committed' }));
      for (const memberId of ['m1', 'm2', 'm3']) came(memberId);
      journal.append(now, takenOut('member:m1', 'pool'));
      journal.append(now, takenOut('member:m2'));
      expect(['m1', 'm2', 'm3'].map((id) => inside(journal, `member:${id}`)?.visit)).toEqual([1, undefined, 3]);
      journal.append(now, takenOut(null));
      expect(journal.presence('club').count(0)).toBe(0);
      came('m2');
      expect(inside(journal, 'member:m2')?.visit).toBe(4);
    });

    test('who was taken out while the arm still waited for them is inside once it turns', () => {
      const journal = open();
      journal.append(now, grant());
      journal.append(now, takenOut(null));
      expect(inside(journal)).toBeNull();
      journal.append(now, passed(1));
      expect(inside(journal)).toEqual({ visit: 1, since: now });
    });

    test('moving a charge moves nobody: its new number leads to the same way in', () => {
      const journal = open();
      journal.append(now, grant({ state: 'committed' }));
      journal.append(now + hourMs, grant({ memberId: 'm2', state: 'committed' }));
      journal.append(now + hourMs, exit({ memberId: 'm2' }));
      journal.append(now + 2 * hourMs, moved(1, now));
      journal.append(now + 2 * hourMs, moved(2, now + hourMs, { memberId: 'm2' }));
      expect(inside(journal)).toEqual({ visit: 4, since: now });
      expect(inside(journal, 'member:m2')).toBeNull();
      journal.append(now + 2 * hourMs, exit());
      expect(inside(journal)).toBeNull();
    });

    test('nobody is after two days', () => {
      const journal = open();
      journal.append(now, grant({ state: 'committed' }));
      journal.append(now + 48 * hourMs, refusal());
      expect(inside(journal)).toEqual({ visit: 1, since: now });
      journal.append(now + 52 * hourMs, refusal());
      expect(inside(journal)).toBeNull();
    });
  });

  test('a one-time code that a tap used up stays used, for its own credential', () => {
    const journal = open();
    journal.append(now, grantByCode('58347119'));
    journal.append(now, notPassed(1));
    journal.append(now + recordsKeptMs, refusal());
    expect(journal.isTokenUsed('c7', '58347119')).toBe(true);
    expect(journal.isTokenUsed('c7', '5834711')).toBe(false);
    expect(journal.isTokenUsed('c8', '58347119')).toBe(false);
    expect(journal.verify().faults).toEqual([]);
  });

  test('of a card that counts its taps the highest count stays, for its own credential', () => {
    const journal = open();
    for (const count of [9, 10, 0, 16_777_215, 99]) journal.append(now, grantByCode(tapToken(count), `card-${count > 99}`));
    journal.append(now, grantByCode('99999999', 'card-false'));
    journal.append(now, notPassed(1));
    expect(journal.highestTapCount('card-false')).toBe(99);
    expect(journal.highestTapCount('card-true')).toBe(16_777_215);
    expect(journal.highestTapCount('card')).toBeNull();
    expect(journal.verify().faults).toEqual([]);
  });

  test('the highest count is the highest of those that were accepted, in whatever order they came', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: highestTapCount }), { minLength: 1, maxLength: 20 }), (counts) => {
        const journal = open();
        for (const count of counts) journal.append(now, grantByCode(tapToken(count)));
        expect(journal.highestTapCount('c7')).toBe(Math.max(...counts));
      }),
      { numRuns: 20 },
    );
  });

  describe('what a tap was decided from', () => {
    test('is kept beside its entry', () => {
      const journal = open();
      const [first, second] = [journal.append(now, grant()), journal.append(now, refusal())];
      journal.record(second.number, tapRecord('BB'));
      journal.record(first.number, tapRecord('AA'));
      expect(journal.recordOf(1)).toEqual(tapRecord('AA'));
      expect(journal.recordOf(2)).toEqual(tapRecord('BB'));
      expect(journal.recordOf(3)).toBeNull();
      expect([...journal.records(now, now + 1)]).toEqual([
        { entry: first, record: tapRecord('AA') },
        { entry: second, record: tapRecord('BB') },
      ]);
    });

    test('is told for a period, its end exclusive, oldest tap first, without the entries that kept nothing', () => {
      const journal = open();
      // The clock is set back in between.
      for (const minute of [0, 10, 20, 5, 30]) {
        const { number } = journal.append(now + minute * minuteMs, refusal());
        if (minute !== 10) journal.record(number, tapRecord(`A${minute}`));
      }
      const told = (from: number, until: number) =>
        [...journal.records(now + from * minuteMs, now + until * minuteMs)].map(({ record }) => record.facts.read.value);
      expect(told(0, 31)).toEqual(['A0', 'A5', 'A20', 'A30']);
      expect(told(5, 30)).toEqual(['A5', 'A20']);
      expect(told(31, 60)).toEqual([]);
    });

    test('is told to the last of many', () => {
      const journal = open();
      for (let tap = 0; tap < 250; tap += 1) {
        // Several at one instant, as at several gates.
        const { number } = journal.append(now + Math.floor(tap / 60), refusal());
        journal.record(number, tapRecord(`A${tap}`));
      }
      const told = [...journal.records(now, now + hourMs)].map(({ entry }) => entry.number);
      expect(told).toEqual(Array.from({ length: 250 }, (_, index) => index + 1));
    });

    test('is dropped when it is older than this and the last month, but not by a clock that is not trusted', () => {
      const journal = open();
      const tap = (at: number, clockTrusted = true) => {
        const { number } = journal.append(at, refusal(), clockTrusted);
        journal.record(number, tapRecord(`A${number}`));
      };
      tap(now);
      tap(now + 1);
      tap(now + 2 * recordsKeptMs, false);
      expect([...journal.records(now, now + hourMs)]).toHaveLength(2);
      tap(now + recordsKeptMs + 1);
      expect([...journal.records(now, now + hourMs)].map(({ entry }) => entry.number)).toEqual([2]);
      expect(journal.recordOf(1)).toBeNull();
      expect(journal.entry(1)).not.toBeNull();
    });

    test('may be asked for while more is added', () => {
      const journal = open();
      const tap = (at: number) => journal.record(journal.append(at, refusal()).number, tapRecord('A'));
      tap(now);
      tap(now + 1);
      const records = journal.records(now, now + hourMs)[Symbol.iterator]();
      expect(records.next().value.entry.number).toBe(1);
      tap(now + 2);
      expect(records.next().value.entry.number).toBe(2);
    });
  });

  test('verify says how far it is', () => {
    const journal = open();
    for (let count = 0; count < 3; count += 1) journal.append(now, refusal());
    const calls: [number, number][] = [];
    journal.verify((number, of) => calls.push([number, of]));
    expect(calls.at(-1)).toEqual([3, 3]);
  });

  test('whatever happens at the gates: no gaps, a chain that holds, and everything that can be asked is as the entries say', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 25 }), (happenings) => {
        const journal = open();
        const club = emptyAccount(now);
        for (const what of happenings) happen(journal, what, club);
        const entries = journal.after(0, 100);
        expect(entries).toEqual(club.entries);
        expect(entries.map(({ number }) => number)).toEqual(happenings.map((_, place) => place + 1));
        expect(entries.map(({ clockTrusted }) => clockTrusted)).toEqual(happenings.map(({ clockTrusted }) => clockTrusted));
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
          const expected = standing
            .filter((visit) => visit.charges.some(({ membershipId }) => membershipId === id))
            .sort((a, b) => a.at - b.at || a.number - b.number);
          expect(charges.map(({ visit, state, at }) => [visit, state, at])).toEqual(
            expected.map(({ number, state, at }) => [number, state, at]),
          );
        }
        for (const zone of zones) {
          const inside = naivelyInside(entries, zone);
          expect(insideBy(journal, zone)).toEqual(inside);
          for (const { at: since } of entries) {
            const came = [...inside.values()].filter((entered) => entered.since >= since);
            expect(journal.presence(zone).count(since)).toBe(came.length);
          }
        }
        expect(tokens.filter((token) => journal.isTokenUsed('c7', token))).toEqual(
          tokens.filter((token) => club.used.has(token)),
        );
        expect(journal.modes()).toEqual(club.modes);
        expect(journal.verify()).toEqual({ entries: happenings.length, faults: [] });
      }),
      { numRuns: 30 },
    );
  });
});
