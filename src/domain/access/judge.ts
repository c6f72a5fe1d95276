import type { Branch } from '../member/member.ts';
import type { Instant } from '../schedule/instant.ts';
import { clubDate, localTime } from '../schedule/local-time.ts';
import { compareStandings } from './choose.ts';
import type { HeldCredential } from './facts.ts';
import { membershipRules } from './order.ts';
import { paramsOf } from './params.ts';
import { chosenSession } from './session.ts';
import { type Standing, standingOf } from './standing.ts';
import {
  type KnownTap,
  leaveOut,
  type MembershipRule,
  type MemberTap,
  type RuleAnswer,
  steps,
  type Tap,
  type TapAnswer,
  type Warning,
} from './tap.ts';
import type { Verdict } from './verdict.ts';

/** One membership after its rules. */
export interface Judged {
  standing: Standing;
  /** Its own refusal, or null when it may pay. */
  refused: Refused | null;
  /** The step of section 5 at which it was refused. */
  step: number;
  warned: Warning[];
  verdicts: Verdict[];
}

export type Refused = RuleAnswer & { result: 'refused' | 'asks' };

export function knownTapOf({ facts, rules, holder, direction }: Tap, held: HeldCredential, branch: Branch): KnownTap {
  const today = clubDate(facts.now, branch.timeZone, branch.dayStartsAt);
  return { facts, rules, holder, direction, held, branch, today, local: localTime(facts.now, branch.timeZone) };
}

export function memberTapOf(tap: KnownTap): MemberTap {
  const { facts, rules, held, branch, today } = tap;
  const { now, services, clockTrusted } = facts;
  // Rule 30: without a trusted clock nobody can tell for which session somebody has come.
  const chosen = clockTrusted && held.bookings.length > 0 ? chosenSession(held.bookings, tap, now) : null;
  const memberId = held.member?.id ?? null;
  const seen = { now, today, branch, gate: rules.gate, services, memberId, chosen, clockTrusted };
  const standings = held.memberships.map((one) => standingOf(one, seen));
  const { holder, direction, local } = tap;
  return { facts, rules, holder, direction, held, branch, today, local, chosen, standings };
}

/** Every membership, judged, in the order of rule 22. `explained`: rules after its refusal are asked too, and say what they think. */
export function judgeMemberships(tap: MemberTap, explained: boolean): Judged[] {
  const { chooseOrder } = tap.rules;
  const compare = (a: Judged, b: Judged) => compareStandings(a.standing, b.standing, chooseOrder, tap.chosen).order;
  return tap.standings.map((standing) => judge(standing, tap, explained)).sort(compare);
}

/** Rules 22 and 24: of those that pass, the one that paid last is taken first. Null: none passes. */
export function chooseMembership(judged: readonly Judged[], tap: MemberTap): { chosen: Judged; chosenBy: string | null } | null {
  const passing = judged.filter(({ refused }) => refused === null);
  const paid = newestPaid(passing);
  if (paid) return { chosen: paid, chosenBy: 'reentry' };
  const [chosen, runnerUp] = passing;
  if (chosen === undefined) return null;
  if (runnerUp === undefined) return { chosen, chosenBy: null };
  return { chosen, chosenBy: compareStandings(chosen.standing, runnerUp.standing, tap.rules.chooseOrder, tap.chosen).by };
}

function newestPaid(passing: readonly Judged[]): Judged | null {
  const paid = passing.filter(({ standing }) => standing.reentry !== null);
  return paid.reduce<Judged | null>((best, next) => (best === null || paidAt(next) > paidAt(best) ? next : best), null);
}

function paidAt({ standing }: Judged): Instant {
  return standing.reentry?.at ?? Number.NEGATIVE_INFINITY;
}

/** An answer "ask staff" stands only while no later rule refuses: deny comes before ask (section 5). */
function judge(standing: Standing, tap: MemberTap, explained: boolean): Judged {
  const verdicts: Verdict[] = [];
  const warned: Warning[] = [];
  let refused: Refused | null = null;
  let step: number = steps.length;
  for (const rule of membershipRules) {
    const answer = askOf(rule, standing, tap);
    verdicts.push(verdictOf(rule.name, rule.number, answer));
    if (answer.result === 'passed' && 'warnings' in answer) warned.push(...answer.warnings);
    if (!isRefused(answer) || refused?.result === 'refused') continue;
    if (answer.result === 'refused' || refused === null) {
      refused = answer;
      step = steps.indexOf(rule.step);
      // Later rules cannot change the answer; they are asked for the explanation alone.
      if (answer.result === 'refused' && !explained) break;
    }
  }
  return { standing, refused, step, warned, verdicts };
}

export function isRefused(answer: TapAnswer): answer is Refused {
  return answer.result === 'refused' || answer.result === 'asks';
}

/** A rule that needs the clock is left out while the clock is not trusted (rule 30). */
export function askInTime(rule: { name: string; needsClock?: true }, check: () => RuleAnswer, tap: Tap): RuleAnswer {
  return rule.needsClock && !tap.facts.clockTrusted ? leaveOut() : (ask(rule.name, check, tap) as RuleAnswer);
}

/** As `askInTime`, and makes no function: it is asked thirteen times for each membership. */
function askOf(rule: MembershipRule, standing: Standing, tap: MemberTap): RuleAnswer {
  if (rule.needsClock && !tap.facts.clockTrusted) return leaveOut();
  try {
    return rule.check(standing, tap);
  } catch {
    return failed(rule.name, tap) as RuleAnswer;
  }
}

function failed(rule: string, { direction }: Tap): TapAnswer {
  if (direction === 'out') return { result: 'granted', code: 'OK', saw: {} };
  const params = paramsOf('RULE_FAILED', { rule });
  return { result: 'refused', code: 'RULE_FAILED', params, saw: params };
}

/** A rule that throws: entry fails closed, exit fails open. */
export function ask(rule: string, check: () => TapAnswer, tap: Tap): TapAnswer {
  try {
    return check();
  } catch {
    return failed(rule, tap);
  }
}

export function verdictOf(rule: string, number: number, answer: TapAnswer): Verdict {
  const { saw } = answer;
  switch (answer.result) {
    case 'granted':
      return { rule, number, result: 'passed', code: answer.code, saw };
    case 'repeated':
      return { rule, number, result: 'passed', code: 'DUPLICATE_READ', saw };
    case 'passed':
      return { rule, number, result: 'passed', code: 'warnings' in answer ? answer.warnings[0].warning : null, saw };
    case 'skipped':
      return { rule, number, result: 'skipped', code: null, saw };
    case 'refused':
    case 'asks':
      return { rule, number, result: answer.result, code: answer.code, saw };
  }
}
