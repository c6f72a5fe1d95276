import type { Rules } from '../gate/gate-settings.ts';
import type { Branch } from '../member/member.ts';
import type { LocalDate } from '../schedule/instant.ts';
import type { LocalTime } from '../schedule/local-time.ts';
import type { RefusalCode } from './code.ts';
import type { Decision } from './decision.ts';
import type { Facts, HeldCredential } from './facts.ts';
import type { Holder } from './holder.ts';
import type { Params } from './params.ts';
import { type ParamsOf, paramsOf } from './params.ts';
import type { Standing } from './standing.ts';

/** One presentation of a credential as the rules look at it: the facts, the settings and what follows from both for every rule. */
export interface Tap {
  facts: Facts;
  rules: Rules;
  holder: Holder;
  direction: 'in' | 'out';
}

/** A tap that got as far as the memberships: somebody known, at a known branch. */
export interface MemberTap extends Tap {
  held: HeldCredential;
  branch: Branch;
  /** The club date of the entered branch. */
  today: LocalDate;
  local: LocalTime;
  /** Every membership of the holder, as it stands today. */
  standings: Standing[];
}

/** What a rule answers. `saw` names the values it looked at, for the explanation. */
export type RuleAnswer =
  | { result: 'passed'; saw?: Params }
  | { result: 'skipped'; saw?: Params }
  | { result: 'refused'; code: RefusalCode; params?: Params; saw?: Params }
  | { result: 'asks'; code: RefusalCode; params?: Params; saw?: Params };

/** A rule about the tap itself may also end it: grant at once, or repeat an earlier answer. */
export type TapAnswer =
  | RuleAnswer
  | { result: 'granted'; code: 'OK' | 'STAFF_OVERRIDE' | 'FREE_PASSAGE'; saw?: Params }
  | { result: 'repeated'; decision: Decision; saw?: Params };

/** Asked before any membership is looked at. `name` is the file's name; `number` is the rule's in membership-rules.md. */
export interface TapRule {
  name: string;
  number: number;
  check(tap: Tap): TapAnswer;
}

/** Asked of each membership. */
export interface MembershipRule {
  name: string;
  number: number;
  check(standing: Standing, tap: MemberTap): RuleAnswer;
}

export function pass(saw: Params = {}): RuleAnswer {
  return { result: 'passed', saw };
}

/** Nothing to judge: the rule does not apply to this tap. */
export function skip(saw: Params = {}): RuleAnswer {
  return { result: 'skipped', saw };
}

export function refuse<C extends RefusalCode>(
  code: C,
  params: ParamsOf<C>,
  saw: Params = {},
): RuleAnswer & { result: 'refused' } {
  return { result: 'refused', code, params: paramsOf(code, params), saw: { ...params, ...saw } };
}

export function askStaff<C extends RefusalCode>(code: C, params: ParamsOf<C>, saw: Params = {}): RuleAnswer {
  return { ...refuse(code, params, saw), result: 'asks' };
}
