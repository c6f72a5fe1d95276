import type { Rules } from '../gate/gate-settings.ts';
import type { Branch } from '../member/member.ts';
import type { Instant } from '../schedule/instant.ts';
import { clubDate, localTime } from '../schedule/local-time.ts';
import { grantMembership, grantOutright, refusal } from './answers.ts';
import { compareStandings } from './choose.ts';
import type { Decision, Explanation } from './decision.ts';
import type { Facts, HeldCredential } from './facts.ts';
import { holderOf } from './holder.ts';
import { nextAllowedAt } from './next-allowed.ts';
import { membershipRules, tapRules } from './order.ts';
import { paramsOf } from './params.ts';
import { type Standing, standingsOf } from './standing.ts';
import { type MemberTap, type RuleAnswer, type Tap, type TapAnswer } from './tap.ts';
import type { Verdict } from './verdict.ts';

/**
 * Whether the person may enter and what the visit costs (membership-rules sections 4 and 5). Nothing grants by default; a
 * rule that throws refuses an entry (fails closed) and lets an exit pass (fails open).
 */
export function decide(facts: Facts, rules: Rules): Decision {
  try {
    const decision = answerTap(facts, rules);
    return decision.outcome === 'denied' ? { ...decision, nextAllowedAt: nextAllowedOf(facts, rules, decision) } : decision;
  } catch {
    // Entry fails closed, exit fails open. Whose card it is may be what could not be read: nobody's, then.
    const tap: Tap = {
      facts: { ...facts, credentials: [] },
      rules,
      holder: { code: 'RULE_FAILED', params: {} },
      direction: facts.gate.direction,
    };
    const explanation: Explanation = { tap: [], memberships: {} };
    if (tap.direction === 'out') return grantOutright('OK', tap, explanation);
    return refusal(tap, 'denied', 'RULE_FAILED', paramsOf('RULE_FAILED', { rule: null }), {}, explanation);
  }
}

function nextAllowedOf(facts: Facts, rules: Rules, refused: Decision): Instant | null {
  try {
    return nextAllowedAt(facts, rules, refused, answerTap);
  } catch {
    // The refusal stands, without a next time.
    return null;
  }
}

function tapOf(facts: Facts, rules: Rules): Tap {
  return { facts, rules, holder: holderOf(facts), direction: facts.gate.direction };
}

function answerTap(facts: Facts, rules: Rules): Decision {
  const tap = tapOf(facts, rules);
  const explanation: Explanation = { tap: [], memberships: {} };
  for (const rule of tapRules) {
    const answer = ask(rule.name, () => rule.check(tap), tap);
    explanation.tap.push(verdictOf(rule.name, rule.number, answer));
    switch (answer.result) {
      case 'granted':
        return grantOutright(answer.code, tap, explanation);
      case 'repeated':
        return { ...answer.decision, code: 'DUPLICATE_READ', charges: [], nextAllowedAt: null, explanation };
      case 'refused':
        return refusal(tap, 'denied', answer.code, answer.params ?? {}, {}, explanation);
      case 'asks':
        return refusal(tap, 'ask_staff', answer.code, answer.params ?? {}, {}, explanation);
      case 'passed':
      case 'skipped':
    }
  }
  return answerMember(tap, explanation);
}

function answerMember(tap: Tap, explanation: Explanation): Decision {
  const { facts, rules, holder } = tap;
  // INVARIANT: the rules `credential` and `known-branch` refused every other tap.
  if (!('held' in holder) || facts.branch === null) return refusal(tap, 'denied', 'RULE_FAILED', {}, {}, explanation);
  const memberTap = memberTapOf(tap, holder.held, facts.branch);
  const judged = memberTap.standings.map((standing) => judge(standing, memberTap, explanation));
  const byChoice = judged.sort((a, b) => compareStandings(a.standing, b.standing, rules.chooseOrder).order);
  const refusals = Object.fromEntries(
    byChoice.flatMap(({ standing, refused }) => (refused ? [[standing.membership.id, refused.code]] : [])),
  );

  const passing = byChoice.filter(({ refused }) => refused === null);
  const paid = passing
    .filter(({ standing }) => standing.reentry)
    .sort((a, b) => (b.standing.reentry?.visit ?? 0) - (a.standing.reentry?.visit ?? 0))[0];
  const chosen = paid ?? passing[0];
  if (chosen) {
    const runnerUp = passing.find((other) => other !== chosen);
    const chosenBy = paid
      ? 'reentry'
      : runnerUp
        ? compareStandings(chosen.standing, runnerUp.standing, rules.chooseOrder).by
        : null;
    return grantMembership(chosen.standing, chosenBy, memberTap, refusals, explanation);
  }
  const asking = byChoice.find(({ refused }) => refused?.result === 'asks');
  const shown = asking ?? byChoice.reduce((best, next) => (next.step > best.step ? next : best));
  const { result, code, params } = shown.refused as Refused;
  return refusal(tap, result === 'asks' ? 'ask_staff' : 'denied', code, params ?? {}, refusals, explanation);
}

function memberTapOf(tap: Tap, held: HeldCredential, branch: Branch): MemberTap {
  const { facts, rules } = tap;
  const today = clubDate(facts.now, branch.timeZone, branch.dayStartsAt);
  const local = localTime(facts.now, branch.timeZone);
  const standings = standingsOf(held, facts, branch, rules.gate);
  return { facts, rules, holder: tap.holder, direction: tap.direction, held, branch, today, local, standings };
}

type Refused = RuleAnswer & { result: 'refused' | 'asks' };

interface Judged {
  standing: Standing;
  /** Its own refusal, or null when it may pay. */
  refused: Refused | null;
  /** How many rules it passed. */
  step: number;
}

/** An answer "ask staff" stands only while no later rule refuses: deny comes before ask (section 5). */
function judge(standing: Standing, tap: MemberTap, explanation: Explanation): Judged {
  const verdicts: Verdict[] = [];
  explanation.memberships[standing.membership.id] = verdicts;
  let asks: { answer: Refused; step: number } | null = null;
  for (const [step, rule] of membershipRules.entries()) {
    const answer = ask(rule.name, () => rule.check(standing, tap), tap) as RuleAnswer;
    verdicts.push(verdictOf(rule.name, rule.number, answer));
    if (answer.result === 'refused') return { standing, refused: answer, step };
    if (answer.result === 'asks') asks ??= { answer: answer as Refused, step };
  }
  return { standing, refused: asks?.answer ?? null, step: asks?.step ?? membershipRules.length };
}

/** Entry fails closed, exit fails open. */
function ask(rule: string, check: () => TapAnswer, { direction }: Tap): TapAnswer {
  try {
    return check();
  } catch {
    if (direction === 'out') return { result: 'granted', code: 'OK', saw: { failedRule: rule } };
    return { result: 'refused', code: 'RULE_FAILED', params: paramsOf('RULE_FAILED', { rule }) };
  }
}

function verdictOf(rule: string, number: number, answer: TapAnswer): Verdict {
  const result = answer.result === 'granted' || answer.result === 'repeated' ? 'passed' : answer.result;
  const code = answer.result === 'refused' || answer.result === 'asks' ? answer.code : null;
  return { rule, number, result, code, saw: answer.saw ?? {} };
}
