import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Code } from '../../../src/domain/access/code.ts';
import { decide } from '../../../src/domain/access/decide.ts';
import type { Facts } from '../../../src/domain/access/facts.ts';
import type * as nextTime from '../../../src/domain/access/next-allowed.ts';
import type { GateSettings, Rules } from '../../../src/domain/gate/gate-settings.ts';
import { dayMs, type Instant, minuteMs, type WeekDay } from '../../../src/domain/schedule/instant.ts';
import { anyTap } from '../../kit/any-tap.ts';
import {
  aBooking,
  aCharge,
  aCredential,
  aHolder,
  aMember,
  aMembership,
  aTap,
  at,
  counted,
  held,
  rulesFor,
  warsaw,
} from '../../kit/facts.ts';

/** Whoever looks at thousands of instants asks only whether the gate opens, not when it will. */
const look = vi.hoisted(() => ({ only: false }));
vi.mock('../../../src/domain/access/next-allowed.ts', async (original) => {
  const real = await original<typeof nextTime>();
  const nextAllowedAt: typeof real.nextAllowedAt = (...args) => (look.only ? null : real.nextAllowedAt(...args));
  return { ...real, nextAllowedAt };
});

type Holder = Parameters<typeof aTap>[2];

/** Monday, 15 June 2026, 08:00 unless told; the answer that it will work, checked on both sides. */
const next = (
  memberships: Parameters<typeof aTap>[0],
  facts: Partial<Facts> = {},
  holder: Holder = {},
  gate: Partial<GateSettings> = {},
  rules: Partial<Rules> = {},
) => {
  const tapAt = (now: number) =>
    decide(
      aTap(memberships, { seenAt: facts.now ?? at('2026-06-15T08:00+02:00'), ...facts, now }, holder),
      rulesFor(gate, rules),
    );
  const { outcome, nextAllowedAt } = tapAt(facts.now ?? at('2026-06-15T08:00+02:00'));
  expect(outcome).toBe('denied');
  if (nextAllowedAt === null) return null;
  expect(tapAt(nextAllowedAt).outcome).toBe('granted');
  expect(tapAt(nextAllowedAt - 1).outcome).not.toBe('granted');
  return new Date(nextAllowedAt).toISOString();
};
const iso = (text: string) => new Date(at(text)).toISOString();
const everyDay: WeekDay[] = [1, 2, 3, 4, 5, 6, 7];
const hours = (from: number, to: number, weekDays = everyDay) => [{ weekDays, intervals: [{ from: from * 60, to: to * 60 }] }];
const always = aMembership({ startsOn: null, endsOn: null });

describe('when the same tap will be granted (section 5)', () => {
  it('a membership begins', () => {
    expect(next([aMembership({ startsOn: '2026-06-17' })])).toBe(iso('2026-06-17T00:00+02:00'));
    const branch = { ...warsaw, dayStartsAt: 330 };
    expect(next([aMembership({ startsOn: '2026-06-17' })], { branch })).toBe(iso('2026-06-17T05:30+02:00'));
  });

  it('within the fourteen days, the last instant included', () => {
    const monday = at('2026-06-29T00:00+02:00');
    const starting = aMembership({ startsOn: '2026-06-29', endsOn: null });
    expect(next([starting], { now: monday - 14 * dayMs })).toBe(new Date(monday).toISOString());
    expect(next([starting], { now: monday - 14 * dayMs - 1 })).toBeNull();
  });

  it('later than now, never now', () => {
    const credential = aCredential({ validFrom: at('2026-06-15T08:00+02:00') });
    expect(next([aMembership({ state: 'cancelled' })], {}, { credential })).toBeNull();
  });

  it('a window opens, whichever membership it belongs to', () => {
    const evening = aMembership({ id: 'a', terms: { availability: hours(18, 20) } });
    const noon = aMembership({ id: 'b', terms: { availability: hours(12, 13) } });
    expect(next([evening])).toBe(iso('2026-06-15T18:00+02:00'));
    expect(next([evening, noon])).toBe(iso('2026-06-15T12:00+02:00'));
    expect(next([noon, evening])).toBe(iso('2026-06-15T12:00+02:00'));
  });

  it('the card becomes valid, to the millisecond', () => {
    const credential = aCredential({ validFrom: at('2026-06-15T10:30:15.250+02:00') });
    expect(next([always], {}, { credential })).toBe('2026-06-15T08:30:15.250Z');
    const holders = [
      aHolder({ credential, memberships: [held(always)] }),
      aHolder({ credential: aCredential({ id: 'c0', status: 'lost' }) }),
    ];
    for (const credentials of [holders, holders.toReversed()]) {
      expect(next([], { credentials })).toBe('2026-06-15T08:30:15.250Z');
    }
  });

  it('the club opens', () => {
    const branch = { ...warsaw, openingHours: hours(9, 22) };
    expect(next([always], { branch })).toBe(iso('2026-06-15T09:00+02:00'));
    expect(next([always], { branch, now: at('2026-06-15T22:00+02:00') })).toBe(iso('2026-06-16T09:00+02:00'));
  });

  it('the club opens on a date of its own', () => {
    const closedToday = { ...warsaw, openingHours: hours(7, 22), exceptions: [{ date: '2026-06-15', intervals: [] }] };
    expect(next([always], { branch: closedToday })).toBe(iso('2026-06-16T07:00+02:00'));
    const lateToday = { ...closedToday, exceptions: [{ date: '2026-06-15', intervals: [{ from: 600, to: 1320 }] }] };
    expect(next([always], { branch: lateToday })).toBe(iso('2026-06-15T10:00+02:00'));
    const alwaysOpen = { ...warsaw, exceptions: [{ date: '2026-06-15', intervals: [] }] };
    expect(next([always], { branch: alwaysOpen })).toBe(iso('2026-06-16T00:00+02:00'));
  });

  it('a gate that ignores the hours of the club does not wait for them', () => {
    const branch = { ...warsaw, openingHours: hours(9, 22) };
    const evening = aMembership({ terms: { availability: hours(23, 24) } });
    expect(next([evening], { branch }, {}, { openingHours: 'ignore' })).toBe(iso('2026-06-15T23:00+02:00'));
    expect(next([evening], { branch })).toBeNull();
  });

  it('a row of admission opens or closes', () => {
    const row = { tags: null, notTags: null, minAge: null, maxAge: null, windows: hours(7, 12) };
    const women = { admission: [{ ...row, tags: ['women'] }] };
    expect(next([always], {}, {}, women)).toBe(iso('2026-06-15T12:00+02:00'));
    const grownUp = { admission: [{ ...row, minAge: 18, windows: [] }] };
    const member = aMember({ birthday: '06-20', birthYear: 2008 });
    expect(next([always], {}, { member }, grownUp)).toBe(iso('2026-06-20T00:00+02:00'));
    const both = {
      admission: [
        { ...row, tags: ['women'], windows: hours(8, 9) },
        { ...row, tags: ['women'], windows: hours(9, 10) },
      ],
    };
    expect(next([always], {}, {}, both)).toBe(iso('2026-06-15T10:00+02:00'));
  });

  it('an earlier membership ends, to the millisecond', () => {
    const earlier = aMembership({
      id: 'a',
      soldOn: '2026-05-01',
      endsOn: null,
      endsAt: at('2026-06-15T10:00:00.500+02:00'),
      terms: { allowOverlap: false, availability: hours(0, 1) },
    });
    const later = aMembership({ id: 'b', terms: { allowOverlap: false } });
    expect(next([earlier, later])).toBe('2026-06-15T08:00:00.500Z');
  });

  it('a freeze ends, a limit begins anew', () => {
    expect(next([aMembership({ freezes: [{ id: 'f', from: '2026-06-10', until: '2026-06-18' }] })])).toBe(
      iso('2026-06-18T00:00+02:00'),
    );
    const weekly = held(aMembership({ terms: { maxPerWeek: 1 } }), [aCharge()]);
    expect(next([weekly], {}, {}, { charge: 'per_entry' })).toBe(iso('2026-06-22T00:00+02:00'));
  });

  it('a session lets in, or no longer stands in the way', () => {
    const bookings = [aBooking({ seats: 5 }, { startsAt: at('2026-06-15T10:00+02:00') })];
    expect(next([always], {}, { bookings }, { booking: 'required' })).toBe(iso('2026-06-15T09:30+02:00'));
    const twoLeft = aMembership({ visits: counted(2) });
    const now = at('2026-06-15T09:45+02:00');
    expect(next([twoLeft], { now }, { bookings })).toBe(iso('2026-06-15T10:15+02:00'));
  });

  it('somebody inside is forgiven, or forgotten at the daily reset', () => {
    const antiPassback = { mode: 'hard', forgiveMinutes: 90, exemptTags: [] } as const;
    const inside = { visit: 1, since: at('2026-06-15T07:00:00.250+02:00'), maxStayMinutes: null };
    const gate = (row: Partial<GateSettings['antiPassback']> = {}) => ({
      antiPassback: { ...antiPassback, exemptTags: [], ...row },
    });
    expect(next([always], {}, { inside }, gate())).toBe('2026-06-15T06:30:00.250Z');
    expect(next([always], {}, { inside }, gate({ forgiveMinutes: null }))).toBe(iso('2026-06-16T04:00+02:00'));
    expect(next([aMembership({ startsOn: '2026-06-17' })], {}, {}, gate())).toBe(iso('2026-06-17T00:00+02:00'));
    const zone = { id: 'club', limit: null, exemptTags: [], resetAt: 630 };
    expect(next([always], {}, { inside }, gate({ forgiveMinutes: null }), { zone })).toBe(iso('2026-06-15T10:30+02:00'));
  });

  it('several conditions hold at once', () => {
    const branch = { ...warsaw, openingHours: hours(10, 22), exceptions: [{ date: '2026-06-17', intervals: [] }] };
    const evenings = aMembership({ startsOn: '2026-06-17', terms: { availability: hours(6, 12, [3, 4]) } });
    expect(next([evenings], { branch })).toBe(iso('2026-06-18T10:00+02:00'));
  });

  it('a repeated hour opens twice, a skipped one never', () => {
    const sundayNight = aMembership({ startsOn: null, endsOn: null, terms: { availability: hours(2, 3, [7]) } });
    expect(next([sundayNight], { now: at('2026-10-25T00:59:59Z') - dayMs })).toBe('2026-10-25T00:00:00.000Z');
    expect(next([sundayNight], { now: at('2026-10-25T02:00Z') })).toBe('2026-11-01T01:00:00.000Z');
    expect(next([sundayNight], { now: at('2026-03-28T12:00Z') })).toBe('2026-04-05T00:00:00.000Z');
    const halfPast = aMembership({
      startsOn: null,
      endsOn: null,
      terms: { availability: [{ weekDays: [7], intervals: [{ from: 150, to: 240 }] }] },
    });
    expect(next([halfPast], { now: at('2026-03-28T12:00Z') })).toBe('2026-03-29T01:00:00.000Z');
  });
});

describe('what stays as it is while the next time is looked for (section 5)', () => {
  it('data, debts, the mode and the age of the data', () => {
    const debt = { amount: '10', currency: 'PLN', since: '2026-06-01', terminatesOn: null };
    const denying = { debt: { policy: 'deny', denyFromAmount: null, denyAfterDays: null } } as const;
    expect(next([always], {}, { member: aMember({ debt }) }, denying)).toBeNull();
    expect(next([always], { gate: { direction: 'in', mode: 'closed', waitingFor: null, lastRead: null } })).toBeNull();
    const evening = aMembership({ endsOn: null, terms: { availability: hours(18, 20) } });
    const data = { cursor: null, takenAt: null, contactAt: at('2026-06-15T07:59+02:00'), alone: false };
    const freshness = { warnAfterHours: 1, limitAfterHours: 2, counted: 'deny', unlimited: 'deny' } as const;
    expect(next([evening], { data }, {}, {}, { freshness })).toBe(iso('2026-06-15T18:00+02:00'));
  });

  it('but not the read that was just answered', () => {
    const membership = aMembership({ startsOn: '2026-06-16' });
    const now = at('2026-06-15T23:59:58+02:00');
    const before = decide(aTap([membership], { now: now - 6000 }), rulesFor());
    const lastRead = { at: now - 6000, decision: before };
    const facts = aTap([membership], { now, gate: { direction: 'in', mode: 'controlled', waitingFor: null, lastRead } });
    expect(decide(facts, rulesFor({ doubleReadSeconds: 5 }))).toMatchObject({
      code: 'NOT_STARTED',
      nextAllowedAt: at('2026-06-16T00:00+02:00'),
    });
  });
});

describe('a refusal without a next time (section 5)', () => {
  const full = { id: 'club', limit: 1, exemptTags: [], resetAt: 240 };

  it('is one that nothing will mend within two weeks', () => {
    for (const one of [
      aMembership({ state: 'cancelled' }),
      aMembership({ visits: counted(0) }),
      aMembership({ startsOn: '2026-07-15' }),
    ]) {
      expect(next([one])).toBeNull();
    }
    expect(next([])).toBeNull();
    expect(next([], { credentials: [] })).toBeNull();
    expect(next([always], { branch: null })).toBeNull();
  });

  it('is a full zone, though people leave', () => {
    expect(decide(aTap([always], { inside: 1 }), rulesFor({}, { zone: full }))).toMatchObject({
      code: 'ZONE_FULL',
      nextAllowedAt: null,
    });
  });

  it('is a busy gate and a double read, also of a tap that was refused with one', () => {
    const gate = { direction: 'in' as const, mode: 'controlled' as const, waitingFor: { read: 'rfid:00' }, lastRead: null };
    expect(decide(aTap([always], { gate }), rulesFor())).toMatchObject({ code: 'GATE_BUSY', nextAllowedAt: null });
    const first = decide(aTap([aMembership({ startsOn: '2026-06-16' })]), rulesFor());
    expect(first.nextAllowedAt).toBe(at('2026-06-16T00:00+02:00'));
    const lastRead = { at: at('2026-06-15T08:00+02:00'), decision: first };
    const again = aTap([aMembership({ startsOn: '2026-06-16' })], { gate: { ...gate, waitingFor: null, lastRead } });
    expect(decide(again, rulesFor())).toMatchObject({ outcome: 'denied', code: 'DUPLICATE_READ', nextAllowedAt: null });
  });

  it('is a question to staff, and a grant', () => {
    const frozen = aMembership({ freezes: [{ id: 'f', from: '2026-06-10', until: '2026-06-18' }] });
    expect(decide(aTap([frozen]), rulesFor({ frozen: 'ask_staff' }))).toMatchObject({
      outcome: 'ask_staff',
      nextAllowedAt: null,
    });
    expect(decide(aTap([always]), rulesFor())).toMatchObject({ outcome: 'granted', nextAllowedAt: null });
  });

  it('is one of which the next time could not be worked out: it stays a refusal', () => {
    const broken = rulesFor({}, { zone: null as never });
    expect(decide(aTap([aMembership({ state: 'cancelled' })]), broken)).toMatchObject({
      outcome: 'denied',
      code: 'CANCELLED',
      nextAllowedAt: null,
    });
  });
});

describe('the choice among memberships changes with time (rules 22 and 29)', () => {
  const freshness = { warnAfterHours: 1, limitAfterHours: 2, counted: 'deny', unlimited: 'allow' } as const;
  const data = { cursor: null, takenAt: null, contactAt: at('2026-06-14T08:00+02:00'), alone: false };

  it('old data: at the end of its hours the counted one gives way to the unlimited, and the tap is granted', () => {
    const counting = aMembership({
      id: 'a',
      visits: counted(5),
      terms: { availability: hours(7, 12), entitlements: [{ scope: { serviceId: 'gym' }, visits: null }] },
    });
    expect(next([counting, aMembership({ id: 'b' })], { data }, {}, {}, { freshness })).toBe(iso('2026-06-15T12:00+02:00'));
  });

  it('old data: when a free re-entry is over the unlimited one is chosen, and the tap is granted', () => {
    const paid = held(aMembership({ id: 'a', visits: counted(5) }), [aCharge()]);
    expect(next([paid, aMembership({ id: 'b' })], { data }, {}, { charge: 'per_session' }, { freshness })).toBe(
      iso('2026-06-15T10:00+02:00'),
    );
  });

  const branch = { ...warsaw, openingHours: hours(9, 22) };
  const mornings = aMembership({
    id: 'a',
    visits: counted(5),
    terms: { availability: hours(7, 12), entitlements: [{ scope: { serviceId: 'gym' }, visits: null }] },
  });

  it('old data, and the club is closed: the first instant at which the gate opens is later than that at which the club does', () => {
    const both = [mornings, aMembership({ id: 'b' })];
    expect(next(both, { data, branch }, {}, {}, { freshness })).toBe(iso('2026-06-15T12:00+02:00'));
  });

  it('old data, about which staff would be asked: "the first instant … at which the same tap would be granted"', () => {
    const both = [mornings, aMembership({ id: 'b' })];
    const asking = { ...freshness, counted: 'ask_staff' } as const;
    expect(next(both, { data, branch }, {}, {}, { freshness: asking })).toBe(iso('2026-06-15T12:00+02:00'));
  });

  it('alone, with as many visits granted as may be: "the first instant … at which the same tap would be granted"', () => {
    const used = held(mornings, [aCharge({ at: at('2026-06-14T09:00+02:00') })]);
    const alone = { ...data, contactAt: at('2026-06-14T08:59+02:00'), alone: true };
    const offline = { maxVisitsPerMembership: 1 };
    expect(next([used, aMembership({ id: 'b' })], { data: alone, branch }, {}, {}, { offline })).toBe(
      iso('2026-06-15T12:00+02:00'),
    );
  });
});

describe('the law of the next time (section 5)', () => {
  /** Whether the gate opens at the first of these instants, and if at none, null. */
  const firstGranted = (facts: Facts, rules: Rules, instants: Iterable<Instant>) => {
    look.only = true;
    try {
      for (const now of instants) if (decide({ ...facts, now }, rules).outcome === 'granted') return now;
      return null;
    } finally {
      look.only = false;
    }
  };

  function* every(stepMs: number, after: Instant, before: Instant) {
    for (let now = after - (after % stepMs) + stepMs; now < before; now += stepMs) yield now;
  }

  it('at it the tap is granted, a millisecond before it is not, nor at any quarter of an hour until then', () => {
    const found = new Map<Code, number>();
    fc.assert(
      fc.property(anyTap({ onlyTime: true, oldData: true }), ({ facts, rules }) => {
        const { outcome, code, nextAllowedAt } = decide(facts, rules);
        if (outcome !== 'denied' || code === 'ZONE_FULL') expect(nextAllowedAt).toBeNull();
        if (nextAllowedAt === null) return;
        found.set(code, (found.get(code) ?? 0) + 1);
        expect(nextAllowedAt).toBeGreaterThan(facts.now);
        expect(nextAllowedAt).toBeLessThanOrEqual(facts.now + 14 * dayMs);
        expect(firstGranted(facts, rules, [nextAllowedAt])).toBe(nextAllowedAt);
        expect(firstGranted(facts, rules, [nextAllowedAt - 1])).toBeNull();
        expect(firstGranted(facts, rules, every(15 * minuteMs, facts.now, nextAllowedAt))).toBeNull();
      }),
      { numRuns: 800 },
    );
    const causes: Code[] = ['CLUB_CLOSED', 'OUTSIDE_DAYS', 'OUTSIDE_HOURS'];
    expect(causes.filter((cause) => !found.has(cause))).toEqual([]);
  });

  it('where there is none, no hour of the fourteen days opens', () => {
    let searched = 0;
    fc.assert(
      fc.property(anyTap({ onlyTime: true, oldData: true }), ({ facts, rules }) => {
        const { outcome, code, nextAllowedAt } = decide(facts, rules);
        if (outcome !== 'denied' || code === 'ZONE_FULL' || nextAllowedAt !== null) return;
        searched += 1;
        expect(firstGranted(facts, rules, every(60 * minuteMs, facts.now, facts.now + 14 * dayMs + 1))).toBeNull();
      }),
      { numRuns: 100 },
    );
    expect(searched).toBeGreaterThan(10);
  });
});
