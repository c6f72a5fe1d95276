import type { Rules } from '../gate/gate-settings.ts';
import type { Instant } from '../schedule/instant.ts';
import { grantMembership, grantOutright, refusal } from './answers.ts';
import type { RefusalCode } from './code.ts';
import type { Decision, Explanation } from './decision.ts';
import type { Facts } from './facts.ts';
import { holderOf } from './holder.ts';
import {
  ask,
  askInTime,
  chooseMembership,
  isRefused,
  type Judged,
  judgeMemberships,
  knownTapOf,
  memberTapOf,
  type Refused,
  verdictOf,
} from './judge.ts';
import { nextAllowedAt } from './next-allowed.ts';
import { choiceRules, personRules, tapRules } from './order.ts';
import { paramsOf } from './params.ts';
import type { KnownTap, MemberTap, Tap, Warning } from './tap.ts';

/**
 * Whether the person may enter and what the visit costs (membership-rules sections 4 and 5). Nothing grants by default; a
 * rule that throws refuses an entry (fails closed) and lets an exit pass (fails open).
 */
export function decide(facts: Facts, rules: Rules): Decision {
  try {
    const decision = answerTap(facts, rules, true);
    return decision.outcome === 'denied' ? { ...decision, nextAllowedAt: nextAllowedOf(facts, rules, decision) } : decision;
  } catch {
    // Entry fails closed, exit fails open. Whose card it is may be what could not be read: nobody's, then.
    const tap: Tap = {
      facts: { ...facts, credentials: [] },
      rules,
      holder: { code: 'RULE_FAILED', params: {} },
      direction: facts.gate.direction,
    };
    const explanation = emptyExplanation();
    if (tap.direction === 'out') return grantOutright('OK', tap, explanation);
    return refusal(tap, 'denied', 'RULE_FAILED', paramsOf('RULE_FAILED', { rule: null }), {}, explanation);
  }
}

function nextAllowedOf(facts: Facts, rules: Rules, refused: Decision): Instant | null {
  try {
    return nextAllowedAt(facts, rules, refused, (later) => answerTap(later, rules, false));
  } catch {
    // The refusal stands, without a next time.
    return null;
  }
}

function emptyExplanation(): Explanation {
  return { tap: [], memberships: [], choice: [] };
}

function answerTap(facts: Facts, rules: Rules, explained: boolean): Decision {
  const tap: Tap = { facts, rules, holder: holderOf(facts), direction: facts.gate.direction };
  const explanation = emptyExplanation();
  for (const rule of tapRules) {
    const answer = ask(rule.name, () => rule.check(tap), tap);
    explanation.tap.push(verdictOf(rule.name, rule.number, answer));
    switch (answer.result) {
      case 'granted':
        return grantOutright(answer.code, tap, explanation);
      case 'repeated':
        return { ...answer.decision, code: 'DUPLICATE_READ', charge: 0, charges: [], nextAllowedAt: null, explanation };
      case 'refused':
        return refusal(tap, 'denied', answer.code, answer.params, {}, explanation);
      case 'asks':
        return refusal(tap, 'ask_staff', answer.code, answer.params, {}, explanation);
      case 'passed':
      case 'skipped':
    }
  }
  const { holder } = tap;
  // INVARIANT: the rules `credential` and `known-branch` refused every other tap.
  if (!('held' in holder) || facts.branch === null) return refusal(tap, 'denied', 'RULE_FAILED', {}, {}, explanation);
  return answerPerson(knownTapOf(tap, holder.held, facts.branch), explanation, explained);
}

function answerPerson(tap: KnownTap, explanation: Explanation, explained: boolean): Decision {
  const warned: Warning[] = [];
  for (const rule of personRules) {
    const answer = askInTime(rule, () => rule.check(tap), tap);
    explanation.tap.push(verdictOf(rule.name, rule.number, answer));
    if (answer.result === 'refused') return refusal(tap, 'denied', answer.code, answer.params, {}, explanation);
    if (answer.result === 'passed' && 'warnings' in answer) warned.push(...answer.warnings);
  }
  return answerMember(memberTapOf(tap), explanation, warned, explained);
}

function answerMember(tap: MemberTap, explanation: Explanation, warned: Warning[], explained: boolean): Decision {
  const judged = judgeMemberships(tap, explained);
  const refusals: Record<string, RefusalCode> = {};
  for (const { standing, refused, verdicts } of judged) {
    explanation.memberships.push({ id: standing.membership.id, verdicts });
    if (refused) refusals[standing.membership.id] = refused.code;
  }
  const choice = chooseMembership(judged, tap);
  const candidate = choice?.chosen ?? furthestOf(judged.filter(({ refused }) => refused?.result === 'asks'));
  if (candidate === null) {
    const furthest = furthestOf(judged);
    // INVARIANT: the rule `member` refused whoever has no membership.
    if (furthest?.refused == null) return refusal(tap, 'denied', 'RULE_FAILED', {}, refusals, explanation);
    return refusal(tap, 'denied', furthest.refused.code, furthest.refused.params, refusals, explanation);
  }
  const objection = objectionTo(candidate, tap, explanation);
  if (objection !== null) {
    const outcome = objection.result === 'asks' ? 'ask_staff' : 'denied';
    return refusal(tap, outcome, objection.code, objection.params, refusals, explanation);
  }
  const chosenBy = choice?.chosenBy ?? null;
  return grantMembership(candidate.standing, chosenBy, tap, refusals, explanation, [...warned, ...candidate.warned]);
}

/** Rule 23: the membership that got furthest in the order of section 5; of several the first by rule 22. */
function furthestOf(judged: readonly Judged[]): Judged | null {
  return judged.reduce<Judged | null>((best, next) => (best === null || next.step > best.step ? next : best), null);
}

/** Occupancy and trust, asked of the choice: deny before ask before allow (section 5). */
function objectionTo({ standing, refused }: Judged, tap: MemberTap, explanation: Explanation): Refused | null {
  let asks = refused;
  for (const rule of choiceRules) {
    const answer = askInTime(rule, () => rule.check(standing, tap), tap);
    explanation.choice.push(verdictOf(rule.name, rule.number, answer));
    if (isRefused(answer)) {
      if (answer.result === 'refused') return answer;
      asks ??= answer;
    }
  }
  return asks;
}
