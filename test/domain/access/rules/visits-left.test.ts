import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import { verdict } from '../../../kit/answer.ts';
import { aBooking, aCharge, aMembership, aTap, at, counted, held, rulesFor } from '../../../kit/facts.ts';

describe('visits left (rules 18 and 19)', () => {
  it.each([
    [1, 0],
    [2, 1],
    [8, 7],
  ])('with %i left the gate opens and %i remain', (central, left) => {
    const decision = decide(aTap([aMembership({ visits: counted(central) })]), rulesFor());
    expect(decision).toMatchObject({ outcome: 'granted', code: 'OK', charge: 1, left });
    expect(verdict(decision, 'visits-left')).toEqual({
      rule: 'visits-left',
      number: 18,
      result: 'passed',
      code: null,
      saw: { left: central },
    });
  });

  it.each([0, -1, -3])('with %i left it does not: an overspend counts as 0', (central) => {
    const decision = decide(aTap([aMembership({ visits: counted(central) })]), rulesFor());
    expect(decision).toMatchObject({ outcome: 'denied', code: 'NO_VISITS_LEFT', refusals: { p1: 'NO_VISITS_LEFT' }, charge: 0 });
    expect(decision.params).toEqual({ left: 0, cost: 1 });
    expect(verdict(decision, 'visits-left')).toMatchObject({ result: 'refused', code: 'NO_VISITS_LEFT', saw: decision.params });
  });

  it('an unlimited membership always has one, and the visit is charged all the same', () => {
    const decision = decide(aTap([aMembership()]), rulesFor());
    expect(decision).toMatchObject({ outcome: 'granted', charge: 1, left: null });
    expect(verdict(decision, 'visits-left').saw).toEqual({ left: null });
  });

  it('a place for three needs three', () => {
    const bookings = [aBooking({ seats: 3 }, { startsAt: at('2026-06-15T08:10+02:00') })];
    const withLeft = (left: number) => decide(aTap([aMembership({ visits: counted(left) })], {}, { bookings }), rulesFor());
    expect(withLeft(3)).toMatchObject({ outcome: 'granted', charge: 3, left: 0 });
    expect(withLeft(2)).toMatchObject({ outcome: 'denied', code: 'NO_VISITS_LEFT', params: { left: 2, cost: 3 } });
  });

  it('a free re-entry does not ask, nor does a gate that never charges', () => {
    const spent = aMembership({ visits: counted(0, { 'box-1': 1 }) });
    const reentry = decide(aTap([held(spent, [aCharge()])]), rulesFor());
    const never = decide(aTap([spent]), rulesFor({ charge: 'never' }));
    for (const decision of [reentry, never]) {
      expect(decision).toMatchObject({ outcome: 'granted', charge: 0, left: 0 });
      expect(verdict(decision, 'visits-left')).toMatchObject({ result: 'skipped', code: null, saw: {} });
    }
  });

  it('are asked also while the clock is not trusted', () => {
    const decision = decide(aTap([aMembership({ visits: counted(0) })], { clockTrusted: false }), rulesFor());
    expect(decision).toMatchObject({ outcome: 'denied', code: 'NO_VISITS_LEFT' });
  });
});
