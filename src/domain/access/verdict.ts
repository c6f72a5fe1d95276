import type { RefusalCode } from './code.ts';
import type { Params } from './params.ts';

/** What one rule said, with the values it saw. `rule` is the rule's file name. */
export interface Verdict {
  rule: string;
  /** The rule's number in membership-rules.md. */
  number: number;
  result: 'passed' | 'refused' | 'asks' | 'skipped';
  code: RefusalCode | null;
  saw: Params;
}
