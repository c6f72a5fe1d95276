import { compareDecimals } from '../../../lib/compare-decimals.ts';
import type { Debt } from '../../member/member.ts';
import { daysBetween, plusDays } from '../../schedule/validity.ts';
import { type MembershipRule, type MemberTap, pass, type RuleAnswer, refuse, warn } from '../tap.ts';

/**
 * Rule 10: what is owed, by the gate's policy. An amount or age that denies does so under every policy, and below it the debt
 * warns; `overdue` has neither. Unknown debt is not zero debt, and never refuses. A bearer code has no debt (rule 4).
 */
export const payment: MembershipRule = {
  name: 'payment',
  number: 10,
  step: 'payment',
  check({ membership }, tap) {
    const { state, paidThrough } = membership.payment;
    const failed = state === 'failed' && paidThrough !== null ? judgeFailed(paidThrough, tap) : null;
    const owed = debtOf(tap);
    const answers = [
      owed === null ? null : judgeDebt(owed, tap),
      state === 'overdue' || (state === 'failed' && paidThrough === null) ? judgeOverdue(tap) : null,
      failed,
    ];
    const said = answers.filter((answer) => answer !== null);
    return (
      said.find(({ result }) => result === 'refused') ??
      warnOfAll(said) ??
      pass('payment', { payment: state, debt: debtKnown(tap), paidThrough })
    );
  },
};

/** A debt and a failed payment each have a word to say; two debts have one. */
function warnOfAll(answers: readonly RuleAnswer[]): RuleAnswer | null {
  const warnings = answers.flatMap((answer) => ('warnings' in answer ? answer.warnings : []));
  const [first, ...others] = warnings;
  if (first === undefined) return null;
  return { result: 'passed', warnings: [first, ...others.filter(({ warning }) => warning !== first.warning)], saw: first.params };
}

const noDebt = { amount: null, currency: null, debtSince: null, terminatesOn: null };

function debtOf({ held }: MemberTap): Debt | null {
  const debt = held.member?.debt ?? null;
  return debt === null || debt === 'unknown' || compareDecimals(debt.amount, '0') === 0 ? null : debt;
}

function debtKnown({ held }: MemberTap): 'none' | 'some' | 'unknown' | 'not_asked' {
  if (held.member === null) return 'not_asked';
  if (held.member.debt === 'unknown') return 'unknown';
  return held.member.debt === null || compareDecimals(held.member.debt.amount, '0') === 0 ? 'none' : 'some';
}

function judgeDebt({ amount, currency, since, terminatesOn }: Debt, { facts, rules, today }: MemberTap): RuleAnswer | null {
  const { policy, denyFromAmount, denyAfterDays } = rules.gate.debt;
  const params = { amount, currency, debtSince: since, terminatesOn };
  if (facts.clockTrusted && terminatesOn !== null && today > terminatesOn) return refuse('DEBT', params);
  const tooMuch = denyFromAmount !== null && compareDecimals(amount, denyFromAmount) >= 0;
  const tooOld = facts.clockTrusted && denyAfterDays !== null && since !== null && daysBetween(since, today) >= denyAfterDays;
  if (tooMuch || tooOld) return refuse('DEBT', params);
  if (denyFromAmount !== null || denyAfterDays !== null || policy === 'warn') return warn('WARN_DEBT', params);
  return policy === 'deny' ? refuse('DEBT', params) : null;
}

function judgeOverdue({ rules }: MemberTap): RuleAnswer | null {
  const { policy } = rules.gate.debt;
  if (policy === 'allow') return null;
  return policy === 'deny' ? refuse('DEBT', noDebt) : warn('WARN_DEBT', noDebt);
}

/** Opens through the last paid day, then through the days of grace with a warning. */
function judgeFailed(paidThrough: string, { facts, rules, today }: MemberTap): RuleAnswer | null {
  if (!facts.clockTrusted || today <= paidThrough) return null;
  return today <= plusDays(paidThrough, rules.gate.paymentGraceDays)
    ? warn('WARN_PAYMENT_FAILED', { paidThrough })
    : refuse('PAYMENT_FAILED', { paidThrough });
}
