import { decide } from '../../src/domain/access/decide.ts';
import type { Decision } from '../../src/domain/access/decision.ts';
import type { RuleName } from '../../src/domain/access/saw.ts';
import type { Verdict } from '../../src/domain/access/verdict.ts';
import { rulesFor } from './facts.ts';

/** Outcome and code of a tap, `granted OK`, with the defaults of every setting unless told. */
export function answer(facts: Parameters<typeof decide>[0], rules = rulesFor()): string {
  const { outcome, code } = decide(facts, rules);
  return `${outcome} ${code}`;
}

/** What one rule said of a membership. Throws when it was not asked. */
export function verdict({ explanation }: Decision, rule: RuleName, membershipId = 'p1'): Verdict {
  const found = explanation.memberships.find(({ id }) => id === membershipId)?.verdicts.find((one) => one.rule === rule);
  if (found === undefined) throw new Error(`rule \`${rule}\` was not asked of \`${membershipId}\``);
  return found;
}
