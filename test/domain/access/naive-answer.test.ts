import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Code } from '../../../src/domain/access/code.ts';
import { decide } from '../../../src/domain/access/decide.ts';
import type { Charge, Facts } from '../../../src/domain/access/facts.ts';
import type { GateSettings, Rules } from '../../../src/domain/gate/gate-settings.ts';
import type { Branch, Member } from '../../../src/domain/member/member.ts';
import type { Membership, RecentVisit } from '../../../src/domain/member/membership.ts';
import { dayMs, type Instant, type LocalDate, minuteMs, secondMs } from '../../../src/domain/schedule/instant.ts';
import { aCharge, aMember, aMembership, aTap, at, held, rulesFor, warsaw } from '../../kit/facts.ts';
import { answerNow, nextGrantedAt } from '../../kit/naive-answer.ts';
import { stepDays, wallClock } from '../../kit/naive-time.ts';
import { aDayStart, aLastDay, aMoment, someIntervals, someWindows } from '../../kit/odd-moments.ts';

interface TapInTime {
  facts: Facts;
  rules: Rules;
}

/** A member with one membership taps at a general entry; all that has a date has one within `reach` days of the tap. */
const aTapInTime = (reach: number): fc.Arbitrary<TapInTime> =>
  aMoment.chain(({ timeZone, at: now }) => {
    const today = wallClock(now, timeZone).date;
    const aDate = fc.integer({ min: -reach, max: reach }).map((days) => stepDays(today, days));
    return fc
      .record({
        branch: aBranch(timeZone, aDate),
        member: aPerson(aDate),
        membership: aCase(now, aDate),
        charges: someCharges(now),
        gate: aGatePolicy,
      })
      .map(({ branch, member, membership, charges, gate }) => ({
        facts: aTap([held(membership, charges)], { now, branch }, { member }),
        rules: rulesFor(gate),
      }));
  });

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const seldom = <U, T>(usual: U, value: fc.Arbitrary<T>): fc.Arbitrary<U | T> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: value });

function aBranch(timeZone: string, aDate: fc.Arbitrary<LocalDate>): fc.Arbitrary<Branch> {
  const exception = fc.record({ date: aDate, intervals: someIntervals });
  return fc
    .record({
      dayStartsAt: aDayStart,
      openingHours: seldom([], someWindows),
      exceptions: seldom([], fc.uniqueArray(exception, { maxLength: 2, selector: ({ date }) => date })),
    })
    .map((branch) => ({ ...warsaw, timeZone, ...branch }));
}

/** About to be 16, with papers that run out and perhaps a debt. */
function aPerson(aDate: fc.Arbitrary<LocalDate>): fc.Arbitrary<Member> {
  return fc
    .record({
      sixteenOn: aDate,
      validUntil: aDate,
      debt: seldom(
        null,
        fc.record({
          amount: fc.constant('120.00'),
          currency: fc.constant('PLN'),
          since: maybe(aDate),
          terminatesOn: maybe(aDate),
        }),
      ),
    })
    .map(({ sixteenOn, validUntil, debt }) =>
      aMember({
        birthday: sixteenOn.slice(5),
        birthYear: Number(sixteenOn.slice(0, 4)) - 16,
        documents: [{ kind: 'medical', validUntil }],
        debt,
      }),
    );
}

function aCase(now: Instant, aDate: fc.Arbitrary<LocalDate>): fc.Arbitrary<Membership> {
  const freeze = fc
    .record({ from: aDate, days: fc.option(fc.integer({ min: 1, max: 10 }), { nil: null, freq: 2 }) })
    .map(({ from, days }) => ({ id: from, from, until: days === null ? null : stepDays(from, days) }));
  const max = maybe(fc.integer({ min: 1, max: 3 }));
  const limits = fc.record({ maxPerDay: max, maxPerWeek: max, maxPerMonth: max });
  return fc
    .record({
      term: fc.oneof({ weight: 3, arbitrary: aDatedTerm(now, aDate) }, { weight: 1, arbitrary: aTermFromFirstVisit(aDate) }),
      freezes: seldom([], fc.array(freeze, { minLength: 1, maxLength: 2 })),
      paidThrough: seldom(null, aDate),
      availability: someWindows,
      limits: seldom({ maxPerDay: null, maxPerWeek: null, maxPerMonth: null }, limits),
      recent: fc.array(aRecentVisit(now), { maxLength: 1 }),
    })
    .map(({ term: { terms, ...term }, freezes, paidThrough, availability, limits, recent }) =>
      aMembership({
        ...term,
        freezes,
        recent,
        payment: { mode: 'recurring', state: paidThrough === null ? 'paid' : 'failed', paidThrough },
        terms: { ...terms, ...limits, availability },
      }),
    );
}

type Term = Parameters<typeof aMembership>[0] & object;

function aDatedTerm(now: Instant, aDate: fc.Arbitrary<LocalDate>): fc.Arbitrary<Term> {
  const endsAt = fc.integer({ min: -3 * dayMs, max: 3 * dayMs }).map((ms) => now + ms);
  return fc
    .record({ startsOn: maybe(aDate), endsOn: maybe(aDate), endsAt: seldom(null, fc.oneof(fc.constant(now), endsAt)) })
    .filter(({ startsOn, endsOn }) => startsOn === null || endsOn === null || startsOn <= endsOn);
}

function aTermFromFirstVisit(aDate: fc.Arbitrary<LocalDate>): fc.Arbitrary<Term> {
  const period = fc.record({ length: fc.integer({ min: 1, max: 3 }), unit: fc.constantFrom('day', 'week', 'month') });
  const terms = fc.record({
    activation: fc.constant('first_visit' as const),
    autoActivateAfter: maybe(period),
    validity: maybe(period),
    lastDay: aLastDay,
  });
  return fc
    .record({ soldOn: maybe(aDate), terms })
    .map((term) => ({ ...term, state: 'issued' as const, startsOn: null, endsOn: null }));
}

const minutesAgo = fc.oneof(fc.integer({ min: 0, max: 2 * 24 * 60 }), fc.integer({ min: 0, max: 40 * 24 * 60 }));
/** Never just a whole number of minutes ago: where "within N minutes" ends to the millisecond is not told. */
const before = (now: Instant) => minutesAgo.map((minutes) => now - minutes * minuteMs - 7 * secondMs);

function someCharges(now: Instant): fc.Arbitrary<Charge[]> {
  const charge = fc.record({
    at: before(now),
    memberId: fc.constantFrom('m1', 'm1', 'm2'),
    branchId: fc.constantFrom('center', 'center', 'north'),
    charge: fc.constantFrom(0, 1, 1),
  });
  return fc
    .array(charge, { minLength: 1, maxLength: 2 })
    .map((charges) => charges.sort((a, b) => a.at - b.at).map((one, index) => aCharge({ ...one, visit: index + 1 })));
}

function aRecentVisit(now: Instant): fc.Arbitrary<RecentVisit> {
  return fc.record({
    gateway: fc.constantFrom('box-1', 'box-9'),
    visit: fc.integer({ min: 1, max: 3 }),
    memberId: fc.constantFrom('m1', 'm2'),
    at: before(now),
    serviceId: fc.constant(null),
    charge: fc.constantFrom(0, 1),
  });
}

const aGatePolicy: fc.Arbitrary<Partial<GateSettings>> = fc.record({
  frozen: fc.constantFrom('deny', 'deny', 'ask_staff', 'unfreeze'),
  charge: fc.constantFrom('per_day', 'per_entry', 'per_session'),
  sessionMinutes: fc.constantFrom(60, 180, 1440),
  paymentGraceDays: fc.integer({ min: 0, max: 4 }),
  debt: fc.record({
    policy: fc.constantFrom('warn', 'deny', 'allow'),
    denyFromAmount: fc.constant(null),
    denyAfterDays: maybe(fc.integer({ min: 0, max: 5 })),
  }),
  documents: seldom(
    [],
    fc
      .record({ policy: fc.constantFrom('deny' as const, 'warn'), warnWithinDays: fc.integer({ min: 0, max: 4 }) })
      .map((row) => [{ kind: 'medical', ...row }]),
  ),
  admission: seldom(
    [],
    fc
      .record({ minAge: fc.constantFrom(null, 16), maxAge: fc.constantFrom(null, 15), windows: someWindows })
      .map((row) => [{ tags: null, notTags: null, ...row }]),
  ),
});

describe('a tap, looked at and decided', () => {
  it('is told the same, whatever the dates, windows and zone', () => {
    const told = new Set<Code>();
    fc.assert(
      fc.property(aTapInTime(4), ({ facts, rules }) => {
        const expected = answerNow(facts, rules);
        const { outcome, code, warnings, activation } = decide(facts, rules);
        told.add(code);
        expect({ outcome, code, activation }).toEqual({
          outcome: expected.outcome,
          code: expected.code,
          activation: expected.activation,
        });
        if (outcome === 'granted') expect([...warnings].sort()).toEqual([...expected.warnings].sort());
      }),
      { numRuns: 800, endOnFailure: true },
    );
    expect(told).toEqual(
      new Set([
        'CLUB_CLOSED',
        'DEBT',
        'DOCUMENT_EXPIRED',
        'EXPIRED',
        'FROZEN',
        'LIMIT_REACHED',
        'NOT_ADMITTED',
        'NOT_STARTED',
        'OK',
        'OK_REENTRY',
        'OUTSIDE_DAYS',
        'OUTSIDE_HOURS',
        'PAYMENT_FAILED',
      ]),
    );
  }, 60_000);

  it('that is refused is told the first minute of the next two weeks at which it would be granted', () => {
    let searched = 0;
    fc.assert(
      fc.property(aTapInTime(10), ({ facts, rules }) => {
        const { outcome, nextAllowedAt } = decide(facts, rules);
        if (outcome !== 'denied') return;
        searched += 1;
        expect(nextAllowedAt).toBe(nextGrantedAt(facts, rules));
      }),
      { numRuns: 40, endOnFailure: true },
    );
    expect(searched).toBeGreaterThan(12);
  }, 60_000);
});

const implementations = {
  decided: {
    codeOf: (facts: Facts) => decide(facts, rulesFor()).code,
    nextOf: (facts: Facts) => decide(facts, rulesFor()).nextAllowedAt,
  },
  'looked up': {
    codeOf: (facts: Facts) => answerNow(facts, rulesFor()).code,
    nextOf: (facts: Facts) => nextGrantedAt(facts, rulesFor()),
  },
};

describe.each(Object.entries(implementations))(
  'the checked examples of section 6 and the end of two weeks, %s',
  (_, { codeOf, nextOf }) => {
    const june = aMembership({ startsOn: '2026-06-01', endsOn: '2026-06-30' });
    const frozen = aMembership({ freezes: [{ id: 'f1', from: '2026-06-10', until: '2026-06-17' }] });
    const london: Branch = { ...warsaw, timeZone: 'Europe/London' };

    it.each([
      ['1–30 June, on 30 June at 23:59:59', june, warsaw, '2026-06-30T23:59:59+02:00', 'OK'],
      ['1–30 June, on 1 July at 00:00', june, warsaw, '2026-07-01T00:00:00+02:00', 'EXPIRED'],
      ['half an hour into 1 July in Warsaw', june, warsaw, '2026-06-30T22:30:00Z', 'EXPIRED'],
      ['the same instant in London', june, london, '2026-06-30T22:30:00Z', 'OK'],
      ['frozen 10–17, on the 10th', frozen, warsaw, '2026-06-10T00:00:00+02:00', 'FROZEN'],
      ['frozen 10–17, on the 16th at 23:59', frozen, warsaw, '2026-06-16T23:59:00+02:00', 'FROZEN'],
      ['frozen 10–17, on the 17th at 00:00', frozen, warsaw, '2026-06-17T00:00:00+02:00', 'OK'],
    ] as const)('%s', (_case, membership, branch, instant, expected) => {
      expect(codeOf(aTap([membership], { branch, now: at(instant) }))).toBe(expected);
    });

    it('a first day is foreseen through the last instant of two weeks', () => {
      const later = aMembership({ startsOn: '2026-06-29', endsOn: null });
      const nextAt = (now: string) => nextOf(aTap([later], { now: at(now) }));
      expect(nextAt('2026-06-15T00:00:00+02:00')).toBe(at('2026-06-29T00:00:00+02:00'));
      expect(nextAt('2026-06-14T23:59:59.999+02:00')).toBeNull();
    });
  },
);
