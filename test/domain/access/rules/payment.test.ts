import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import type { DebtPolicy, GateSettings } from '../../../../src/domain/gate/gate-settings.ts';
import type { Debt } from '../../../../src/domain/member/member.ts';
import { answer, verdict } from '../../../kit/answer.ts';
import { aCredential, aMember, aMembership, aTap, at, rulesFor, warsaw } from '../../../kit/facts.ts';

const debt: Debt = { amount: '120.00', currency: 'PLN', since: '2026-06-01', terminatesOn: '2026-06-25' };
const owing = (row: Partial<Debt> = {}) => ({ member: aMember({ debt: { ...debt, ...row } }) });
const policy = (row: Partial<DebtPolicy> = {}): Partial<GateSettings> => ({
  debt: { policy: 'warn', denyFromAmount: null, denyAfterDays: null, ...row },
});
const paidBy = (payment: Partial<ReturnType<typeof aMembership>['payment']>) =>
  aMembership({ endsOn: null, payment: { mode: 'recurring', state: 'paid', paidThrough: null, ...payment } });

/** Code and warnings, `OK WARN_DEBT`. */
const told = (...args: Parameters<typeof decide>) => {
  const { code, warnings } = decide(...args);
  return [code, ...warnings].join(' ');
};

const asked = { amount: '120.00', currency: 'PLN', debtSince: '2026-06-01', terminatesOn: '2026-06-25' };

describe('a member who owes money (rule 10)', () => {
  const facts = aTap([aMembership({ endsOn: null })], {}, owing());

  it('is let in with a warning to staff, unless the gate says otherwise', () => {
    const decision = decide(facts, rulesFor());
    expect(decision).toMatchObject({ outcome: 'granted', code: 'OK', warnings: ['WARN_DEBT'], params: asked });
    expect(verdict(decision, 'payment')).toEqual({
      rule: 'payment',
      number: 10,
      result: 'passed',
      code: 'WARN_DEBT',
      saw: asked,
    });
  });

  it('is refused where the gate denies, and staff see how much', () => {
    const decision = decide(facts, rulesFor(policy({ policy: 'deny' })));
    expect(decision).toMatchObject({ outcome: 'denied', code: 'DEBT', refusals: { p1: 'DEBT' }, warnings: [] });
    expect(decision.params).toEqual(asked);
    expect(decision.nextAllowedAt).toBeNull();
  });

  it('is let in without a word where the gate allows', () => {
    const decision = decide(facts, rulesFor(policy({ policy: 'allow' })));
    expect(decision).toMatchObject({ code: 'OK', warnings: [] });
    expect(verdict(decision, 'payment')).toEqual({
      rule: 'payment',
      number: 10,
      result: 'passed',
      code: null,
      saw: { payment: 'paid', debt: 'some', paidThrough: null },
    });
  });
});

describe('an amount from which the gate denies (rule 10)', () => {
  it.each([
    ['99.99', 'OK WARN_DEBT'],
    ['100.00', 'DEBT'],
    ['100', 'DEBT'],
    ['100.01', 'DEBT'],
    ['1000', 'DEBT'],
    ['99.999999999999999999', 'OK WARN_DEBT'],
    ['9', 'OK WARN_DEBT'],
  ])('of 100.00, and a debt of %s: %s', (amount, expected) => {
    for (const one of ['warn', 'deny', 'allow'] as const) {
      const rules = rulesFor(policy({ policy: one, denyFromAmount: '100.00' }));
      expect(told(aTap([aMembership({ endsOn: null })], {}, owing({ amount })), rules)).toBe(expected);
    }
  });

  it('0 is no debt, whatever the policy', () => {
    for (const amount of ['0', '0.00']) {
      const facts = aTap([aMembership({ endsOn: null })], {}, owing({ amount, terminatesOn: '2026-06-01' }));
      for (const row of [{ policy: 'deny' as const }, { denyFromAmount: '0' }, { denyAfterDays: 0 }, {}]) {
        const decision = decide(facts, rulesFor(policy(row)));
        expect(decision).toMatchObject({ code: 'OK', warnings: [] });
        expect(verdict(decision, 'payment').saw).toEqual({ payment: 'paid', debt: 'none', paidThrough: null });
      }
    }
  });
});

describe('an age from which the gate denies (rule 10)', () => {
  const denyAfterDays = 14;

  it('counts the days from the debt to the day of the branch', () => {
    const codes = ['2026-06-14T23:59:59.999+02:00', '2026-06-15T00:00+02:00'].map((now) =>
      told(aTap([aMembership({ endsOn: null })], { now: at(now) }, owing()), rulesFor(policy({ denyAfterDays }))),
    );
    expect(codes).toEqual(['OK WARN_DEBT', 'DEBT']);
    const branch = { ...warsaw, dayStartsAt: 240 };
    const byClubDay = ['2026-06-15T03:59:59.999+02:00', '2026-06-15T04:00+02:00'].map((now) =>
      told(aTap([aMembership({ endsOn: null })], { branch, now: at(now) }, owing()), rulesFor(policy({ denyAfterDays }))),
    );
    expect(byClubDay).toEqual(['OK WARN_DEBT', 'DEBT']);
  });

  it('denies and warns under every policy', () => {
    for (const one of ['warn', 'deny', 'allow'] as const) {
      const rules = rulesFor(policy({ policy: one, denyAfterDays }));
      expect(told(aTap([aMembership()], {}, owing()), rules)).toBe('DEBT');
      expect(told(aTap([aMembership()], {}, owing({ since: '2026-06-02' })), rules)).toBe('OK WARN_DEBT');
    }
  });

  it('of 0 days denies on the first day', () => {
    const rules = rulesFor(policy({ denyAfterDays: 0 }));
    expect(told(aTap([aMembership()], {}, owing({ since: '2026-06-15' })), rules)).toBe('DEBT');
    expect(told(aTap([aMembership()], {}, owing({ since: '2026-06-16' })), rules)).toBe('OK WARN_DEBT');
  });

  it('does not deny a debt of which nobody knows since when', () => {
    expect(told(aTap([aMembership()], {}, owing({ since: null })), rulesFor(policy({ denyAfterDays: 0 })))).toBe('OK WARN_DEBT');
  });

  it('and an amount: either denies', () => {
    const rules = rulesFor(policy({ denyAfterDays, denyFromAmount: '100' }));
    expect(told(aTap([aMembership()], {}, owing({ amount: '1' })), rules)).toBe('DEBT');
    expect(told(aTap([aMembership()], {}, owing({ since: '2026-06-02' })), rules)).toBe('DEBT');
    expect(told(aTap([aMembership()], {}, owing({ since: '2026-06-02', amount: '1' })), rules)).toBe('OK WARN_DEBT');
  });
});

describe('a debt that ends the membership (rule 10)', () => {
  it('refuses after its day whatever the policy', () => {
    for (const one of ['warn', 'deny', 'allow'] as const) {
      const rules = rulesFor(policy({ policy: one }));
      const decision = decide(aTap([aMembership()], {}, owing({ terminatesOn: '2026-06-14' })), rules);
      expect(decision).toMatchObject({ outcome: 'denied', code: 'DEBT', params: { ...asked, terminatesOn: '2026-06-14' } });
    }
  });

  it('lets in to the end of that day', () => {
    const facts = (now: string) => aTap([aMembership({ endsOn: null })], { now: at(now) }, owing());
    expect(told(facts('2026-06-25T23:59:59.999+02:00'), rulesFor())).toBe('OK WARN_DEBT');
    expect(told(facts('2026-06-26T00:00+02:00'), rulesFor())).toBe('DEBT');
  });

  it('never, where there is no such day', () => {
    const facts = aTap([aMembership({ endsOn: null })], { now: at('2036-06-15T08:00+02:00') }, owing({ terminatesOn: null }));
    expect(told(facts, rulesFor())).toBe('OK WARN_DEBT');
  });
});

describe('who does not owe (rules 4 and 10)', () => {
  it('is let in without a word under every policy', () => {
    for (const one of ['warn', 'deny', 'allow'] as const) {
      const decision = decide(aTap([aMembership()]), rulesFor(policy({ policy: one, denyAfterDays: 0, denyFromAmount: '0' })));
      expect(decision).toMatchObject({ code: 'OK', warnings: [] });
      expect(verdict(decision, 'payment').saw).toEqual({ payment: 'paid', debt: 'none', paidThrough: null });
    }
  });

  it('a debt of which nobody knows never refuses, and is not shown as none', () => {
    const unknown = { member: aMember({ debt: 'unknown' }) };
    for (const one of ['warn', 'deny', 'allow'] as const) {
      const rules = rulesFor(policy({ policy: one, denyAfterDays: 0, denyFromAmount: '0' }));
      const decision = decide(aTap([aMembership()], {}, unknown), rules);
      expect(decision.outcome).toBe('granted');
      expect(verdict(decision, 'payment').saw).toEqual({ payment: 'paid', debt: 'unknown', paidThrough: null });
    }
  });

  it('a bearer code has no debt, and its payment counts', () => {
    const bearer = { credential: aCredential({ memberId: null, membershipId: 'p1' }), member: null };
    const decision = decide(aTap([aMembership()], {}, bearer), rulesFor(policy({ policy: 'deny' })));
    expect(decision).toMatchObject({ code: 'OK', warnings: [] });
    expect(verdict(decision, 'payment').saw).toEqual({ payment: 'paid', debt: 'not_asked', paidThrough: null });
    const overdue = aTap([paidBy({ state: 'overdue' })], {}, bearer);
    expect(answer(overdue, rulesFor(policy({ policy: 'deny' })))).toBe('denied DEBT');
  });
});

describe('a payment that is overdue (rule 10)', () => {
  it.each([
    ['overdue', null],
    ['overdue', '2026-06-30'],
    ['failed', null],
  ] as const)('%s, paid through %s, follows the policy and knows neither amount nor age', (state, paidThrough) => {
    const facts = aTap([paidBy({ state, paidThrough })]);
    const params = { amount: null, currency: null, debtSince: null, terminatesOn: null };
    expect(decide(facts, rulesFor())).toMatchObject({ code: 'OK', warnings: ['WARN_DEBT'] });
    expect(verdict(decide(facts, rulesFor()), 'payment')).toMatchObject({ code: 'WARN_DEBT', saw: params });
    const denied = decide(facts, rulesFor(policy({ policy: 'deny' })));
    expect(denied).toMatchObject({ outcome: 'denied', code: 'DEBT' });
    expect(denied.params).toEqual(params);
    const allowed = decide(facts, rulesFor(policy({ policy: 'allow' })));
    expect(allowed).toMatchObject({ code: 'OK', warnings: [] });
    expect(verdict(allowed, 'payment').saw).toEqual({ payment: state, debt: 'none', paidThrough });
  });

  it('is not denied by an amount or an age that it does not have', () => {
    const rules = rulesFor(policy({ denyFromAmount: '0.01', denyAfterDays: 0 }));
    expect(told(aTap([paidBy({ state: 'overdue' })]), rules)).toBe('OK WARN_DEBT');
  });

  it('beside a debt warns once, with what is known', () => {
    const decision = decide(aTap([paidBy({ state: 'overdue' })], {}, owing()), rulesFor());
    expect(decision).toMatchObject({ code: 'OK', warnings: ['WARN_DEBT'], params: asked });
  });

  it('is refused whatever the member owes beside it, and the refusal names the debt', () => {
    const rules = rulesFor(policy({ policy: 'deny' }));
    expect(decide(aTap([paidBy({ state: 'overdue' })], {}, owing()), rules).params).toEqual(asked);
    const small = rulesFor(policy({ policy: 'deny', denyFromAmount: '500' }));
    const decision = decide(aTap([paidBy({ state: 'overdue' })], {}, owing()), small);
    expect(decision).toMatchObject({ outcome: 'denied', code: 'DEBT', params: { amount: null } });
  });
});

describe('a payment that failed (rule 10)', () => {
  const failed = paidBy({ state: 'failed', paidThrough: '2026-06-11' });
  const on = (now: string, days = 3) => told(aTap([failed], { now: at(now) }), rulesFor({ paymentGraceDays: days }));

  it('opens through the last paid day, then with a warning through the days of grace, then no more', () => {
    expect(on('2026-06-11T23:59:59.999+02:00')).toBe('OK');
    expect(on('2026-06-12T00:00+02:00')).toBe('OK WARN_PAYMENT_FAILED');
    expect(on('2026-06-14T23:59:59.999+02:00')).toBe('OK WARN_PAYMENT_FAILED');
    expect(on('2026-06-15T00:00+02:00')).toBe('PAYMENT_FAILED');
  });

  it('without days of grace is refused on the day after', () => {
    expect(on('2026-06-11T23:59:59.999+02:00', 0)).toBe('OK');
    expect(on('2026-06-12T00:00+02:00', 0)).toBe('PAYMENT_FAILED');
  });

  it('names the day through which it is paid', () => {
    const params = { paidThrough: '2026-06-11' };
    const refused = decide(aTap([failed]), rulesFor());
    expect(refused).toMatchObject({ outcome: 'denied', code: 'PAYMENT_FAILED', params, nextAllowedAt: null });
    const warned = decide(aTap([failed]), rulesFor({ paymentGraceDays: 30 }));
    expect(warned).toMatchObject({ outcome: 'granted', warnings: ['WARN_PAYMENT_FAILED'], params });
    expect(verdict(warned, 'payment')).toMatchObject({ result: 'passed', code: 'WARN_PAYMENT_FAILED', saw: params });
    const paid = decide(aTap([paidBy({ state: 'failed', paidThrough: '2026-06-15' })]), rulesFor());
    expect(verdict(paid, 'payment').saw).toEqual({ payment: 'failed', debt: 'none', paidThrough: '2026-06-15' });
  });

  it('is not a debt: the policy for debts does not touch it', () => {
    for (const one of ['warn', 'deny', 'allow'] as const) {
      expect(told(aTap([failed]), rulesFor({ ...policy({ policy: one }), paymentGraceDays: 30 }))).toBe('OK WARN_PAYMENT_FAILED');
    }
  });

  it('of a member who owes: both refuse, the debt first', () => {
    const rules = rulesFor({ ...policy({ policy: 'deny' }), paymentGraceDays: 0 });
    expect(told(aTap([failed], {}, owing()), rules)).toBe('DEBT');
    expect(told(aTap([failed], {}, owing()), rulesFor({ paymentGraceDays: 0 }))).toBe('PAYMENT_FAILED');
  });

  it('of a member who owes: both warn, each with what it knows', () => {
    const decision = decide(aTap([failed], {}, owing()), rulesFor({ paymentGraceDays: 30 }));
    expect([...decision.warnings].sort()).toEqual(['WARN_DEBT', 'WARN_PAYMENT_FAILED']);
    expect(decision.params).toMatchObject({ ...asked, paidThrough: '2026-06-11' });
    expect(verdict(decision, 'payment')).toEqual({
      rule: 'payment',
      number: 10,
      result: 'passed',
      code: 'WARN_DEBT',
      saw: asked,
    });
  });

  it.each(['paid', 'on_credit', 'pending'] as const)('one that is %s opens', (state) => {
    const decision = decide(
      aTap([paidBy({ state, paidThrough: '2026-06-01' })]),
      rulesFor({ ...policy({ policy: 'deny' }), paymentGraceDays: 0 }),
    );
    expect(decision).toMatchObject({ code: 'OK', warnings: [] });
    expect(verdict(decision, 'payment').saw).toEqual({ payment: state, debt: 'none', paidThrough: '2026-06-01' });
  });
});

describe('money while the clock is not trusted (rule 30)', () => {
  const untrusted = { clockTrusted: false };
  const allowed = (gate: Partial<GateSettings> = {}) => rulesFor(gate, { clock: { whenUntrusted: 'allow' } });

  it('ages, days of grace and the end by a debt are left out', () => {
    expect(told(aTap([aMembership()], untrusted, owing()), allowed(policy({ denyAfterDays: 0 })))).toBe('OK WARN_DEBT');
    expect(told(aTap([aMembership()], untrusted, owing({ terminatesOn: '2026-06-01' })), allowed())).toBe('OK WARN_DEBT');
    const failed = paidBy({ state: 'failed', paidThrough: '2026-06-01' });
    expect(told(aTap([failed], untrusted), allowed({ paymentGraceDays: 0 }))).toBe('OK');
  });

  it('amounts and policies stand', () => {
    expect(told(aTap([aMembership()], untrusted, owing()), allowed(policy({ denyFromAmount: '100' })))).toBe('DEBT');
    expect(told(aTap([aMembership()], untrusted, owing()), allowed(policy({ policy: 'deny' })))).toBe('DEBT');
    expect(told(aTap([paidBy({ state: 'overdue' })], untrusted), allowed(policy({ policy: 'deny' })))).toBe('DEBT');
  });
});
