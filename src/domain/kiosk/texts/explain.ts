import { type WarningCode, warningCodes } from '../../access/code.ts';
import type { Decision } from '../../access/decision.ts';
import type { Verdict } from '../../access/verdict.ts';
import type { Language } from '../../member/member.ts';
import { chosenByText, passedText, ruleName, skippedText, staffText, staffWarningText } from './say.ts';
import type { Here } from './voice.ts';

/** The explanation of a decision in words, as somebody reads it who runs a club. */
export interface Explained {
  /** What was asked before the memberships. */
  tap: ExplainedRule[];
  memberships: ExplainedMembership[];
  /** What was asked of the membership that was to pay. */
  choice: ExplainedRule[];
}

export interface ExplainedMembership {
  id: string;
  title: string;
  rules: ExplainedRule[];
  /** "Chosen: it ends first."; null: another one pays, or none. */
  chosen: string | null;
}

export interface ExplainedRule {
  /** The rule's file name, and its number in membership-rules.md. */
  rule: string;
  number: number;
  /** What a manager calls it: "First and last day". */
  name: string;
  result: Verdict['result'];
  /** It let pass, and says what staff or the member should know. */
  warned: boolean;
  /** One or two short sentences, exact: why it refused, what it warned of, what it saw when it let pass. */
  text: string;
}

/** `titles`: of memberships by their id; one that is not among them is shown by its id. */
export function explain(
  language: Language,
  { explanation, membershipId, chosenBy }: Pick<Decision, 'explanation' | 'membershipId' | 'chosenBy'>,
  titles: ReadonlyMap<string, string>,
  here: Here,
): Explained {
  const inWords = (verdicts: readonly Verdict[]) => verdicts.map((verdict) => explainRule(language, verdict, here));
  return {
    tap: inWords(explanation.tap),
    memberships: explanation.memberships.map(({ id, verdicts }) => ({
      id,
      title: titles.get(id) ?? id,
      rules: inWords(verdicts),
      chosen: id === membershipId ? chosenByText(language, chosenBy) : null,
    })),
    choice: inWords(explanation.choice),
  };
}

function explainRule(language: Language, verdict: Verdict, here: Here): ExplainedRule {
  const { rule, number, result, code } = verdict;
  const warned = result === 'passed' && isWarning(code);
  return { rule, number, name: ruleName(language, rule), result, warned, text: textOf(language, verdict, here) };
}

function textOf(language: Language, { rule, result, code, saw }: Verdict, here: Here): string {
  if (code !== null) {
    return isWarning(code) ? staffWarningText(language, code, saw, here) : staffText(language, code, saw, here);
  }
  return result === 'skipped' ? skippedText(language, saw) : passedText(language, rule, saw, here);
}

function isWarning(code: Verdict['code']): code is WarningCode {
  return warningCodes.some((warning) => warning === code);
}
