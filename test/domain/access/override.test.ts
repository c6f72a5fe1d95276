import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../src/domain/access/facts.ts';
import { chargeOverride } from '../../../src/domain/access/override.ts';
import type { GateSettings, Rules } from '../../../src/domain/gate/gate-settings.ts';
import { aBooking, aCharge, aMember, aMembership, aTap, at, counted, gym, held, pool, rulesFor } from '../../kit/facts.ts';

const closed = { availability: [{ weekDays: [7 as const], intervals: [{ from: 0, to: 60 }] }] };
const nothing = { membershipId: null, charges: [], serviceId: null, activation: null, bookingId: null, conflict: false };

const atPool: [Partial<Facts>, Partial<GateSettings>] = [{ services: [pool] }, { services: ['pool'] }];

const taken = (
  memberships: Parameters<typeof aTap>[0],
  facts: Partial<Facts> = {},
  gate: Partial<GateSettings> = {},
  rules: Partial<Rules> = {},
) => chargeOverride(aTap(memberships, facts), rulesFor(gate, rules));

describe('letting in a member whose membership is good (rule 35)', () => {
  it('takes the membership that a tap would take, and is no conflict', () => {
    const counting = aMembership({ id: 'b', visits: counted(3) });
    expect(taken([aMembership({ id: 'a', state: 'cancelled' }), counting])).toEqual({
      ...nothing,
      membershipId: 'b',
      charges: [{ membershipId: 'b', charge: 1, entitlement: 0 }],
    });
    expect(taken([counting, aMembership({ id: 'c' })]).membershipId).toBe('c');
    expect(taken([counting, aMembership({ id: 'c' })], {}, {}, { chooseOrder: ['id'] }).membershipId).toBe('b');
  });

  it('for the service of the gate', () => {
    const covering = aMembership({
      terms: {
        entitlements: [
          { scope: { serviceId: 'gym' }, visits: null },
          { scope: { serviceId: 'pool' }, visits: null },
        ],
      },
    });
    expect(taken([covering], { services: [pool, gym] }, { services: ['pool', 'gym'] })).toMatchObject({
      serviceId: 'pool',
      charges: [{ entitlement: 1 }],
    });
  });

  it('activates it with the first visit', () => {
    const unused = aMembership({ state: 'issued', startsOn: null, endsOn: null, terms: { activation: 'first_visit' } });
    expect(taken([unused]).activation).toEqual({ startsOn: '2026-06-15', endsOn: '2026-07-14' });
  });

  it('takes a visit from the club card beside it, where that counts', () => {
    const pass = aMembership({ id: 'pass', terms: { requiresClubCard: true } });
    const card = aMembership({ id: 'card', visits: counted(2), terms: { usage: 'club_card' } });
    const charges = [
      { membershipId: 'pass', charge: 1, entitlement: 0 },
      { membershipId: 'card', charge: 1, entitlement: null },
    ];
    expect(taken([pass, card])).toMatchObject({ charges, conflict: false });
    expect(taken([pass, { ...card, visits: counted(2) }], {}, { charge: 'never' }).charges).toEqual([
      { ...charges[0], charge: 0 },
    ]);
    expect(
      taken([
        pass,
        aMembership({ ...card, visits: { left: null, perEntitlement: null, includes: {} }, terms: { usage: 'club_card' } }),
      ]).charges,
    ).toEqual([charges[0]]);
  });

  it('takes the seats of the session they have come for', () => {
    const bookings = [aBooking({ seats: 2 }, { startsAt: at('2026-06-15T08:10+02:00') })];
    const facts = aTap([aMembership({ visits: counted(5) })], {}, { bookings });
    expect(chargeOverride(facts, rulesFor())).toMatchObject({ charges: [{ charge: 2 }], bookingId: 'b1', conflict: false });
  });

  it('takes another visit where the day was paid already: staff said so', () => {
    const split = aMembership({
      visits: { left: null, perEntitlement: [5, 5], includes: {} },
      terms: {
        pool: 'split',
        entitlements: [
          { scope: { any: true }, visits: 5 },
          { scope: { any: true }, visits: 5 },
        ],
      },
    });
    const paid = held(split, [aCharge({ entitlement: 1 })]);
    expect(taken([paid])).toMatchObject({ charges: [{ membershipId: 'p1', charge: 1, entitlement: 0 }], conflict: false });
  });

  it('does not look at whether the member is blocked or the gate is closed: staff do', () => {
    const facts = aTap([aMembership()], {}, { member: aMember({ blocked: true }) });
    expect(chargeOverride(facts, rulesFor())).toMatchObject({ membershipId: 'p1', conflict: false });
  });

  it('is the same in whatever order the rows arrived', () => {
    const all = [
      aMembership({ id: 'b', visits: counted(3) }),
      aMembership({ id: 'a', visits: counted(3) }),
      aMembership({ id: 'c', terms: closed }),
    ];
    expect(taken(all.toReversed())).toEqual(taken(all));
  });
});

describe('letting in a member none of whose memberships is good (rule 35)', () => {
  it('takes the first by the order that has visits left, and is a conflict', () => {
    const memberships = [
      aMembership({ id: 'a', visits: counted(0) }),
      aMembership({ id: 'b', visits: counted(9), terms: closed }),
      aMembership({ id: 'c', visits: counted(2), state: 'expired' }),
    ];
    for (const all of [memberships, memberships.toReversed()]) {
      expect(taken(all)).toEqual({
        ...nothing,
        membershipId: 'c',
        charges: [{ membershipId: 'c', charge: 1, entitlement: 0 }],
        conflict: true,
      });
    }
    expect(taken(memberships, {}, {}, { chooseOrder: ['id'] }).membershipId).toBe('b');
  });

  it('an unlimited one has visits left', () => {
    expect(taken([aMembership({ endsOn: '2026-06-01' })])).toMatchObject({ membershipId: 'p1', conflict: true });
  });

  it('one visit is enough, an overspend is none', () => {
    expect(taken([aMembership({ visits: counted(1), terms: closed })])).toMatchObject({ membershipId: 'p1', conflict: true });
    expect(taken([aMembership({ visits: counted(0) })])).toEqual(nothing);
    expect(taken([aMembership({ visits: counted(-1) })])).toEqual(nothing);
  });

  it('names the session and the service that it is for', () => {
    const bookings = [aBooking({ seats: 2 }, { serviceId: 'gym', startsAt: at('2026-06-15T08:10+02:00') })];
    const facts = aTap([aMembership({ terms: closed })], { services: [gym] }, { bookings });
    expect(chargeOverride(facts, rulesFor({ services: ['gym'] }))).toMatchObject({
      charges: [{ charge: 2 }],
      serviceId: 'gym',
      bookingId: 'b1',
      conflict: true,
    });
  });

  it('of one that covers nothing here takes the shared pool, and none of split ones', () => {
    const gymOnly = { entitlements: [{ scope: { serviceId: 'gym' }, visits: 5 }] };
    expect(taken([aMembership({ visits: counted(5), terms: gymOnly })], ...atPool)).toEqual({
      ...nothing,
      membershipId: 'p1',
      charges: [{ membershipId: 'p1', charge: 1, entitlement: null }],
      conflict: true,
    });
    const split = aMembership({
      visits: { left: null, perEntitlement: [5], includes: {} },
      terms: { ...gymOnly, pool: 'split' },
    });
    expect(taken([split], ...atPool)).toEqual(nothing);
  });

  it('of split pools takes the one that fits, where that has visits left', () => {
    const split = (left: number) =>
      aMembership({
        visits: { left: null, perEntitlement: [5, left], includes: {} },
        terms: {
          ...closed,
          pool: 'split',
          entitlements: [
            { scope: { serviceId: 'gym' }, visits: 5 },
            { scope: { serviceId: 'pool' }, visits: 5 },
          ],
        },
      });
    expect(taken([split(1)], ...atPool)).toMatchObject({ charges: [{ entitlement: 1 }], serviceId: 'pool', conflict: true });
    expect(taken([split(0)], ...atPool)).toEqual(nothing);
  });

  it('never takes a club card, nor a membership with a value that nobody knows', () => {
    expect(taken([aMembership({ visits: counted(5), terms: { usage: 'club_card' } })])).toEqual(nothing);
    expect(taken([aMembership({ visits: counted(5), unusable: '`state` is `paused`' })])).toEqual(nothing);
  });

  it('takes nothing from who has no membership, is unknown, or comes to a branch that is', () => {
    expect(taken([])).toEqual(nothing);
    expect(taken([aMembership()], { credentials: [] })).toEqual(nothing);
    expect(taken([aMembership()], { branch: null })).toEqual(nothing);
  });

  it('one about which staff would be asked is taken too: the override is their answer', () => {
    const frozen = aMembership({ freezes: [{ id: 'f', from: '2026-06-01', until: null }] });
    expect(taken([frozen], {}, { frozen: 'ask_staff' })).toMatchObject({ membershipId: 'p1', charges: [{ charge: 1 }] });
  });

  it('at a gate that never charges is a conflict too ("when none passes, the first …, marked as a conflict")', () => {
    expect(taken([aMembership({ terms: closed })], {}, { charge: 'never' })).toMatchObject({
      membershipId: 'p1',
      charges: [{ charge: 0 }],
      conflict: true,
    });
  });

  it('takes the visit of the club card as well ("is charged with each charged entry", rule 17)', () => {
    const pass = aMembership({ id: 'pass', terms: { requiresClubCard: true, ...closed } });
    const card = aMembership({ id: 'card', visits: counted(2), terms: { usage: 'club_card' } });
    expect(taken([pass, card])).toMatchObject({
      conflict: true,
      charges: [{ membershipId: 'pass' }, { membershipId: 'card', charge: 1, entitlement: null }],
    });
  });

  it('begins with this visit, where it waits for its first', () => {
    const unused = aMembership({
      state: 'issued',
      startsOn: null,
      endsOn: null,
      terms: { allowOverlap: false, activation: 'first_visit', ...closed },
    });
    expect(taken([unused])).toMatchObject({ conflict: true, activation: { startsOn: '2026-06-15', endsOn: '2026-07-14' } });
  });

  it('does not activate one that waits for another ("is not activated while the earlier lives", rule 21)', () => {
    const earlier = aMembership({ id: 'a', soldOn: '2026-05-01', terms: { allowOverlap: false, ...closed } });
    const later = aMembership({
      id: 'b',
      state: 'issued',
      startsOn: null,
      endsOn: null,
      terms: { allowOverlap: false, activation: 'first_visit' },
    });
    const bookings = [aBooking({ membershipId: 'b' }, { startsAt: at('2026-06-15T08:10+02:00') })];
    const charge = chargeOverride(aTap([earlier, later], {}, { bookings }), rulesFor());
    expect(charge).toMatchObject({ membershipId: 'b', activation: null });
  });

  it('nor one that waits and has not begun either ("is not activated while the earlier lives", rule 21)', () => {
    const earlier = aMembership({ id: 'a', soldOn: '2026-05-01', terms: { allowOverlap: false, ...closed } });
    const later = aMembership({
      id: 'b',
      state: 'issued',
      startsOn: '2026-06-16',
      endsOn: null,
      terms: { allowOverlap: false, activation: 'first_visit' },
    });
    const bookings = [aBooking({ membershipId: 'b' }, { startsAt: at('2026-06-15T08:10+02:00') })];
    const charge = chargeOverride(aTap([earlier, later], {}, { bookings }), rulesFor());
    expect(charge).toMatchObject({ membershipId: 'b', activation: null });
  });
});
