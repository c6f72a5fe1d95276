import type { RuleName, SawOf } from '../../access/saw.ts';
import type { ChooseCriterion } from '../../gate/gate-settings.ts';
import type { Say } from './words.ts';

/**
 * The words of one language for the explanation of a decision, read by whoever runs the club. A rule without words, or a text
 * that asks for a value its rule does not tell, does not compile. A rule that refuses or warns says the desk's text of its code.
 */
export interface RuleWords {
  rules: { [R in RuleName]: WordsOfRule<R> };
  /** Of a rule that lets pass and of which nothing else is known. */
  passed: string;
  /** Of a rule that does not apply to the tap. */
  skipped: string;
  /** Of a rule that was left out because the clock is not trusted (rule 30). */
  leftOut: string;
  /** Why a membership was chosen: the `chosenBy` of the decision, or `only` where no other passed. */
  chosenBy: Record<ChooseCriterion | 'reentry' | 'only', string>;
}

/** What the manager of a club calls the condition, and what it says when it lets a tap pass: a fact or two, from the values it saw. */
export interface WordsOfRule<R extends RuleName> {
  name: string;
  passed: string | ((saw: SawOf<R>, say: Say) => string);
}

/** How a language names what a membership was sold for. */
export interface ScopeWords {
  any: string;
  service: (id: string) => string;
  category: (id: string) => string;
}

/** The words for an entitlement as a decision writes it: `any`, `service:<id>` or `category:<id>`. */
export function scopeIn(words: ScopeWords, entitlement: string): string {
  const [kind, ...id] = entitlement.split(':');
  if (kind === 'service' || kind === 'category') return words[kind](id.join(':'));
  return words.any;
}
