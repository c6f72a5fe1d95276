import fc from 'fast-check';
import type { Charge, Facts, HeldBooking, HeldCredential, HeldMembership, Inside } from '../../src/domain/access/facts.ts';
import type { AdmissionRow, GateSettings, Rules } from '../../src/domain/gate/gate-settings.ts';
import { inOrderOfTaps } from '../../src/domain/journal/charges.ts';
import { type Branch, bookingStates, type Member, type Service } from '../../src/domain/member/member.ts';
import {
  type Entitlement,
  type Freeze,
  type Membership,
  membershipStates,
  paymentStates,
} from '../../src/domain/member/membership.ts';
import type { Interval, Window } from '../../src/domain/schedule/availability.ts';
import { dayMs, type Instant, type LocalDate, minuteMs, type WeekDay } from '../../src/domain/schedule/instant.ts';
import {
  aBooking,
  aCharge,
  aHolder,
  aMember,
  aMembership,
  aTap,
  at,
  coaching,
  counted,
  gym,
  held,
  pool,
  rulesFor,
  warsaw,
} from './facts.ts';

export interface AnyTap {
  facts: Facts;
  rules: Rules;
}

export interface AnyTapOptions {
  /** Whether memberships of one type may stand in each other's way (rule 21). */
  overlapping: boolean;
  /** Leaves out what no passing of time would mend: states, debts, other branches and services. */
  onlyTime: boolean;
  /** Now and then the data is older than the club likes, which lets one kind of membership pass and refuses another (rule 29). */
  oldData: boolean;
}

const quarterMs = 15 * minuteMs;
/** Monday, 15 June 2026, around which everything happens. */
const middle = at('2026-06-15T00:00+02:00');

export const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const mostly = <const U, const T>(usual: U, ...others: T[]): fc.Arbitrary<U | T> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
const seldom = <U, T>(usual: U, value: fc.Arbitrary<T>): fc.Arbitrary<U | T> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: value });
const quarters = (fromDay: number, untilDay: number): fc.Arbitrary<Instant> =>
  fc.integer({ min: fromDay * 96, max: untilDay * 96 }).map((quarter) => middle + quarter * quarterMs);

/** The instant of a tap: on a quarter of an hour, and now and then a millisecond beside it. */
export const anInstant: fc.Arbitrary<Instant> = fc
  .tuple(quarters(-4, 4), fc.constantFrom(0, 0, 0, -1, 1))
  .map(([instant, besideMs]) => instant + besideMs);

const aDate: fc.Arbitrary<LocalDate> = fc
  .integer({ min: -20, max: 20 })
  .map((days) => new Date(at('2026-06-15T00:00Z') + days * dayMs).toISOString().slice(0, 10));

const hours: fc.Arbitrary<Window> = fc
  .record({
    weekDays: fc.subarray<WeekDay>([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
    from: fc.integer({ min: 0, max: 47 }),
    length: fc.integer({ min: 1, max: 40 }),
  })
  .map(({ weekDays, from, length }) => ({ weekDays, intervals: [{ from: from * 30, to: ((from + length) % 48) * 30 }] }))
  .filter(({ intervals }) => intervals.every(({ from, to }) => from !== to));
const windows = fc.array(hours, { maxLength: 2 });

const branch: fc.Arbitrary<Branch> = fc
  .record({
    dayStartsAt: mostly(0, 240),
    openingHours: seldom([], windows),
    exceptions: seldom(
      [],
      fc.uniqueArray(fc.record({ date: aDate, intervals: fc.constantFrom<Interval[]>([], [{ from: 600, to: 960 }]) }), {
        selector: ({ date }) => date,
        maxLength: 3,
      }),
    ),
  })
  .map((row) => ({ ...warsaw, ...row }));

const scope = fc.constantFrom({ any: true as const }, { serviceId: 'gym' }, { serviceId: 'pool' }, { categoryId: 'fitness' });
const left = maybe(fc.integer({ min: 0, max: 6 }));

const charge: fc.Arbitrary<Charge> = fc
  .record({
    gateway: fc.constantFrom('box-1', 'box-2'),
    at: quarters(-20, 4),
    memberId: mostly('m1', 'm2'),
    charge: mostly(1, 0, 2),
    serviceId: fc.constantFrom(null, null, 'gym', 'pool'),
    entitlement: fc.constantFrom(0, 0, 1, null),
    bookingId: mostly(null, 'b0'),
    state: mostly('committed', 'reserved'),
    branchId: mostly('center', 'north'),
    endsFreeze: mostly(null, 'f0'),
    activation: mostly(null, { startsOn: '2026-06-10', endsOn: '2026-07-09' }),
  })
  .map(aCharge);

/** Visit numbers follow the taps, as they do on each box; what arrives is put in the order of the taps. */
const charges = fc.array(charge, { maxLength: 3 }).map((all) => {
  const inOrder = [...all].sort((a, b) => a.at - b.at).map((one, index) => ({ ...one, visit: index + 1 }));
  return inOrder.sort(inOrderOfTaps);
});

const membership = ({ overlapping, onlyTime }: AnyTapOptions): fc.Arbitrary<HeldMembership> => {
  const lasting = lastingUnless(onlyTime);
  return fc
    .record({
      row: fc.record({
        state: lasting('active', ...membershipStates),
        soldOn: maybe(aDate),
        startsOn: seldom(null, aDate),
        endsOn: seldom(null, aDate),
        endsAt: seldom(null, quarters(-4, 10)),
        memberIds: mostly(['m1'], ['m1', 'm2']),
        unusable: lasting(null, '`state` is `paused`'),
        limitedTo: fc.record({
          branchIds: lasting(null, ['center'], ['north']),
          serviceIds: lasting(null, ['gym'], []),
        }),
        payment: fc.record({
          mode: fc.constant('recurring' as const),
          state: lasting('paid', ...paymentStates),
          paidThrough: maybe(aDate),
        }),
        recent: fc.array(
          fc.record({
            gateway: fc.constantFrom('box-1', 'box-9'),
            visit: fc.integer({ min: 1, max: 4 }),
            memberId: fc.constant('m1'),
            at: quarters(-20, 0),
            serviceId: fc.constant(null),
            charge: fc.constantFrom(0, 1),
          }),
          { maxLength: 2 },
        ),
      }),
      freezes: seldom([], fc.array(fc.record({ from: aDate, until: maybe(aDate) }), { minLength: 1, maxLength: 2 })),
      includes: fc.record({ 'box-1': fc.integer({ min: 0, max: 3 }) }),
      left,
      split: mostly(false, true),
      entitlements: fc.array(fc.record({ scope: onlyTime ? fc.constant({ any: true as const }) : scope, visits: left }), {
        minLength: 1,
        maxLength: 2,
      }),
      terms: fc.record({
        usage: mostly('regular', 'club_card', 'individual'),
        requiresClubCard: lasting(false, true),
        activation: mostly('sale', 'first_visit', 'fixed_date'),
        autoActivateAfter: mostly(null, { length: 10, unit: 'day' as const }),
        maxPerDay: mostly(null, 1),
        maxPerWeek: mostly(null, 1, 2),
        branchIds: lasting(null, ['north'], ['center'], []),
        availability: onlyTime ? windows : seldom([], windows),
        allowOverlap: overlapping ? fc.boolean() : fc.constant(true),
      }),
      charges,
    })
    .map(({ row, freezes, includes, left, split, entitlements, terms, charges }) =>
      held(
        aMembership({
          ...row,
          freezes: (freezes as Omit<Freeze, 'id'>[]).map((freeze, index) => ({ id: `f${index}`, ...freeze })),
          visits: split
            ? { left: null, perEntitlement: entitlements.map(({ visits }: Entitlement) => visits), includes }
            : left === null
              ? { left: null, perEntitlement: null, includes }
              : counted(left, includes),
          terms: { ...terms, entitlements, pool: split ? 'split' : 'shared' },
        } as unknown as Parameters<typeof aMembership>[0]),
        charges,
      ),
    );
};

function lastingUnless(onlyTime: boolean): typeof mostly {
  return (usual, ...others) => (onlyTime ? fc.constant(usual) : mostly(usual, ...others));
}

const booking: fc.Arbitrary<HeldBooking> = fc
  .record({
    state: mostly('booked', ...bookingStates),
    seats: mostly(1, 2, 3),
    membershipId: fc.constantFrom(null, 'p0', 'p1'),
    session: fc.record({
      startsAt: quarters(-4, 10),
      serviceId: fc.constantFrom('gym', 'pool', 'coaching'),
      individual: mostly(false, true),
      cancelled: mostly(false, true),
      branchId: mostly('center', 'north'),
    }),
  })
  .map(({ session, ...row }) => aBooking(row, session));

const debt = fc.record({
  amount: fc.constantFrom('0', '120.00'),
  currency: fc.constant('PLN'),
  since: maybe(aDate),
  terminatesOn: maybe(aDate),
});

const member = ({ onlyTime }: AnyTapOptions): fc.Arbitrary<Member> =>
  fc
    .record({
      tags: mostly<string[], string[]>([], ['women'], ['women', 'vip']),
      birthday: fc.constantFrom('06-13', '06-20', '12-24'),
      birthYear: onlyTime ? fc.constant(2008) : maybe(fc.constantFrom(2008, 1990)),
      debt: onlyTime ? fc.constant(null) : seldom(null, fc.oneof(fc.constant('unknown' as const), debt)),
    })
    .map(aMember);

const quartersInside = maybe(fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 200 })));

const admissionRow: fc.Arbitrary<AdmissionRow> = fc.record({
  tags: maybe(fc.constant(['women'])),
  notTags: maybe(fc.constant(['vip'])),
  minAge: maybe(fc.constant(18)),
  maxAge: maybe(fc.constantFrom(17, 40)),
  windows,
});

const gate = ({ onlyTime }: AnyTapOptions): fc.Arbitrary<Partial<GateSettings>> =>
  fc.record({
    services: lastingUnless(onlyTime)<string[], string[]>([], ['gym'], ['pool', 'gym'], ['coaching'], ['coaching', 'gym']),
    charge: fc.constantFrom('per_day', 'per_day', 'per_entry', 'per_session', 'per_booking', 'never'),
    sessionMinutes: fc.constantFrom(60, 180),
    frozen: fc.constantFrom('deny', 'ask_staff', 'unfreeze'),
    booking: mostly('optional', 'required'),
    debt: fc.record({
      policy: fc.constantFrom('warn', 'deny', 'allow'),
      denyFromAmount: maybe(fc.constant('100')),
      denyAfterDays: maybe(fc.constant(7)),
    }),
    antiPassback: seldom(
      { mode: 'off' as const, forgiveMinutes: null, exemptTags: [] as string[] },
      fc.record({
        mode: fc.constantFrom('soft' as const, 'hard' as const, 'hard' as const),
        forgiveMinutes: maybe(fc.constantFrom(60, 90, 600)),
        exemptTags: mostly<string[], string[]>([], ['vip']),
      }),
    ),
    admission: seldom([], fc.array(admissionRow, { minLength: 1, maxLength: 2 })),
    openingHours: mostly('respect', 'ignore'),
  });

const services: Record<string, Service> = { gym, pool, coaching };

/** Whose card it is, and what is known of them. */
const holder = (options: AnyTapOptions): fc.Arbitrary<HeldCredential> =>
  fc
    .record({
      member: member(options),
      memberships: fc.array(membership(options), { minLength: 1, maxLength: 4 }),
      bookings: fc.array(booking, { maxLength: 3 }),
    })
    .map(({ memberships, bookings, ...row }) =>
      aHolder({
        ...row,
        memberships: memberships.map((one, index) => ({ ...one, membership: named(one.membership, index) })),
        bookings: bookings.map((one, index) => ({ ...one, booking: { ...one.booking, id: `b${index}` } })),
      }),
    );

function named(membership: Membership, index: number): Membership {
  return { ...membership, id: `p${index}`, title: `Membership ${index}` };
}

/**
 * Anybody at any gate: members with up to four memberships, a club and gates of every setting. All that happens at an instant
 * happens on a quarter of an hour. The clock is trusted, the gate controlled, and the data fresh unless told.
 */
export function anyTap(options: Partial<AnyTapOptions> = {}): fc.Arbitrary<AnyTap> {
  const { overlapping = true, onlyTime = false, oldData = false } = options;
  const kept = { overlapping, onlyTime, oldData };
  const policy = fc.constantFrom('allow' as const, 'deny' as const);
  return fc
    .record({
      now: anInstant,
      card: holder(kept),
      branch,
      gate: gate(kept),
      old: oldData ? seldom(null, fc.record({ counted: policy, unlimited: policy })) : fc.constant(null),
      quartersInside,
      inside: fc.integer({ min: 0, max: 3 }),
      limit: mostly(null, 2),
      appliesTo: mostly('flagged', 'all'),
      maxVisitsPerMembership: mostly(null, 1),
      alone: fc.boolean(),
    })
    .map(({ now, card, branch, gate, old, quartersInside, inside, limit, appliesTo, maxVisitsPerMembership, alone }) => ({
      facts: aTap([], {
        now,
        credentials: [{ ...before(now, card), inside: insideSince(now, quartersInside) }],
        branch,
        services: (gate.services ?? []).map((id) => services[id] ?? gym),
        inside,
        data: { cursor: '1', takenAt: null, contactAt: old === null ? now : now - 40 * dayMs, alone: alone && old === null },
      }),
      rules: rulesFor(gate, {
        zone: { id: 'club', limit, exemptTags: ['vip'], resetAt: 240 },
        clubCard: { appliesTo },
        offline: { maxVisitsPerMembership },
        ...(old === null ? {} : { freshness: { warnAfterHours: 24, limitAfterHours: 720, ...old } }),
      }),
    }));
}

/** What lies in the future has not happened yet. */
function before(now: Instant, card: HeldCredential): HeldCredential {
  const memberships = card.memberships.map(({ membership, charges }) => ({
    membership: { ...membership, recent: membership.recent.filter(({ at }) => at <= now) },
    charges: charges.filter(({ at }) => at <= now),
  }));
  return { ...card, memberships };
}

function insideSince(now: Instant, quartersAgo: number | null): Inside | null {
  if (quartersAgo === null) return null;
  return { visit: 9, since: now - (now % quarterMs) - quartersAgo * quarterMs, maxStayMinutes: null };
}

/** The same tap with other memberships, or with the same ones looked at in another way. */
export function withMemberships({ facts }: AnyTap, change: (all: HeldMembership[]) => HeldMembership[]): Facts {
  return withCard(facts, (card) => ({ ...card, memberships: change(card.memberships) }));
}

/** The same tap with a card of which something else is known. */
export function withCard(facts: Facts, change: (card: HeldCredential) => HeldCredential): Facts {
  return { ...facts, credentials: facts.credentials.map(change) };
}
