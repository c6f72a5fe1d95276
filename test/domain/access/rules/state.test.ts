import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import { answer, verdict } from '../../../kit/answer.ts';
import { aCharge, aMembership, aTap, counted, held, rulesFor } from '../../../kit/facts.ts';

describe('the state of a membership (rule 7)', () => {
  it.each([
    ['pending_payment', 'PENDING_PAYMENT', {}],
    ['cancelled', 'CANCELLED', {}],
    ['expired', 'EXPIRED', { endedOn: null }],
    ['used_up', 'USED_UP', {}],
  ] as const)('%s never opens', (state, code, params) => {
    const decision = decide(aTap([aMembership({ state })]), rulesFor());
    expect(decision).toMatchObject({ outcome: 'denied', code, refusals: { p1: code }, charges: [], nextAllowedAt: null });
    expect(decision.params).toEqual(params);
    expect(verdict(decision, 'state')).toEqual({ rule: 'state', number: 7, result: 'refused', code, saw: params });
  });

  it.each(['issued', 'active'] as const)('%s is let through, and the explanation says so', (state) => {
    const decision = decide(aTap([aMembership({ state })]), rulesFor());
    expect(decision.outcome).toBe('granted');
    expect(verdict(decision, 'state')).toEqual({ rule: 'state', number: 7, result: 'passed', code: null, saw: { state } });
  });

  it.each([
    ['that ended yesterday', { endsOn: '2026-06-14' }, '2026-06-14'],
    ['whose last day is today', { endsOn: '2026-06-15' }, null],
    ['that would have lasted until the end of June', { endsOn: '2026-06-30' }, null],
    ['without an end', { endsOn: null }, null],
  ])('an expired membership %s names a last day only where it is over', (_, term, endedOn) => {
    expect(decide(aTap([aMembership({ state: 'expired', ...term })]), rulesFor()).params).toEqual({ endedOn });
  });

  it('stands while the clock is not trusted', () => {
    expect(answer(aTap([aMembership({ state: 'cancelled' })], { clockTrusted: false }))).toBe('denied CANCELLED');
  });
});

describe('a used-up membership (rules 7 and 24)', () => {
  const usedUp = aMembership({ state: 'used_up', visits: counted(0, { 'box-1': 1 }) });

  it('lets its member in again on the day on which the last visit was paid', () => {
    const decision = decide(aTap([held(usedUp, [aCharge()])]), rulesFor());
    expect(decision).toMatchObject({ outcome: 'granted', code: 'OK_REENTRY', charge: 0 });
    expect(verdict(decision, 'state')).toMatchObject({ result: 'passed', saw: { state: 'used_up' } });
  });

  it('is refused where no entry was paid today', () => {
    expect(answer(aTap([usedUp]))).toBe('denied USED_UP');
  });

  it('is refused at a gate that never charges: only balance and limits are not checked there', () => {
    expect(answer(aTap([held(usedUp, [aCharge()])]), rulesFor({ charge: 'never' }))).toBe('denied USED_UP');
  });

  it.each(['pending_payment', 'cancelled', 'expired'] as const)('only: one that is %s is not let in again either', (state) => {
    expect(decide(aTap([held({ ...usedUp, state }, [aCharge()])]), rulesFor()).outcome).toBe('denied');
  });
});

describe('a membership with a value that nobody knows (section 2)', () => {
  it('is refused, and staff are told which value it is', () => {
    const problem = '`state` is `paused`';
    const decision = decide(aTap([aMembership({ unusable: problem })]), rulesFor());
    expect(decision).toMatchObject({ outcome: 'denied', code: 'UNKNOWN_STATE', params: { problem } });
    expect(verdict(decision, 'state')).toMatchObject({ result: 'refused', code: 'UNKNOWN_STATE', saw: { problem } });
  });

  it('is refused as unknown whatever else its row says', () => {
    const problem = '`usage` is `family`';
    expect(answer(aTap([aMembership({ state: 'cancelled', unusable: problem })]))).toBe('denied UNKNOWN_STATE');
    const paid = held(aMembership({ unusable: problem }), [aCharge()]);
    expect(answer(aTap([paid]))).toBe('denied UNKNOWN_STATE');
  });

  it('never opens, even where nobody marked it', () => {
    expect(decide(aTap([aMembership({ state: 'paused' as never })]), rulesFor()).outcome).toBe('denied');
  });
});
