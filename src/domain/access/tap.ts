import type { Rules } from '../gate/gate-settings.ts';
import type { Branch } from '../member/member.ts';
import type { LocalDate } from '../schedule/instant.ts';
import type { LocalTime } from '../schedule/local-time.ts';
import type { RefusalCode, WarningCode } from './code.ts';
import type { Decision } from './decision.ts';
import type { Facts, HeldBooking, HeldCredential } from './facts.ts';
import type { Holder } from './holder.ts';
import type { Params } from './params.ts';
import { type ParamsOf, paramsOf } from './params.ts';
import type { RuleName, SawOf } from './saw.ts';
import type { Standing } from './standing.ts';

/** One presentation of a credential as the rules look at it: the facts, the settings and what follows from both for every rule. */
export interface Tap {
  facts: Facts;
  rules: Rules;
  holder: Holder;
  direction: 'in' | 'out';
}

/** A tap of somebody known, at a known branch. */
export interface KnownTap extends Tap {
  held: HeldCredential;
  branch: Branch;
  /** The club date of the entered branch. */
  today: LocalDate;
  local: LocalTime;
}

/** A tap that got as far as the memberships. */
export interface MemberTap extends KnownTap {
  /** The session that the member has come for (rule 15). */
  chosen: HeldBooking | null;
  /** Every membership of the holder, as it stands today. */
  standings: Standing[];
}

/** What is said beside an answer. */
export interface Warning {
  warning: WarningCode;
  params: Params;
}

/** What a rule answers. `saw` names the values it looked at, for the explanation. */
export type RuleAnswer =
  | { result: 'passed'; saw: Params }
  /** It lets pass, and staff or the member should know something. `saw`: the parameters of the first. */
  | { result: 'passed'; warnings: readonly [Warning, ...Warning[]]; saw: Params }
  | { result: 'skipped'; saw: Params }
  | { result: 'refused' | 'asks'; code: RefusalCode; params: Params; saw: Params };

/** A rule about the tap itself may also end it: grant at once, or repeat an earlier answer. */
export type TapAnswer =
  | RuleAnswer
  | { result: 'granted'; code: 'OK' | 'STAFF_OVERRIDE' | 'FREE_PASSAGE'; saw: Params }
  | { result: 'repeated'; decision: Decision; saw: Params };

interface Rule {
  /** The file's name. */
  name: RuleName;
  /** The rule's number in membership-rules.md. */
  number: number;
  /** Left out while the clock is not trusted (rule 30). */
  needsClock?: true;
}

/** Asked first: who and where it is need not be known. */
export interface TapRule extends Rule {
  check(tap: Tap): TapAnswer;
}

/** Asked of somebody known before any membership is looked at. */
export interface PersonRule extends Rule {
  check(tap: KnownTap): RuleAnswer;
}

/** Asked of each membership. `step`: its place in section 5, by which refusals are compared (rule 23). */
export interface MembershipRule extends Rule {
  step: Step;
  check(standing: Standing, tap: MemberTap): RuleAnswer;
}

/** Asked of the membership that was chosen. */
export interface ChoiceRule extends Rule {
  check(chosen: Standing, tap: MemberTap): RuleAnswer;
}

/** Section 5, "per membership". */
export const steps = [
  'state',
  'term',
  'payment',
  'branch',
  'service',
  'individual',
  'session',
  'freeze',
  'window',
  'club card',
  'balance and limits',
] as const;
export type Step = (typeof steps)[number];

const nothingSeen: Params = {};
const clockUntrusted: Params = { clock: 'untrusted' };

export function pass<R extends RuleName>(_rule: R, saw: SawOf<R>): RuleAnswer & { result: 'passed' } {
  return { result: 'passed', saw };
}

/** Nothing to judge: the rule does not apply to this tap. */
export function skip(): RuleAnswer & { result: 'skipped' } {
  return { result: 'skipped', saw: nothingSeen };
}

/** Left out while the clock is not trusted (rule 30). */
export function leaveOut(): RuleAnswer & { result: 'skipped' } {
  return { result: 'skipped', saw: clockUntrusted };
}

export function warn<C extends WarningCode>(warning: C, params: ParamsOf<C>): RuleAnswer & { result: 'passed' } {
  return { result: 'passed', warnings: [{ warning, params: paramsOf(warning, params) }], saw: params };
}

export function refuse<C extends RefusalCode>(code: C, params: ParamsOf<C>): RuleAnswer & { result: 'refused' | 'asks' } {
  return { result: 'refused', code, params: paramsOf(code, params), saw: params };
}

export function askStaff<C extends RefusalCode>(code: C, params: ParamsOf<C>): RuleAnswer & { result: 'refused' | 'asks' } {
  return { result: 'asks', code, params: paramsOf(code, params), saw: params };
}
