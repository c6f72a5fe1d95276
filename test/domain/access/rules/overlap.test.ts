import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import type { Facts } from '../../../../src/domain/access/facts.ts';
import { answer, verdict } from '../../../kit/answer.ts';
import { aCharge, aCredential, aMembership, aTap, at, counted, held, rulesFor } from '../../../kit/facts.ts';

type Row = Omit<NonNullable<Parameters<typeof aMembership>[0]>, 'terms'>;
const alone = { allowOverlap: false };
const earlier = (row: Row = {}, terms = {}) =>
  aMembership({ id: 'earlier', title: 'May', soldOn: '2026-05-01', ...row, terms: { ...alone, ...terms } });
const later = (row: Row = {}, terms = {}) =>
  aMembership({ id: 'later', title: 'June', soldOn: '2026-06-01', ...row, terms: { ...alone, ...terms } });

const refusals = (memberships: Parameters<typeof aTap>[0], facts: Partial<Facts> = {}) =>
  decide(aTap(memberships, facts), rulesFor()).refusals;

describe('two memberships of a type that may not overlap (rule 21)', () => {
  it('the later one waits for the earlier, and says for which', () => {
    const decision = decide(aTap([later(), earlier()]), rulesFor());
    expect(decision).toMatchObject({ code: 'OK', membershipId: 'earlier', refusals: { later: 'WAITS_FOR_OTHER' } });
    expect(verdict(decision, 'overlap', 'later')).toEqual({
      rule: 'overlap',
      number: 21,
      result: 'refused',
      code: 'WAITS_FOR_OTHER',
      saw: { other: 'May' },
    });
    expect(verdict(decision, 'overlap', 'earlier')).toMatchObject({ result: 'passed', saw: {} });
  });

  it('one by itself waits for nobody', () => {
    expect(verdict(decide(aTap([later()]), rulesFor()), 'overlap', 'later')).toMatchObject({ result: 'passed', saw: {} });
  });

  it('sold on the same day, the id tells which is the earlier', () => {
    const both = [later({ id: 'b' }), later({ id: 'a' })];
    expect(refusals(both)).toEqual({ b: 'WAITS_FOR_OTHER' });
    expect(refusals(both.toReversed())).toEqual({ b: 'WAITS_FOR_OTHER' });
  });

  it('one that was sold nobody knows when comes last', () => {
    expect(refusals([later({ soldOn: null, id: 'a' }), later()])).toEqual({ a: 'WAITS_FOR_OTHER' });
    expect(refusals([later(), later({ soldOn: null, id: 'a' })])).toEqual({ a: 'WAITS_FOR_OTHER' });
    expect(refusals([later({ soldOn: null, id: 'b' }), later({ soldOn: null, id: 'a' })])).toEqual({ b: 'WAITS_FOR_OTHER' });
  });

  it('the refusal stands at the term step: the other rules come after it', () => {
    const closed = { availability: [{ weekDays: [7 as const], intervals: [{ from: 0, to: 60 }] }] };
    const decision = decide(aTap([earlier({}, closed), later({ state: 'active' })]), rulesFor());
    expect(decision).toMatchObject({
      code: 'OUTSIDE_DAYS',
      refusals: { earlier: 'OUTSIDE_DAYS', later: 'WAITS_FOR_OTHER' },
    });
    const asked = decide(aTap([earlier({ state: 'active' }, closed), later({ startsOn: '2026-06-16' })]), rulesFor());
    expect(asked.refusals).toMatchObject({ later: 'NOT_STARTED' });
  });

  it('the later one is not activated while the earlier lives', () => {
    const unused = later({ state: 'issued', startsOn: null, endsOn: null }, { activation: 'first_visit' });
    expect(decide(aTap([unused, earlier()]), rulesFor())).toMatchObject({ membershipId: 'earlier', activation: null });
  });

  it('the one that it waits for is the same in whatever order the rows arrived', () => {
    const all = [earlier({ id: 'first', title: 'April', soldOn: '2026-04-01' }), earlier(), later()];
    const other = (memberships: typeof all) => verdict(decide(aTap(memberships), rulesFor()), 'overlap', 'later').saw;
    expect(other([...all].reverse())).toEqual(other(all));
  });
});

describe('memberships that may live side by side (rule 21)', () => {
  it('do not wait: of another type, of a type that allows it, or of no known type', () => {
    expect(refusals([earlier({ typeId: 't2' }), later()])).toEqual({});
    expect(refusals([earlier({}, { allowOverlap: true }), later({}, { allowOverlap: true })])).toEqual({});
    expect(refusals([earlier({ typeId: null }), later({ typeId: null })])).toEqual({});
  });

  it('and the explanation says that nothing was asked', () => {
    const decision = decide(aTap([earlier({}, { allowOverlap: true }), later({}, { allowOverlap: true })]), rulesFor());
    expect(verdict(decision, 'overlap', 'later')).toMatchObject({ result: 'skipped', code: null, saw: {} });
  });

  it('the terms of the one that would wait say whether it does', () => {
    expect(refusals([earlier({}, { allowOverlap: true }), later()])).toEqual({ later: 'WAITS_FOR_OTHER' });
    expect(refusals([earlier(), later({}, { allowOverlap: true })])).toEqual({});
  });

  it('a bearer code stands for its own membership alone', () => {
    const bearer = { credential: aCredential({ memberId: null, membershipId: 'later' }), member: null };
    expect(decide(aTap([later()], {}, bearer), rulesFor())).toMatchObject({ outcome: 'granted', membershipId: 'later' });
  });
});

describe('an earlier membership that no longer lives (rule 21)', () => {
  const waits = (first: Parameters<typeof aTap>[0][number], facts: Partial<Facts> = {}) =>
    refusals([first, later({ endsOn: null })], facts)['later'] === 'WAITS_FOR_OTHER';

  it('is one that rule 7 refuses', () => {
    for (const state of ['pending_payment', 'cancelled', 'expired', 'used_up'] as const) {
      expect(waits(earlier({ state }))).toBe(false);
    }
    expect(waits(earlier({ unusable: '`state` is `paused`' }))).toBe(false);
  });

  it('is one that rule 8 refuses: over, or not yet begun', () => {
    expect(waits(earlier({ endsOn: '2026-06-14' }))).toBe(false);
    expect(waits(earlier({ endsOn: '2026-06-15' }))).toBe(true);
    expect(waits(earlier({ startsOn: '2026-06-16' }))).toBe(false);
    expect(waits(earlier({ startsOn: '2026-06-15' }))).toBe(true);
  });

  it('is one whose end to the instant is reached, and the later one is told when that will be', () => {
    const noon = at('2026-06-15T12:00+02:00');
    const first = earlier({ endsAt: noon }, { availability: [{ weekDays: [1], intervals: [{ from: 0, to: 420 }] }] });
    const taps = [first, later({ endsOn: null })];
    expect(decide(aTap(taps), rulesFor())).toMatchObject({ outcome: 'denied', nextAllowedAt: noon });
    expect(waits(first, { now: noon - 1 })).toBe(true);
    expect(waits(first, { now: noon })).toBe(false);
  });

  it('is one without visits', () => {
    expect(waits(earlier({ visits: counted(0) }))).toBe(false);
    expect(waits(earlier({ visits: counted(1) }))).toBe(true);
    expect(waits(earlier({ visits: counted(-1) }))).toBe(false);
    expect(waits(held(earlier({ visits: counted(1) }), [aCharge({ at: at('2026-06-14T08:00+02:00') })]))).toBe(false);
  });

  it('with a pool for each entitlement is one of which every pool is empty', () => {
    const split = (perEntitlement: (number | null)[]) =>
      earlier(
        { visits: { left: null, perEntitlement, includes: {} } },
        { pool: 'split', entitlements: perEntitlement.map((visits) => ({ scope: { any: true }, visits })) },
      );
    expect(waits(split([0, 0]))).toBe(false);
    expect(waits(split([0, 1]))).toBe(true);
    expect(waits(split([1, 0]))).toBe(true);
    expect(waits(split([0, null]))).toBe(true);
  });

  it('is not one that covers nothing: it has visits all the same', () => {
    expect(waits(earlier({}, { entitlements: [] }))).toBe(true);
  });

  it('is not one that is merely outside its hours, frozen, or of another branch', () => {
    expect(waits(earlier({}, { availability: [{ weekDays: [7], intervals: [{ from: 0, to: 60 }] }] }))).toBe(true);
    expect(waits(earlier({ freezes: [{ id: 'f', from: '2026-06-01', until: null }] }))).toBe(true);
    expect(waits(earlier({}, { branchIds: ['north'] }))).toBe(true);
  });

  it('whose visits are used up today still lets its member in again', () => {
    const spent = held(earlier({ visits: counted(1) }), [aCharge()]);
    expect(decide(aTap([spent, later()]), rulesFor())).toMatchObject({ code: 'OK_REENTRY', membershipId: 'earlier', charge: 0 });
  });
});

describe('while the clock is not trusted (rules 21 and 30)', () => {
  it('the earlier one lives whatever its dates say, and does not when its state or its visits say so', () => {
    const asked = (first: ReturnType<typeof earlier>) =>
      verdict(decide(aTap([first, later()], { clockTrusted: false }), rulesFor()), 'overlap', 'later').result;
    expect(asked(earlier({ endsOn: '2026-06-10' }))).toBe('refused');
    expect(asked(earlier({ state: 'cancelled' }))).toBe('passed');
    expect(asked(earlier({ visits: counted(0) }))).toBe('passed');
    expect(answer(aTap([earlier({ state: 'cancelled' }), later()], { clockTrusted: false }))).toBe('ask_staff CLOCK_UNTRUSTED');
  });
});
