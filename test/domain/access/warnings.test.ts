import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/domain/access/decide.ts';
import type { Rules } from '../../../src/domain/gate/gate-settings.ts';
import { hourMs, minuteMs } from '../../../src/domain/schedule/instant.ts';
import { atGate, ewasCard } from '../../kit/at-gate.ts';
import { aBooking, aCharge, aMembership, aTap, at, counted, held, rulesFor, warsaw } from '../../kit/facts.ts';

const now = at('2026-06-15T08:00:00+02:00');
const warns = (warnings: Partial<Rules['warnings']>) => ({ warnings: { lastVisits: 1, expiresWithinDays: 3, ...warnings } });

describe('the last visits (section 5)', () => {
  const told = (left: number, lastVisits = 1) => {
    const { warnings, params } = decide(aTap([aMembership({ visits: counted(left) })]), rulesFor({}, warns({ lastVisits })));
    return [...warnings, params['left']];
  };

  it('warn when fewer than the set number are left after the tap', () => {
    expect([told(1), told(2)]).toEqual([['WARN_LAST_VISIT', 0], [undefined]]);
    expect([told(1, 3), told(3, 3), told(4, 3)]).toEqual([['WARN_LAST_VISIT', 0], ['WARN_LAST_VISIT', 2], [undefined]]);
    expect(told(1, 0)).toEqual([undefined]);
  });

  it('count what several seats take', () => {
    const booking = aBooking({ seats: 3 }, { startsAt: now });
    const decision = decide(aTap([aMembership({ visits: counted(3) })], {}, { bookings: [booking] }), rulesFor());
    expect(decision).toMatchObject({ charge: 3, left: 0, warnings: ['WARN_LAST_VISIT'] });
  });

  it('do not warn of a membership that counts none', () => {
    expect(decide(aTap([aMembership()]), rulesFor({}, warns({ lastVisits: 99 }))).warnings).toEqual([]);
  });

  it('do not warn where the entry is free', () => {
    const paid = held(aMembership({ visits: counted(1) }), [aCharge()]);
    expect(decide(aTap([paid]), rulesFor())).toMatchObject({ code: 'OK_REENTRY', left: 0, warnings: [] });
    expect(decide(aTap([aMembership({ visits: counted(0) })]), rulesFor({ charge: 'never' })).warnings).toEqual([]);
  });

  it('do not warn of a refusal', () => {
    expect(decide(aTap([aMembership({ visits: counted(0) })]), rulesFor())).toMatchObject({ outcome: 'denied', warnings: [] });
  });
});

describe('a membership that ends soon (section 5)', () => {
  const told = (endsOn: string | null, expiresWithinDays = 3, facts: Parameters<typeof aTap>[1] = {}) => {
    const { warnings, params } = decide(aTap([aMembership({ endsOn })], facts), rulesFor({}, warns({ expiresWithinDays })));
    return [...warnings, params['endsOn']];
  };

  it('warns from the set number of days before its last day', () => {
    expect([told('2026-06-18'), told('2026-06-19')]).toEqual([['WARN_EXPIRES_SOON', '2026-06-18'], [undefined]]);
    expect([told('2026-06-15', 0), told('2026-06-16', 0)]).toEqual([['WARN_EXPIRES_SOON', '2026-06-15'], [undefined]]);
  });

  it('counts from the club date', () => {
    const branch = { ...warsaw, dayStartsAt: 240 };
    const four = at('2026-06-15T04:00+02:00');
    expect([four - 1, four].map((instant) => told('2026-06-18', 3, { now: instant, branch })[0])).toEqual([
      undefined,
      'WARN_EXPIRES_SOON',
    ]);
  });

  it('that has no end does not warn', () => {
    expect(told(null, 9999)).toEqual([undefined]);
  });

  it('that ends at an instant warns of the last day before it', () => {
    const midnight = aMembership({ endsOn: null, endsAt: at('2026-06-19T00:00+02:00') });
    expect(decide(aTap([midnight]), rulesFor())).toMatchObject({
      warnings: ['WARN_EXPIRES_SOON'],
      params: { endsOn: '2026-06-18' },
    });
    const later = aMembership({ endsOn: null, endsAt: at('2026-06-19T00:01+02:00') });
    expect(decide(aTap([later]), rulesFor()).warnings).toEqual([]);
  });

  it('that this very visit starts warns of the end it gives', () => {
    const day = aMembership({
      state: 'issued',
      startsOn: null,
      endsOn: null,
      terms: { activation: 'first_visit', validity: { length: 1, unit: 'day' } },
    });
    expect(decide(aTap([day]), rulesFor())).toMatchObject({ warnings: ['WARN_EXPIRES_SOON'], params: { endsOn: '2026-06-15' } });
  });

  it('warns of a free re-entry too, and beside the last visit', () => {
    const ending = aMembership({ endsOn: '2026-06-16', visits: counted(1) });
    expect(decide(aTap([held(ending, [aCharge()])]), rulesFor())).toMatchObject({
      code: 'OK_REENTRY',
      warnings: ['WARN_EXPIRES_SOON'],
    });
    const both = decide(aTap([ending]), rulesFor());
    expect([...both.warnings].sort()).toEqual(['WARN_EXPIRES_SOON', 'WARN_LAST_VISIT']);
    expect(both.params).toMatchObject({ left: 0, endsOn: '2026-06-16' });
  });

  it('is not told while nobody knows which day it is (rule 30); the last visit is', () => {
    const ending = aMembership({ endsOn: '2026-06-16', visits: counted(1) });
    const allow = rulesFor({}, { clock: { whenUntrusted: 'allow' } });
    expect(decide(aTap([ending], { clockTrusted: false }), allow)).toMatchObject({ code: 'OK', warnings: ['WARN_LAST_VISIT'] });
  });
});

describe('a visit that was too long (rule 28)', () => {
  const since = at('2026-06-15T08:00:00+02:00');
  const leave = (stayMs: number, maxStayMinutes: number | null) =>
    decide(
      aTap(
        [aMembership()],
        { now: since + stayMs, ...atGate({ direction: 'out' }) },
        { inside: { visit: 7, since, maxStayMinutes } },
      ),
      rulesFor(),
    );

  it('is marked for staff, from just past what the terms allow', () => {
    expect([leave(90 * minuteMs, 90), leave(90 * minuteMs + 1, 90)].map(({ warnings }) => warnings)).toEqual([
      [],
      ['WARN_OVERSTAY'],
    ]);
  });

  it('says how long it was and how long it might have been', () => {
    expect(leave(100 * minuteMs, 90)).toMatchObject({
      outcome: 'granted',
      code: 'OK',
      params: { stayMinutes: 100, maxStayMinutes: 90 },
    });
  });

  it('is as long as it likes where the terms do not say', () => {
    expect(leave(24 * hourMs, null)).toMatchObject({ warnings: [], closes: { stayMinutes: 1440 } });
    expect(leave(24 * hourMs, null).params).not.toHaveProperty('maxStayMinutes');
  });

  it('a bound of nought is a bound', () => {
    expect([leave(0, 0), leave(1, 0)].map(({ warnings }) => warnings)).toEqual([[], ['WARN_OVERSTAY']]);
  });

  it('is nothing where nobody came in', () => {
    const facts = aTap([aMembership()], atGate({ direction: 'out' }));
    expect(decide(facts, rulesFor())).toMatchObject({ warnings: [], closes: null });
  });

  it('is not marked when they come in again instead', () => {
    const facts = aTap([aMembership()], { now: since + 100 * minuteMs }, { inside: { visit: 7, since, maxStayMinutes: 90 } });
    expect(decide(facts, rulesFor())).toMatchObject({ code: 'OK', warnings: [], closes: null });
  });
});

describe('an answer from old data (rule 29)', () => {
  const data = (ageMs: number | null) => ({
    now,
    data: { cursor: null, takenAt: null, contactAt: ageMs === null ? null : now - ageMs, alone: false },
  });
  const tap = (ageMs: number | null, facts: Parameters<typeof aTap>[1] = {}, holder = {}, memberships = [aMembership()]) =>
    decide(aTap(memberships, { ...data(ageMs), ...facts }, holder), rulesFor());

  it('says so past a day, not at it', () => {
    expect(tap(24 * hourMs).warnings).toEqual([]);
    expect(tap(24 * hourMs + 1)).toMatchObject({
      outcome: 'granted',
      warnings: ['WARN_STALE'],
      params: { contactAt: now - 24 * hourMs - 1 },
    });
  });

  it('says so past the time that is set', () => {
    const freshness = { ...rulesFor().freshness, warnAfterHours: 2 };
    const told = (ageMs: number) => decide(aTap([aMembership()], data(ageMs)), rulesFor({}, { freshness })).warnings;
    expect([told(2 * hourMs), told(2 * hourMs + 1)]).toEqual([[], ['WARN_STALE']]);
  });

  it('says so whatever the answer is', () => {
    const old = 25 * hourMs;
    const answers = [
      tap(old, {}, {}, []),
      tap(old, { credentials: [] }),
      tap(old, atGate({ mode: 'closed' })),
      tap(old, atGate({ mode: 'free' })),
      tap(old, atGate({ direction: 'out' })),
      tap(old, {}, ewasCard()),
      tap(old, { clockTrusted: false }),
    ];
    expect(answers.map(({ code, warnings }) => [code, ...warnings])).toEqual(
      ['NO_MEMBERSHIP', 'UNKNOWN_CREDENTIAL', 'GATE_CLOSED', 'FREE_PASSAGE', 'OK', 'STAFF_OVERRIDE', 'CLOCK_UNTRUSTED'].map(
        (code) => [code, 'WARN_STALE'],
      ),
    );
  });

  it('is not told where no contact is known of', () => {
    expect(tap(null).warnings).toEqual([]);
  });

  it('stands beside the other warnings', () => {
    const ending = aMembership({ endsOn: '2026-06-16' });
    const decision = tap(25 * hourMs, {}, {}, [ending]);
    expect([...decision.warnings].sort()).toEqual(['WARN_EXPIRES_SOON', 'WARN_STALE']);
    expect(decision.params).toMatchObject({ endsOn: '2026-06-16', contactAt: now - 25 * hourMs });
  });
});
