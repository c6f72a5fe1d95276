import type { Decision } from './decision.ts';

/** What somebody notices of a decision, and what it costs them. */
export type Treatment = Pick<Decision, 'outcome' | 'code' | 'membershipId' | 'charge' | 'warnings'>;

/**
 * How a tap would be treated differently: let in, refused or sent to the desk where it was not; another membership or another
 * number of visits taken; told something else. Null: the same.
 */
export type Difference = 'let_in' | 'refused' | 'asked' | 'charged' | 'told';

export function differenceBetween(before: Treatment, after: Treatment): Difference | null {
  if (before.outcome !== after.outcome) return becomes[after.outcome];
  if (before.membershipId !== after.membershipId || before.charge !== after.charge) return 'charged';
  const sameWarnings =
    before.warnings.length === after.warnings.length && before.warnings.every((one) => after.warnings.includes(one));
  return before.code === after.code && sameWarnings ? null : 'told';
}

const becomes = { granted: 'let_in', denied: 'refused', ask_staff: 'asked' } as const;
