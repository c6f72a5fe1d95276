import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/domain/access/decide.ts';
import type { Charge, Facts, HeldBooking } from '../../../src/domain/access/facts.ts';
import type { GateSettings } from '../../../src/domain/gate/gate-settings.ts';
import type { Service } from '../../../src/domain/member/member.ts';
import {
  aBooking,
  aCharge,
  aCredential,
  aMembership,
  aTap,
  at,
  counted,
  gym,
  held,
  pool,
  rulesFor,
  warsaw,
} from '../../kit/facts.ts';

interface Case {
  now?: string;
  gate?: Partial<GateSettings>;
  services?: Service[];
  facts?: Partial<Facts>;
  holder?: Parameters<typeof aTap>[2];
  bookings?: HeldBooking[];
}

/** A tap on 15 June (08:00) with a membership of eight visits, of which these were charged. */
const tap = (
  charges: Charge[],
  { now = '2026-06-15T08:00+02:00', gate = {}, services = [], facts = {}, holder = {}, bookings = [] }: Case = {},
) =>
  decide(
    aTap([held(aMembership({ visits: counted(8) }), charges)], { now: at(now), services, ...facts }, { bookings, ...holder }),
    rulesFor({ services: services.map(({ id }) => id), ...gate }),
  );
const code = (...args: Parameters<typeof tap>) => tap(...args).code;

describe('one charge per member, service and day (rule 24)', () => {
  it('frees the next entry, which names what was paid', () => {
    const decision = tap([aCharge()]);
    expect(decision).toMatchObject({
      outcome: 'granted',
      code: 'OK_REENTRY',
      charge: 0,
      charges: [{ membershipId: 'p1', charge: 0, entitlement: 0 }],
      left: 7,
      chosenBy: 'reentry',
      warnings: [],
    });
    expect(decision.params).toEqual({ paidAt: at('2026-06-15T07:00+02:00') });
  });

  it('until the club day ends, and not before it began', () => {
    const late = aCharge({ at: at('2026-06-15T23:59:59.999+02:00') });
    expect(code([late], { now: '2026-06-15T23:59:59.999+02:00' })).toBe('OK_REENTRY');
    expect(code([late], { now: '2026-06-16T00:00+02:00' })).toBe('OK');
    const branch = { ...warsaw, dayStartsAt: 240 };
    const byNight = aCharge({ at: at('2026-06-15T23:00+02:00') });
    expect(code([byNight], { now: '2026-06-16T03:59:59.999+02:00', facts: { branch } })).toBe('OK_REENTRY');
    expect(code([byNight], { now: '2026-06-16T04:00+02:00', facts: { branch } })).toBe('OK');
  });

  it('for the same service only; the general entry is a service of its own', () => {
    const services = [gym];
    expect(code([aCharge({ serviceId: 'gym' })], { services })).toBe('OK_REENTRY');
    expect(code([aCharge({ serviceId: 'pool' })], { services })).toBe('OK');
    expect(code([aCharge({ serviceId: null })], { services })).toBe('OK');
    expect(code([aCharge({ serviceId: 'gym' })])).toBe('OK');
    expect(code([aCharge({ serviceId: null })])).toBe('OK_REENTRY');
  });

  it('which is the first of the gate’s services that the membership matches', () => {
    const services = [gym, pool];
    expect(code([aCharge({ serviceId: 'gym' })], { services })).toBe('OK_REENTRY');
    expect(code([aCharge({ serviceId: 'pool' })], { services })).toBe('OK');
  });

  it('for the same member, at the same branch, at whichever gate and box', () => {
    expect(code([aCharge({ memberId: 'm2' })])).toBe('OK');
    expect(code([aCharge({ memberId: null })])).toBe('OK');
    expect(code([aCharge({ branchId: 'north' })])).toBe('OK');
    expect(code([aCharge({ gateway: 'box-2', entitlement: null })])).toBe('OK_REENTRY');
    expect(code([aCharge()], { gate: { id: 'back-door' } })).toBe('OK_REENTRY');
  });

  it('frees nothing where nothing was charged, or the person has not come in yet', () => {
    expect(code([aCharge({ charge: 0 })])).toBe('OK');
    expect(code([aCharge({ state: 'reserved' })])).toBe('OK');
    expect(code([aCharge({ prerequisite: true })])).toBe('OK');
  });

  it('of several the last is named', () => {
    const morning = aCharge({ at: at('2026-06-15T06:00+02:00') });
    const later = aCharge({ visit: 2, at: at('2026-06-15T07:30+02:00') });
    expect(tap([morning, later]).params).toEqual({ paidAt: later.at });
    expect(tap([morning, { ...later, charge: 0 }]).params).toEqual({ paidAt: morning.at });
  });

  it('spends nothing of a visit that the central system includes already', () => {
    const membership = aMembership({ visits: counted(0, { 'box-1': 1 }) });
    expect(decide(aTap([held(membership, [aCharge()])]), rulesFor())).toMatchObject({ code: 'OK_REENTRY', left: 0 });
  });

  it('is told of the pool that paid', () => {
    const split = aMembership({
      visits: { left: null, perEntitlement: [0, 5], includes: {} },
      terms: {
        pool: 'split',
        entitlements: [
          { scope: { categoryId: 'fitness' }, visits: 1 },
          { scope: { any: true }, visits: 5 },
        ],
      },
    });
    const paid = held(split, [aCharge({ serviceId: 'gym', entitlement: 1 })]);
    expect(decide(aTap([paid], { services: [gym] }), rulesFor({ services: ['gym'] }))).toMatchObject({
      code: 'OK_REENTRY',
      entitlement: 'any',
      left: 4,
      charges: [{ membershipId: 'p1', charge: 0, entitlement: 1 }],
    });
  });
});

describe('free within the minutes of a session (rule 24)', () => {
  const gate = { charge: 'per_session', sessionMinutes: 90 } as const;

  it('to just before they are over', () => {
    expect(code([aCharge()], { gate, now: '2026-06-15T07:00+02:00' })).toBe('OK_REENTRY');
    expect(code([aCharge()], { gate, now: '2026-06-15T08:29:59.999+02:00' })).toBe('OK_REENTRY');
    expect(code([aCharge()], { gate, now: '2026-06-15T08:30:00.001+02:00' })).toBe('OK');
  });

  it('not before the entry was paid', () => {
    expect(code([aCharge()], { gate, now: '2026-06-15T06:59:59.999+02:00' })).toBe('OK');
  });

  it('over midnight, in elapsed time', () => {
    const late = [aCharge({ at: at('2026-06-15T23:30+02:00') })];
    expect(code(late, { gate, now: '2026-06-16T00:59:59+02:00' })).toBe('OK_REENTRY');
    const night = [aCharge({ at: at('2026-03-29T01:30+01:00') })];
    const spring = { visits: counted(8), startsOn: null } as const;
    const tapAt = (now: string) => decide(aTap([held(aMembership(spring), night)], { now: at(now) }), rulesFor(gate)).code;
    expect([tapAt('2026-03-29T03:30+02:00'), tapAt('2026-03-29T04:00:01+02:00')]).toEqual(['OK_REENTRY', 'OK']);
  });

  it('for the same member, service and branch, and only after a charged entry', () => {
    const soon = { gate, services: [gym] };
    expect(code([aCharge({ serviceId: 'gym' })], soon)).toBe('OK_REENTRY');
    expect(code([aCharge({ serviceId: 'pool' })], soon)).toBe('OK');
    expect(code([aCharge({ memberId: 'm2' })], { gate })).toBe('OK');
    expect(code([aCharge({ branchId: 'north' })], { gate })).toBe('OK');
    expect(code([aCharge({ charge: 0 })], { gate })).toBe('OK');
    expect(code([aCharge({ state: 'reserved' })], { gate })).toBe('OK');
  });

  it('a free entry does not begin the minutes anew', () => {
    const charges = [aCharge(), aCharge({ visit: 2, charge: 0, at: at('2026-06-15T08:00+02:00') })];
    expect(code(charges, { gate, now: '2026-06-15T08:45+02:00' })).toBe('OK');
  });
});

describe('free for the booking that was paid (rule 24)', () => {
  const gate = { charge: 'per_booking' } as const;
  const bookings = [aBooking({ seats: 2 }, { startsAt: at('2026-06-15T08:10+02:00') })];

  it('each booking costs its seats once', () => {
    expect(tap([], { gate, bookings })).toMatchObject({ code: 'OK', charge: 2, bookingId: 'b1' });
    expect(tap([aCharge({ bookingId: 'b1', charge: 2 })], { gate, bookings })).toMatchObject({ code: 'OK_REENTRY', charge: 0 });
    expect(code([aCharge({ bookingId: 'b2' })], { gate, bookings })).toBe('OK');
    expect(code([aCharge({ bookingId: null })], { gate, bookings })).toBe('OK');
  });

  it('and only once it was charged and the person came in', () => {
    expect(code([aCharge({ bookingId: 'b1', charge: 0 })], { gate, bookings })).toBe('OK');
    expect(code([aCharge({ bookingId: 'b1', state: 'reserved' })], { gate, bookings })).toBe('OK');
    expect(code([aCharge({ bookingId: 'b1', prerequisite: true })], { gate, bookings })).toBe('OK');
  });

  it('without a booking every entry costs', () => {
    expect(code([aCharge()], { gate })).toBe('OK');
    expect(code([aCharge({ bookingId: 'b1' })], { gate })).toBe('OK');
  });
});

describe('gates where no entry is free after another (rule 24)', () => {
  it('per entry every one costs', () => {
    expect(tap([aCharge()], { gate: { charge: 'per_entry' } })).toMatchObject({ code: 'OK', charge: 1, left: 6 });
  });

  it('never means that none costs: it is no re-entry, and the balance is not checked', () => {
    expect(tap([aCharge()], { gate: { charge: 'never' } })).toMatchObject({ code: 'OK', charge: 0, left: 7 });
    const spent = aTap([aMembership({ visits: counted(0) })]);
    expect(decide(spent, rulesFor({ charge: 'never' }))).toMatchObject({ code: 'OK', charge: 0, left: 0, warnings: [] });
    const bookings = [aBooking({ seats: 2 }, { startsAt: at('2026-06-15T08:10+02:00') })];
    expect(tap([], { gate: { charge: 'never' }, bookings })).toMatchObject({ code: 'OK', charge: 0, bookingId: 'b1' });
  });
});

describe('a bearer code is its membership (rules 4 and 24)', () => {
  const holder = { credential: aCredential({ memberId: null, membershipId: 'p1' }), member: null };
  const before = aCharge({ memberId: null });

  it('per day it is charged every time', () => {
    expect(code([before], { holder })).toBe('OK');
  });

  it('within the minutes of a session it is free', () => {
    const gate = { charge: 'per_session' } as const;
    expect(code([before], { holder, gate })).toBe('OK_REENTRY');
    expect(code([aCharge()], { holder, gate })).toBe('OK');
  });
});

describe('a free re-entry (rule 24)', () => {
  const paid = (row: Parameters<typeof aMembership>[0]) => held(aMembership({ visits: counted(8), ...row }), [aCharge()]);

  it('asks everything but balance, limits and the state used up', () => {
    const closed = { availability: [{ weekDays: [7 as const], intervals: [{ from: 0, to: 60 }] }] };
    const codes = [
      paid({ state: 'cancelled' }),
      paid({ endsOn: '2026-06-14' }),
      paid({ payment: { mode: 'recurring', state: 'failed', paidThrough: '2026-06-01' } }),
      paid({ terms: { branchIds: ['north'] } }),
      paid({ terms: { usage: 'individual' } }),
      paid({ freezes: [{ id: 'f', from: '2026-06-01', until: null }] }),
      paid({ terms: closed }),
      paid({ terms: { requiresClubCard: true } }),
      paid({ visits: counted(0), state: 'used_up', terms: { maxPerDay: 1 } }),
    ].map((one) => decide(aTap([one]), rulesFor()).code);
    expect(codes).toEqual([
      'CANCELLED',
      'EXPIRED',
      'PAYMENT_FAILED',
      'WRONG_BRANCH',
      'INDIVIDUAL_ONLY',
      'FROZEN',
      'OUTSIDE_DAYS',
      'CLUB_CARD_MISSING',
      'OK_REENTRY',
    ]);
  });

  it('takes the membership that paid, though another comes first in every order', () => {
    const first = aMembership({ id: 'a-first', endsOn: '2026-06-16' });
    for (const memberships of [
      [first, paid({ id: 'paid' })],
      [paid({ id: 'paid' }), first],
    ]) {
      expect(decide(aTap(memberships), rulesFor())).toMatchObject({ membershipId: 'paid', chosenBy: 'reentry', charge: 0 });
    }
  });

  it('of two that paid takes the one that paid last', () => {
    const early = held(aMembership({ id: 'a' }), [aCharge({ at: at('2026-06-15T06:00+02:00') })]);
    const late = held(aMembership({ id: 'b', visits: counted(3) }), [aCharge({ at: at('2026-06-15T07:00+02:00') })]);
    for (const memberships of [
      [early, late],
      [late, early],
    ]) {
      expect(decide(aTap(memberships), rulesFor())).toMatchObject({ membershipId: 'b', chosenBy: 'reentry' });
    }
  });

  it('of two that paid also takes the one that paid last where it comes first in every order', () => {
    const late = held(aMembership({ id: 'a' }), [aCharge({ at: at('2026-06-15T07:00+02:00') })]);
    const early = held(aMembership({ id: 'b', visits: counted(3) }), [aCharge({ at: at('2026-06-15T06:00+02:00') })]);
    for (const memberships of [
      [early, late],
      [late, early],
    ]) {
      expect(decide(aTap(memberships), rulesFor()).membershipId).toBe('a');
    }
  });

  it('of two that paid at the same instant takes the first by the order of rule 22', () => {
    const both = ['b', 'a'].map((id) => held(aMembership({ id }), [aCharge()]));
    for (const memberships of [both, both.toReversed()]) expect(decide(aTap(memberships), rulesFor()).membershipId).toBe('a');
  });

  it('does not take a membership that paid and is refused now', () => {
    const over = paid({ id: 'over', endsOn: '2026-06-14' });
    expect(decide(aTap([over, aMembership({ id: 'next' })]), rulesFor())).toMatchObject({
      code: 'OK',
      membershipId: 'next',
      charge: 1,
      chosenBy: null,
    });
  });
});
