import { describe, expect, it } from 'vitest';
import { leftOf } from '../../../src/domain/access/balance.ts';
import { decide } from '../../../src/domain/access/decide.ts';
import type { Charge } from '../../../src/domain/access/facts.ts';
import type { Entitlement } from '../../../src/domain/member/membership.ts';
import { aCharge, aMembership, aTap, at, counted, gym, held, pool, rulesFor } from '../../kit/facts.ts';

const yesterday = at('2026-06-14T08:00+02:00');
const charge = (row: Partial<Charge> = {}) => aCharge({ at: yesterday, ...row });

describe('the balance of a membership (rule 19)', () => {
  const left = (central: number, includes: Record<string, number>, ...charges: Charge[]) =>
    leftOf(held(aMembership({ visits: counted(central, includes) }), charges), 0);

  it('is the central figure less the visits that it does not include yet', () => {
    expect(left(8, {})).toBe(8);
    expect(left(8, {}, charge())).toBe(7);
    expect(left(8, {}, charge(), charge({ visit: 2 }))).toBe(6);
    expect(left(8, {}, charge({ charge: 3 }))).toBe(5);
    expect(left(8, {}, charge({ charge: 0 }))).toBe(8);
  });

  it('includes visits up to the number that the central system names, of that gateway alone', () => {
    const three = [charge({ visit: 4 }), charge({ visit: 5 }), charge({ visit: 6 })];
    expect(left(8, { 'box-1': 5 }, ...three)).toBe(7);
    expect(left(8, { 'box-1': 6 }, ...three)).toBe(8);
    expect(left(8, { 'box-1': 3 }, ...three)).toBe(5);
    expect(left(8, { 'box-2': 9 }, ...three)).toBe(5);
    expect(left(8, { 'box-2': 9, 'box-1': 9 }, ...three)).toBe(8);
    expect(left(8, { 'box-1': 5, 'box-2': 1 }, ...three, charge({ gateway: 'box-2', visit: 2 }))).toBe(6);
  });

  it('counts reserved visits, whoever made them', () => {
    expect(left(8, {}, charge({ state: 'reserved', memberId: 'm2', gateway: 'box-2' }))).toBe(7);
  });

  it('goes below 0 after an overspend', () => {
    expect(left(1, {}, charge(), charge({ gateway: 'box-2' }))).toBe(-1);
  });

  it('of an unlimited membership is unlimited, whatever was charged', () => {
    expect(leftOf(held(aMembership(), [charge()]), 0)).toBeNull();
  });

  it('is the same at every gate and for every entitlement of a shared pool', () => {
    const shared = held(
      aMembership({
        visits: counted(5),
        terms: {
          entitlements: [
            { scope: { serviceId: 'gym' }, visits: 8 },
            { scope: { serviceId: 'pool' }, visits: 2 },
          ],
        },
      }),
      [charge({ serviceId: 'gym' }), charge({ visit: 2, serviceId: 'pool', entitlement: 1 })],
    );
    expect([leftOf(shared, 0), leftOf(shared, 1), leftOf(shared, null)]).toEqual([3, 3, 3]);
  });
});

describe('a pool for each entitlement (section 2)', () => {
  const entitlements: Entitlement[] = [
    { scope: { serviceId: 'gym' }, visits: 8 },
    { scope: { serviceId: 'pool' }, visits: 4 },
  ];
  const split = (perEntitlement: (number | null)[] | null, charges: Charge[] = [], includes = {}, left: number | null = null) =>
    held(aMembership({ visits: { left, perEntitlement, includes }, terms: { pool: 'split', entitlements } }), charges);
  const both = (...args: Parameters<typeof split>) => [0, 1].map((entitlement) => leftOf(split(...args), entitlement));

  it('is counted by itself', () => {
    expect(both([8, 4])).toEqual([8, 4]);
    expect(both([8, 4], [charge()])).toEqual([7, 4]);
    expect(both([8, 4], [charge({ entitlement: 1, charge: 2 })])).toEqual([8, 2]);
    expect(both([8, null], [charge({ entitlement: 1 })])).toEqual([8, null]);
    expect(both([8, 4], [charge(), charge({ visit: 2 })], { 'box-1': 1 })).toEqual([7, 4]);
  });

  it('of which the central system says nothing is empty: unknown is not unlimited', () => {
    expect(both([8])).toEqual([8, 0]);
    expect(both([])).toEqual([0, 0]);
    expect(both(null)).toEqual([0, 0]);
    expect(both(null, [], {}, 5)).toEqual([0, 0]);
  });

  it('gives the visit of a peer, which names only the service, to the pool of that service', () => {
    const peer = { gateway: 'box-2', entitlement: null };
    expect(both([8, 4], [charge({ ...peer, serviceId: 'pool' })])).toEqual([8, 3]);
    expect(both([8, 4], [charge({ ...peer, serviceId: 'gym' })])).toEqual([7, 4]);
  });

  it('never shows more than is left: a peer’s visit to nobody knows what is missing wherever it may have been spent', () => {
    const peer = { gateway: 'box-2', entitlement: null };
    expect(both([8, 4], [charge({ ...peer, serviceId: 'sauna' })])).toEqual([7, 3]);
  });

  it('a peer’s visit at a general entry is taken once ("the first with visits left is spent", "nothing is subtracted twice")', () => {
    expect(both([8, 4], [charge({ gateway: 'box-2', entitlement: null, serviceId: null })])).toEqual([7, 4]);
  });

  it('a peer’s visits at a general entry are taken from one pool after the other, as they empty', () => {
    const peer = (visit: number, row: Partial<Charge> = {}) =>
      charge({ gateway: 'box-2', visit, entitlement: null, serviceId: null, ...row });
    expect(both([1, 4], [peer(1), peer(2)])).toEqual([0, 3]);
    expect(both([0, 4], [peer(1), peer(2)])).toEqual([0, 2]);
    expect(both([2, 4], [peer(1, { charge: 2 }), peer(2)])).toEqual([0, 3]);
    expect(both([2, 4], [charge(), peer(1), peer(2)])).toEqual([0, 3]);
    expect(both([1, 4], [peer(1), peer(2)], { 'box-2': 1 })).toEqual([0, 4]);
    expect(both([null, 4], [peer(1), peer(2)])).toEqual([null, 4]);
    expect(both([0, null], [peer(1)])).toEqual([0, null]);
    expect(both([0, 0], [peer(1)])).toEqual([-1, 0]);
  });

  it('a peer’s visit that no entitlement names is taken from each: nothing is left that may be spent already', () => {
    const byCategory = aMembership({
      visits: { left: null, perEntitlement: [8, 4], includes: {} },
      terms: {
        pool: 'split',
        entitlements: [
          { scope: { categoryId: 'fitness' }, visits: 8 },
          { scope: { categoryId: 'water' }, visits: 4 },
        ],
      },
    });
    const peer = charge({ gateway: 'box-2', entitlement: null, serviceId: 'gym' });
    const facts = aTap([held(byCategory, [peer])], { services: [pool, gym] });
    expect(decide(facts, rulesFor({ services: ['pool', 'gym'] }))).toMatchObject({ entitlement: 'category:water', left: 2 });
  });

  it('a peer’s visit at a general entry is taken from what was sold ("`limitedTo`: chosen at sale; narrows the terms")', () => {
    const sold = split([8, 4], [charge({ gateway: 'box-2', entitlement: null, serviceId: null })]);
    const poolOnly = { ...sold, membership: { ...sold.membership, limitedTo: { branchIds: null, serviceIds: ['pool'] } } };
    expect([leftOf(poolOnly, 0), leftOf(poolOnly, 1)]).toEqual([8, 3]);
  });

  it('a peer’s visit to an empty pool is taken from the one that it was spent on ("nothing is … forgotten")', () => {
    const membership = aMembership({
      visits: { left: null, perEntitlement: [5, 0], includes: {} },
      terms: {
        pool: 'split',
        entitlements: [
          { scope: { any: true }, visits: 5 },
          { scope: { serviceId: 'gym' }, visits: 5 },
        ],
      },
    });
    const here = decide(aTap([membership], { services: [gym] }), rulesFor({ services: ['gym'] }));
    expect(here).toMatchObject({ entitlement: 'any', left: 4 });
    const there = held(membership, [charge({ gateway: 'box-2', entitlement: null, serviceId: 'gym' })]);
    expect(leftOf(there, 0)).toBe(here.left);
  });

  describe('of which a peer spent one without saying which', () => {
    const scopes = {
      any: { any: true },
      gym: { serviceId: 'gym' },
      pool: { serviceId: 'pool' },
      fitness: { categoryId: 'fitness' },
    } as const;
    /** What is left of each pool after so many visits of a peer to the gym. */
    const afterGym = (visits: number, ...pools: [name: keyof typeof scopes, left: number][]) => after('gym', visits, ...pools);
    const after = (serviceId: string | null, visits: number, ...pools: [name: keyof typeof scopes, left: number][]) => {
      const membership = aMembership({
        visits: { left: null, perEntitlement: pools.map(([, left]) => left), includes: {} },
        terms: { pool: 'split', entitlements: pools.map(([name, left]) => ({ scope: scopes[name], visits: left })) },
      });
      const peer = { gateway: 'box-2', entitlement: null, serviceId };
      const charges = Array.from({ length: visits }, (_, index) => charge({ ...peer, visit: index + 1 }));
      return pools.map((_, entitlement) => leftOf(held(membership, charges), entitlement));
    };

    it('it is of the pool that names the service, of several the first with visits left', () => {
      expect(afterGym(1, ['pool', 4], ['gym', 8])).toEqual([4, 7]);
      expect(afterGym(3, ['gym', 1], ['gym', 4])).toEqual([0, 2]);
      expect(afterGym(1, ['any', 5], ['gym', 5])).toEqual([5, 4]);
      expect(afterGym(1, ['fitness', 5], ['gym', 5])).toEqual([5, 4]);
    });

    it('else of the first for anything with visits left', () => {
      expect(afterGym(2, ['pool', 4], ['any', 1], ['any', 5])).toEqual([4, 0, 4]);
      expect(afterGym(2, ['any', 5], ['gym', 1])).toEqual([4, 0]);
    });

    it('where none has visits left it is an overspend of the one that names it, else of the first for anything', () => {
      expect(afterGym(1, ['pool', 4], ['gym', 0])).toEqual([4, -1]);
      expect(afterGym(1, ['any', 0], ['gym', 0])).toEqual([0, -1]);
      expect(afterGym(1, ['pool', 4], ['any', 0])).toEqual([4, -1]);
    });

    it('at a general entry a category has its turn like any other, and an overspend is of the first', () => {
      expect(after(null, 2, ['gym', 1], ['fitness', 5])).toEqual([0, 4]);
      expect(after(null, 1, ['gym', 0], ['fitness', 0])).toEqual([-1, 0]);
    });

    it('where a category may be meant it is of each', () => {
      expect(afterGym(1, ['fitness', 5], ['pool', 4])).toEqual([4, 3]);
      expect(afterGym(1, ['fitness', 5], ['any', 4])).toEqual([4, 3]);
    });

    it('also where the one that names it is empty: "nothing is left that may be spent already"', () => {
      const [fitness] = afterGym(1, ['fitness', 5], ['gym', 0]);
      expect(fitness).toBe(4);
    });
  });

  it('is the one that the decision spends and tells of', () => {
    const facts = (services: (typeof gym)[]) => aTap([split([8, 4], [charge({ entitlement: 1 })])], { services });
    expect(decide(facts([pool]), rulesFor({ services: ['pool'] }))).toMatchObject({ entitlement: 'service:pool', left: 2 });
    expect(decide(facts([gym]), rulesFor({ services: ['gym'] }))).toMatchObject({ entitlement: 'service:gym', left: 7 });
    expect(decide(facts([]), rulesFor())).toMatchObject({ entitlement: 'service:gym', left: 7 });
  });

  it('that is empty refuses, though another has visits left', () => {
    const facts = aTap([split([8, 0])], { services: [pool] });
    expect(decide(facts, rulesFor({ services: ['pool'] }))).toMatchObject({
      code: 'NO_VISITS_LEFT',
      params: { left: 0, cost: 1 },
    });
  });
});
