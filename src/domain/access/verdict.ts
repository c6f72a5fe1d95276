import type { Code, WarningCode } from './code.ts';
import type { Params } from './params.ts';

/** What one rule said, with the values it saw. `rule` is the rule's file name. */
export interface Verdict {
  rule: string;
  /** The rule's number in membership-rules.md. */
  number: number;
  result: 'passed' | 'refused' | 'asks' | 'skipped';
  /** Why it refused or asked; of a rule that passed, its warning, or the code with which it answered the tap at once. */
  code: Code | WarningCode | null;
  /**
   * What it looked at, and the parameters of `code`. Which keys a rule has is said in `saw.ts`; of one that was left out while
   * the clock is not trusted (rule 30), `clock: 'untrusted'`.
   */
  saw: Params;
}
