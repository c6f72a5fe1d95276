import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import type { Charge, Facts } from '../../../../src/domain/access/facts.ts';
import type { Membership, Terms } from '../../../../src/domain/member/membership.ts';
import { verdict } from '../../../kit/answer.ts';
import { aBooking, aCharge, aMembership, aTap, at, counted, held, rulesFor, warsaw } from '../../../kit/facts.ts';

/** Visits at these times, charged one each. */
const visits = (...times: string[]): Charge[] =>
  times.map((time, index) => aCharge({ visit: index + 1, at: at(`${time}+02:00`) }));

/** A tap on Wednesday, 17 June, at 08:00, where every entry costs. */
const tap = (terms: Partial<Terms>, charges: Charge[], facts: Partial<Facts> = {}, row: Partial<Membership> = {}) =>
  decide(
    aTap([held(aMembership({ endsOn: null, ...row, terms }), charges)], { now: at('2026-06-17T08:00+02:00'), ...facts }),
    rulesFor({ charge: 'per_entry' }),
  );

describe('limits per day, week and month (rule 18)', () => {
  it('a day begins at midnight of the branch, or with the club day', () => {
    const once = { maxPerDay: 1 };
    expect(tap(once, visits('2026-06-16T23:59:59.999')).code).toBe('OK');
    expect(tap(once, visits('2026-06-17T00:00')).code).toBe('LIMIT_REACHED');
    const branch = { ...warsaw, dayStartsAt: 240 };
    expect(tap(once, visits('2026-06-17T03:59:59.999'), { branch }).code).toBe('OK');
    expect(tap(once, visits('2026-06-17T04:00'), { branch }).code).toBe('LIMIT_REACHED');
  });

  it('a week begins on Monday', () => {
    const once = { maxPerWeek: 1 };
    expect(tap(once, visits('2026-06-14T23:59:59.999')).code).toBe('OK');
    expect(tap(once, visits('2026-06-15T00:00')).code).toBe('LIMIT_REACHED');
    const sunday = { now: at('2026-06-21T08:00+02:00') };
    expect(tap(once, visits('2026-06-15T00:00'), sunday).code).toBe('LIMIT_REACHED');
    expect(tap(once, visits('2026-06-15T00:00'), { now: at('2026-06-22T00:00+02:00') }).code).toBe('OK');
  });

  it('a month begins on its first, and is not the same month of another year', () => {
    const once = { maxPerMonth: 1 };
    expect(tap(once, visits('2026-05-31T23:59:59.999')).code).toBe('OK');
    expect(tap(once, visits('2026-06-01T00:00')).code).toBe('LIMIT_REACHED');
    expect(tap(once, visits('2025-06-10T08:00')).code).toBe('OK');
  });

  it.each([
    ['day', { maxPerDay: 2 }, ['2026-06-17T06:00', '2026-06-17T07:00'], '2026-06-18T00:00+02:00'],
    ['week', { maxPerWeek: 2 }, ['2026-06-15T06:00', '2026-06-16T07:00'], '2026-06-22T00:00+02:00'],
    ['month', { maxPerMonth: 2 }, ['2026-06-01T06:00', '2026-06-16T07:00'], '2026-07-01T00:00+02:00'],
  ])('two a %s are two, and the third is told when the next begins', (per, terms, times, nextAllowedAt) => {
    expect(tap(terms, visits(...times.slice(0, 1))).outcome).toBe('granted');
    const decision = tap(terms, visits(...times));
    expect(decision).toMatchObject({
      outcome: 'denied',
      code: 'LIMIT_REACHED',
      refusals: { p1: 'LIMIT_REACHED' },
      nextAllowedAt: at(nextAllowedAt),
    });
    expect(decision.params).toEqual({ per, max: 2 });
    expect(verdict(decision, 'limits')).toEqual({
      rule: 'limits',
      number: 18,
      result: 'refused',
      code: 'LIMIT_REACHED',
      saw: decision.params,
    });
    expect(tap(terms, visits(...times, ...times)).params).toEqual({ per, max: 2 });
  });

  it('the shortest that is reached is the one that is told', () => {
    const all = { maxPerDay: 1, maxPerWeek: 1, maxPerMonth: 1 };
    expect(tap(all, visits('2026-06-17T06:00')).params).toEqual({ per: 'day', max: 1 });
    expect(tap(all, visits('2026-06-15T06:00')).params).toEqual({ per: 'week', max: 1 });
    expect(tap(all, visits('2026-06-08T06:00')).params).toEqual({ per: 'month', max: 1 });
  });

  it('what is used of each is told to the explanation', () => {
    const times = ['2026-06-03T08:00', '2026-06-15T08:00', '2026-06-16T08:00', '2026-06-17T07:00', '2026-05-31T08:00'];
    const terms = { maxPerDay: 2, maxPerWeek: 4, maxPerMonth: 5 };
    expect(verdict(tap(terms, visits(...times)), 'limits')).toEqual({
      rule: 'limits',
      number: 18,
      result: 'passed',
      code: null,
      saw: { usedToday: 1, maxPerDay: 2, usedThisWeek: 3, maxPerWeek: 4, usedThisMonth: 4, maxPerMonth: 5 },
    });
    for (const one of [{ maxPerDay: 9 }, { maxPerWeek: 9 }, { maxPerMonth: 9 }]) {
      expect(verdict(tap(one, visits(...times)), 'limits')).toMatchObject({ result: 'passed', saw: { ...one, usedToday: 1 } });
    }
  });

  it('a membership without limits has none', () => {
    expect(verdict(tap({}, visits('2026-06-17T06:00')), 'limits')).toMatchObject({ result: 'skipped', code: null, saw: {} });
  });

  it('a limit of 0 lets nobody in', () => {
    expect(tap({ maxPerDay: 0 }, []).params).toEqual({ per: 'day', max: 0 });
    expect(tap({ maxPerWeek: 0 }, []).params).toEqual({ per: 'week', max: 0 });
    expect(tap({ maxPerMonth: 0 }, []).params).toEqual({ per: 'month', max: 0 });
  });
});

describe('what counts towards a limit (rule 18)', () => {
  const earlier = at('2026-06-17T06:00+02:00');
  const once = { maxPerDay: 1 };

  it('charged visits, reserved ones included, of whichever member, branch, box and service', () => {
    for (const row of [
      { state: 'reserved' as const },
      { memberId: 'm2' },
      { branchId: 'north' },
      { gateway: 'box-2' },
      { serviceId: 'pool' },
      { entitlement: null },
    ]) {
      expect(tap(once, [aCharge({ at: earlier, ...row })]).code).toBe('LIMIT_REACHED');
    }
  });

  it('not free re-entries', () => {
    expect(tap(once, [aCharge({ at: earlier, charge: 0 })]).code).toBe('OK');
  });

  it('a visit for three as one visit', () => {
    expect(tap({ maxPerDay: 2 }, [aCharge({ at: earlier, charge: 3 })]).code).toBe('OK');
    const bookings = [aBooking({ seats: 3 }, { startsAt: at('2026-06-15T08:10+02:00') })];
    const facts = aTap([aMembership({ terms: { maxPerDay: 1 } })], {}, { bookings });
    expect(decide(facts, rulesFor())).toMatchObject({ outcome: 'granted', charge: 3 });
  });

  it('a visit that the central figure includes: it was made all the same', () => {
    expect(tap(once, [aCharge({ at: earlier })], {}, { visits: counted(5, { 'box-1': 1 }) }).code).toBe('LIMIT_REACHED');
  });
});

describe('visits that the central system tells of (section 2)', () => {
  const recent = (row: Partial<Membership['recent'][number]> = {}) => ({
    gateway: 'box-9',
    visit: 40,
    memberId: 'm1',
    at: at('2026-06-17T06:00+02:00'),
    serviceId: null,
    charge: 1,
    ...row,
  });
  const told = (terms: Partial<Terms>, charges: Charge[], ...rows: Membership['recent']) =>
    tap(terms, charges, {}, { recent: rows }).code;

  it('count towards the limits, free ones not', () => {
    expect(told({ maxPerDay: 1 }, [], recent())).toBe('LIMIT_REACHED');
    expect(told({ maxPerWeek: 1 }, [], recent({ at: at('2026-06-15T06:00+02:00') }))).toBe('LIMIT_REACHED');
    expect(told({ maxPerMonth: 1 }, [], recent({ at: at('2026-06-01T06:00+02:00') }))).toBe('LIMIT_REACHED');
    expect(told({ maxPerDay: 1 }, [], recent({ charge: 0 }))).toBe('OK');
    expect(told({ maxPerDay: 1 }, [], recent({ at: at('2026-06-16T23:00+02:00') }))).toBe('OK');
  });

  it('count once where the box has the same visit of the same gateway', () => {
    const own = aCharge({ gateway: 'box-9', visit: 40, at: at('2026-06-17T06:00+02:00') });
    expect(told({ maxPerDay: 2 }, [own], recent())).toBe('OK');
    expect(told({ maxPerDay: 2 }, [own], recent({ visit: 41 }))).toBe('LIMIT_REACHED');
    expect(told({ maxPerDay: 2 }, [own], recent({ gateway: 'box-1' }))).toBe('LIMIT_REACHED');
    expect(told({ maxPerDay: 2 }, [aCharge({ ...own, gateway: 'box-1', visit: 9 })], recent({ gateway: 'box-19' }))).toBe(
      'LIMIT_REACHED',
    );
  });
});

describe('a tap that asks no limit (rules 24 and 30)', () => {
  const once = held(aMembership({ terms: { maxPerDay: 1 } }), [aCharge()]);

  it('is a free re-entry, and one at a gate that never charges', () => {
    for (const gate of [{ charge: 'per_day' }, { charge: 'never' }] as const) {
      const decision = decide(aTap([once]), rulesFor(gate));
      expect(decision.outcome).toBe('granted');
      expect(verdict(decision, 'limits')).toMatchObject({ result: 'skipped', saw: {} });
    }
  });

  it('is one while the clock is not trusted', () => {
    const rules = rulesFor({ charge: 'per_entry' }, { clock: { whenUntrusted: 'allow' } });
    const decision = decide(aTap([once], { clockTrusted: false }), rules);
    expect(decision).toMatchObject({ outcome: 'granted', charge: 1 });
    expect(verdict(decision, 'limits')).toMatchObject({ result: 'skipped', saw: { clock: 'untrusted' } });
  });
});
