import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/domain/access/decide.ts';
import { breadthOf, scopeText } from '../../../src/domain/access/entitlement.ts';
import type { GateSettings } from '../../../src/domain/gate/gate-settings.ts';
import type { Service } from '../../../src/domain/member/member.ts';
import type { Membership, Scope } from '../../../src/domain/member/membership.ts';
import { aBooking, aMembership, aTap, at, coaching, gym, pool, rulesFor } from '../../kit/facts.ts';

const scopes = {
  any: { any: true },
  gym: { serviceId: 'gym' },
  pool: { serviceId: 'pool' },
  fitness: { categoryId: 'fitness' },
} as const;
type Name = keyof typeof scopes;

/** A pool for each of these, with so many visits left (null: unlimited). */
const bundle = (
  pools: [Name, number | null][],
  row: Partial<Omit<Membership, 'terms'>> = {},
  usage: 'regular' | 'individual' = 'regular',
) =>
  aMembership({
    visits: { left: null, perEntitlement: pools.map(([, left]) => left), includes: {} },
    ...row,
    terms: { usage, pool: 'split', entitlements: pools.map(([name, visits]) => ({ scope: scopes[name] as Scope, visits })) },
  });

const tap = (
  membership: Membership,
  services: Service[] = [],
  bookings: Parameters<typeof aBooking>[] = [],
  gate: Partial<GateSettings> = {},
) =>
  decide(
    aTap([membership], { services }, { bookings: bookings.map((one) => aBooking(...one)) }),
    rulesFor({ services: services.map(({ id }) => id), ...gate }),
  );
const spent = (...args: Parameters<typeof tap>) => {
  const { code, entitlement, serviceId } = tap(...args);
  return code === 'OK' ? `${entitlement} for ${serviceId}` : code;
};

describe('what an entry is spent on at a gate with services (rule 12)', () => {
  it('the entitlement that names the service, before its category, before anything, in whatever order they were sold', () => {
    const pools: [Name, number][] = [
      ['any', 5],
      ['fitness', 5],
      ['gym', 5],
    ];
    for (const all of [pools, pools.toReversed()]) {
      expect(spent(bundle(all), [gym])).toBe('service:gym for gym');
      expect(spent(bundle(all.filter(([name]) => name !== 'gym')), [gym])).toBe('category:fitness for gym');
      expect(spent(bundle(all), [pool])).toBe('any for pool');
    }
  });

  it('the next one that covers it, where that has no visits left', () => {
    expect(
      spent(
        bundle([
          ['gym', 0],
          ['fitness', 5],
        ]),
        [gym],
      ),
    ).toBe('category:fitness for gym');
    expect(
      spent(
        bundle([
          ['gym', 0],
          ['fitness', null],
        ]),
        [gym],
      ),
    ).toBe('category:fitness for gym');
    expect(
      spent(
        bundle([
          ['gym', -1],
          ['fitness', 0],
          ['any', 1],
        ]),
        [gym],
      ),
    ).toBe('any for gym');
  });

  it('none, where no pool has any: the one that names it is told', () => {
    expect(
      tap(
        bundle([
          ['any', 0],
          ['gym', 0],
        ]),
        [gym],
      ),
    ).toMatchObject({ code: 'NO_VISITS_LEFT' });
    expect(
      tap(
        bundle([
          ['any', 0],
          ['gym', 0],
        ]),
        [gym],
        [],
        { charge: 'never' },
      ),
    ).toMatchObject({
      code: 'OK',
      entitlement: 'service:gym',
      left: 0,
    });
  });

  it('the first of the gate’s services that the membership covers', () => {
    expect(spent(bundle([['any', 5]]), [gym, pool])).toBe('any for gym');
    expect(spent(bundle([['any', 5]]), [pool, gym])).toBe('any for pool');
    expect(spent(bundle([['pool', 5]]), [gym, pool])).toBe('service:pool for pool');
  });

  it('also where the pool of that service is empty and that of another is not (rule 24)', () => {
    expect(
      spent(
        bundle([
          ['gym', 0],
          ['pool', 5],
        ]),
        [gym, pool],
      ),
    ).toBe('NO_VISITS_LEFT');
  });

  it('the pool gate spends the pool visits only', () => {
    expect(
      spent(
        bundle([
          ['gym', 8],
          ['pool', 0],
        ]),
        [pool],
      ),
    ).toBe('NO_VISITS_LEFT');
    expect(
      tap(
        bundle([
          ['gym', 8],
          ['pool', 4],
        ]),
        [pool],
      ),
    ).toMatchObject({ left: 3, charges: [{ entitlement: 1 }] });
  });
});

describe('what an entry is spent on at a general entry (rule 12)', () => {
  it('the first entitlement with visits left, in the order in which they were sold', () => {
    expect(
      spent(
        bundle([
          ['any', 5],
          ['gym', 5],
        ]),
      ),
    ).toBe('any for null');
    expect(
      spent(
        bundle([
          ['gym', 5],
          ['any', 5],
        ]),
      ),
    ).toBe('service:gym for null');
    expect(
      spent(
        bundle([
          ['gym', 0],
          ['any', 1],
        ]),
      ),
    ).toBe('any for null');
    expect(
      spent(
        bundle([
          ['gym', 0],
          ['any', null],
        ]),
      ),
    ).toBe('any for null');
    expect(
      spent(
        bundle([
          ['gym', -2],
          ['pool', 0],
          ['fitness', 1],
        ]),
      ),
    ).toBe('category:fitness for null');
  });

  it('where none has any the first is told', () => {
    expect(
      tap(
        bundle([
          ['gym', 0],
          ['pool', -1],
        ]),
      ),
    ).toMatchObject({ code: 'NO_VISITS_LEFT', params: { left: 0, cost: 1 } });
    expect(
      tap(
        bundle([
          ['gym', 0],
          ['pool', -1],
        ]),
        [],
        [],
        { charge: 'never' },
      ).entitlement,
    ).toBe('service:gym');
  });
});

describe('services chosen at sale (section 2)', () => {
  const sold = (serviceIds: string[] | null, ...names: Name[]) =>
    bundle(
      names.map((name): [Name, number] => [name, 5]),
      { limitedTo: { branchIds: null, serviceIds } },
    );

  it('narrow what the terms allow', () => {
    expect(spent(sold(['gym'], 'any'), [gym])).toBe('any for gym');
    expect(spent(sold(['gym'], 'any'), [pool])).toBe('WRONG_SERVICE');
    expect(spent(sold(['pool', 'gym'], 'any'), [pool])).toBe('any for pool');
    expect(spent(sold(['gym'], 'any'), [pool, gym])).toBe('any for gym');
    expect(spent(sold(['sauna'], 'gym'), [gym])).toBe('WRONG_SERVICE');
  });

  it('an empty list means nothing, also at a general entry', () => {
    expect(spent(sold([], 'any'), [gym])).toBe('WRONG_SERVICE');
    expect(spent(sold([], 'any'))).toBe('WRONG_SERVICE');
    expect(spent(sold([], 'gym'))).toBe('WRONG_SERVICE');
  });

  it('at a general entry leave out the entitlements to other services', () => {
    expect(spent(sold(['pool'], 'gym', 'pool'))).toBe('service:pool for null');
    expect(spent(sold(['pool'], 'gym', 'any'))).toBe('any for null');
    expect(spent(sold(['sauna'], 'gym'))).toBe('WRONG_SERVICE');
    expect(spent(sold(null, 'gym'))).toBe('service:gym for null');
  });
});

describe('where a session is chosen (rules 12, 13 and 15)', () => {
  const soon = { startsAt: at('2026-06-15T08:10+02:00') };
  const booked = (serviceId: string, seats = 1): Parameters<typeof aBooking>[] => [[{ seats }, { serviceId, ...soon }]];

  it('its service is what the entry is spent on, though the gate names another first', () => {
    expect(
      spent(
        bundle([
          ['gym', 5],
          ['pool', 5],
        ]),
        [gym, pool],
        booked('pool'),
      ),
    ).toBe('service:pool for pool');
    expect(
      spent(
        bundle([
          ['gym', 5],
          ['pool', 5],
        ]),
        [gym, pool],
        booked('gym'),
      ),
    ).toBe('service:gym for gym');
  });

  it('a membership that does not cover it is spent on what it does cover', () => {
    expect(spent(bundle([['gym', 5]]), [gym, pool], booked('pool'))).toBe('service:gym for gym');
  });

  it('a place for three is paid by a pool that holds three', () => {
    expect(
      tap(
        bundle([
          ['gym', 2],
          ['fitness', 3],
        ]),
        [gym],
        booked('gym', 3),
      ),
    ).toMatchObject({
      entitlement: 'category:fitness',
      charge: 3,
      left: 0,
    });
  });

  it('where no pool holds three, the first that has any is told', () => {
    expect(
      tap(
        bundle([
          ['gym', 0],
          ['fitness', 2],
        ]),
        [gym],
        booked('gym', 3),
      ),
    ).toMatchObject({
      code: 'NO_VISITS_LEFT',
      params: { left: 2, cost: 3 },
    });
  });
});

describe('a gate that leads to an individual service and others (rules 12 and 13)', () => {
  it('a regular membership goes to the one that is not, whichever is named first', () => {
    for (const services of [
      [coaching, gym],
      [gym, coaching],
    ]) {
      expect(spent(bundle([['any', 5]]), services)).toBe('any for gym');
      expect(spent(bundle([['any', 5]], {}, 'individual'), services)).toBe('any for coaching');
    }
  });

  it('where only the wrong kind is covered, that is what is refused', () => {
    expect(spent(bundle([['gym', 5]], {}, 'individual'), [coaching, gym])).toBe('INDIVIDUAL_ONLY');
    expect(spent(bundle([['any', 5]]), [coaching])).toBe('WRONG_SERVICE');
  });

  it('at a general entry both kinds fit every entitlement', () => {
    const session = { individual: true, startsAt: at('2026-06-15T08:10+02:00') };
    expect(spent(bundle([['gym', 5]], {}, 'individual'), [], [[{}, session]])).toBe('service:gym for null');
  });
});

describe('how a scope is written and how exactly it names what is entered', () => {
  it.each([
    [{ serviceId: 'gym' }, 'service:gym', 0],
    [{ categoryId: 'water' }, 'category:water', 1],
    [{ any: true as const }, 'any', 2],
  ])('%j', (scope, text, breadth) => {
    expect([scopeText(scope), breadthOf(scope)]).toEqual([text, breadth]);
  });
});
