import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/domain/access/decide.ts';
import type { Facts, HeldMembership } from '../../../src/domain/access/facts.ts';
import { type ChooseCriterion, chooseCriteria, type GateSettings } from '../../../src/domain/gate/gate-settings.ts';
import type { Membership } from '../../../src/domain/member/membership.ts';
import { aBooking, aCharge, aMembership, aTap, at, counted, held, pool, rulesFor } from '../../kit/facts.ts';

interface Case {
  chooseOrder?: readonly ChooseCriterion[];
  facts?: Partial<Facts>;
  gate?: Partial<GateSettings>;
  holder?: Parameters<typeof aTap>[2];
}

/** Which membership pays and why, whatever the order in which the rows arrived. */
const chosen = (
  memberships: (Membership | HeldMembership)[],
  { chooseOrder = chooseCriteria, facts = {}, gate = {}, holder = {} }: Case = {},
) => {
  const [there, back] = [memberships, memberships.toReversed()].map((all) => {
    const rules = rulesFor(gate, { chooseOrder, clock: { whenUntrusted: 'allow' } });
    const { membershipId, chosenBy } = decide(aTap(all, facts, holder), rules);
    return `${membershipId} by ${chosenBy}`;
  });
  expect(back).toBe(there);
  return there;
};

const atPool = { facts: { services: [pool] }, gate: { services: ['pool'] } };
const covering = (id: string, scope: { any: true } | { serviceId: string } | { categoryId: string }) =>
  aMembership({ id, terms: { entitlements: [{ scope, visits: null }] } });
const asleep = (id: string, row: Parameters<typeof aMembership>[0] = {}) =>
  aMembership({ id, state: 'issued', startsOn: null, endsOn: null, ...row, terms: { activation: 'first_visit' } });

describe('one after the other, the first difference decides (rule 22)', () => {
  const soon = { bookings: [aBooking({ membershipId: 'b' }, { startsAt: at('2026-06-15T08:10+02:00') })] };

  it('booking: the one tied to the chosen session', () => {
    expect(chosen([aMembership({ id: 'a' }), aMembership({ id: 'b' })], { holder: soon })).toBe('b by booking');
  });

  it('a booking that is tied to neither, or is not chosen, decides nothing', () => {
    const untied = { bookings: [aBooking({}, { startsAt: at('2026-06-15T08:10+02:00') })] };
    const later = { bookings: [aBooking({ membershipId: 'b' })] };
    for (const holder of [untied, later]) {
      expect(chosen([aMembership({ id: 'a' }), aMembership({ id: 'b' })], { holder })).toBe('a by id');
    }
  });

  it('match: a service before a category before anything', () => {
    const any = covering('a', { any: true });
    const category = covering('b', { categoryId: 'water' });
    const service = covering('c', { serviceId: 'pool' });
    expect(chosen([any, category, service], atPool)).toBe('c by match');
    expect(chosen([any, category], atPool)).toBe('b by match');
    expect(chosen([any, service], atPool)).toBe('c by match');
    expect(chosen([any, category])).toBe('b by match');
  });

  it('activated: an active one before one that the visit would activate', () => {
    expect(chosen([asleep('a'), aMembership({ id: 'b', visits: counted(3) })])).toBe('b by activated');
  });

  it('activated: a provisional activation is one, and so is one that came by itself', () => {
    const activation = { startsOn: '2026-06-10', endsOn: '2026-07-09' };
    const used = held(asleep('a'), [aCharge({ activation, at: at('2026-06-10T08:00+02:00') })]);
    expect(chosen([used, aMembership({ id: 'b', visits: counted(3) })])).toBe('a by unlimited');
    const byItself = aMembership({
      ...asleep('a', { soldOn: '2026-06-01' }),
      terms: { activation: 'first_visit', autoActivateAfter: { length: 7, unit: 'day' } },
    });
    expect(chosen([byItself, aMembership({ id: 'b', visits: counted(3) })])).toBe('a by unlimited');
  });

  it('activated: also while the clock is not trusted ("active before not yet activated")', () => {
    const untrusted = { facts: { clockTrusted: false } };
    expect(chosen([asleep('a'), aMembership({ id: 'b', visits: counted(3) })], untrusted)).toBe('b by activated');
  });

  it('unlimited: before counted', () => {
    expect(chosen([aMembership({ id: 'a', visits: counted(3), endsOn: '2026-06-16' }), aMembership({ id: 'b' })])).toBe(
      'b by unlimited',
    );
  });

  it('ends: the earliest, no end last', () => {
    const ending = (id: string, endsOn: string | null) => aMembership({ id, endsOn });
    expect(chosen([ending('a', '2026-07-01'), ending('b', '2026-06-20')])).toBe('b by ends');
    expect(chosen([ending('a', null), ending('b', '2036-06-20')])).toBe('b by ends');
    expect(chosen([ending('a', null), ending('b', null)])).toBe('a by id');
  });

  it('ends: within the day the earlier instant, and the day’s end after it', () => {
    const ending = (id: string, time: string | null) =>
      aMembership({ id, endsOn: '2026-06-20', endsAt: time === null ? null : at(`2026-06-20T${time}+02:00`) });
    expect(chosen([ending('a', '18:00'), ending('b', '12:00')])).toBe('b by ends');
    expect(chosen([ending('a', null), ending('b', '12:00')])).toBe('b by ends');
    expect(chosen([ending('a', '12:00'), ending('b', '12:00')])).toBe('a by id');
    expect(chosen([ending('a', null), ending('b', null)])).toBe('a by id');
  });

  it('ends: an instant wins over the last day beside it', () => {
    const row = aMembership({ id: 'b', endsOn: '2026-07-31', endsAt: at('2026-06-18T00:00+02:00') });
    expect(chosen([aMembership({ id: 'a', endsOn: '2026-06-18' }), row])).toBe('b by ends');
    expect(chosen([aMembership({ id: 'a', endsOn: '2026-06-16' }), row])).toBe('a by ends');
  });

  it('left: the fewest, an overspend counting as none', () => {
    expect(chosen([aMembership({ id: 'a', visits: counted(9) }), aMembership({ id: 'b', visits: counted(2) })])).toBe(
      'b by left',
    );
    const never = { gate: { charge: 'never' } } as const;
    expect(chosen([aMembership({ id: 'a', visits: counted(0) }), aMembership({ id: 'b', visits: counted(-4) })], never)).toBe(
      'a by id',
    );
    expect(chosen([aMembership({ id: 'a', visits: counted(1) }), aMembership({ id: 'b', visits: counted(-4) })], never)).toBe(
      'b by left',
    );
  });

  it('left: what was charged since counts', () => {
    const spent = held(aMembership({ id: 'b', visits: counted(5) }), [
      aCharge({ at: at('2026-06-14T08:00+02:00') }),
      aCharge({ visit: 2, at: at('2026-06-13T08:00+02:00') }),
    ]);
    expect(chosen([aMembership({ id: 'a', visits: counted(4) }), spent])).toBe('b by left');
  });

  it('left: one that counts nothing comes after those that count', () => {
    expect(chosen([aMembership({ id: 'a' }), aMembership({ id: 'b', visits: counted(9) })], { chooseOrder: ['left'] })).toBe(
      'b by left',
    );
    expect(chosen([aMembership({ id: 'a' }), aMembership({ id: 'b' })], { chooseOrder: ['left'] })).toBe('a by id');
  });

  it('personal: before one shared with others', () => {
    expect(chosen([aMembership({ id: 'a', memberIds: ['m1', 'm2'] }), aMembership({ id: 'b' })])).toBe('b by personal');
  });

  it('sold: the earliest, nobody knows when last', () => {
    expect(chosen([aMembership({ id: 'a', soldOn: '2026-06-02' }), aMembership({ id: 'b', soldOn: '2026-06-01' })])).toBe(
      'b by sold',
    );
    expect(chosen([aMembership({ id: 'a', soldOn: null }), aMembership({ id: 'b', soldOn: '2026-06-01' })])).toBe('b by sold');
    expect(chosen([aMembership({ id: 'a', soldOn: null }), aMembership({ id: 'b', soldOn: null })])).toBe('a by id');
  });

  it('id: in the end', () => {
    expect(chosen([aMembership({ id: 'b' }), aMembership({ id: 'a' }), aMembership({ id: 'c' })])).toBe('a by id');
  });

  it('one alone was not chosen by anything', () => {
    expect(chosen([aMembership()])).toBe('p1 by null');
  });

  it('what tells the chosen one from the next is told, not what tells it from the last', () => {
    const memberships = [
      aMembership({ id: 'c', visits: counted(3) }),
      aMembership({ id: 'a', endsOn: '2026-06-20' }),
      aMembership({ id: 'b', endsOn: '2026-06-25' }),
    ];
    expect(chosen(memberships)).toBe('a by ends');
  });

  it('those that are refused are not looked at', () => {
    const memberships = [aMembership({ id: 'a', state: 'cancelled' }), aMembership({ id: 'b', visits: counted(3) })];
    expect(chosen(memberships)).toBe('b by null');
  });
});

describe('a club with an order of its own (rule 22)', () => {
  const b = aMembership({ id: 'b', soldOn: '2026-05-01', endsOn: '2026-06-30', visits: counted(9), memberIds: ['m1', 'm2'] });
  const a = aMembership({ id: 'a', soldOn: '2026-05-02', endsOn: '2026-06-29', visits: counted(8) });

  it('is obeyed', () => {
    expect(chosen([a, b], { chooseOrder: ['sold', 'ends'] })).toBe('b by sold');
    expect(chosen([a, b], { chooseOrder: ['ends', 'sold'] })).toBe('a by ends');
    expect(chosen([a, b], { chooseOrder: ['personal'] })).toBe('a by personal');
    expect(chosen([a, b], { chooseOrder: ['left'] })).toBe('a by left');
    expect(chosen([b, a], { chooseOrder: ['id', 'sold'] })).toBe('a by id');
  });

  it('that tells nothing apart leaves it to the id', () => {
    expect(chosen([a, b], { chooseOrder: [] })).toBe('a by id');
    expect(chosen([a, b], { chooseOrder: ['booking', 'match', 'activated'] })).toBe('a by id');
  });

  it('decides the refusal too, where several got equally far (rule 23)', () => {
    const spent = [
      aMembership({ id: 'a', endsOn: '2026-06-10', soldOn: '2026-05-02' }),
      aMembership({ id: 'b', endsOn: '2026-06-12', soldOn: '2026-05-01' }),
    ];
    const endedOn = (chooseOrder: readonly ChooseCriterion[], memberships: Membership[]) =>
      decide(aTap(memberships), rulesFor({}, { chooseOrder })).params['endedOn'];
    for (const memberships of [spent, spent.toReversed()]) {
      expect(endedOn(['ends'], memberships)).toBe('2026-06-10');
      expect(endedOn(['sold'], memberships)).toBe('2026-06-12');
    }
  });
});

describe('a membership that covers nothing of the gate', () => {
  it('comes after those that do, where a refusal is to be shown (rules 22 and 23)', () => {
    const memberships = [covering('a', { serviceId: 'gym' }), covering('b', { any: true })].map((one) => ({
      ...one,
      state: 'cancelled' as const,
    }));
    const decision = decide(aTap(memberships, { services: [pool] }), rulesFor({ services: ['pool'] }));
    expect(Object.keys(decision.refusals)).toEqual(['b', 'a']);
    const category = { ...covering('c', { categoryId: 'water' }), state: 'cancelled' as const };
    const three = decide(aTap([...memberships, category], { services: [pool] }), rulesFor({ services: ['pool'] }));
    expect(Object.keys(three.refusals)).toEqual(['c', 'b', 'a']);
  });
});
