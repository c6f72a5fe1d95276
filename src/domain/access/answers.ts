import type { Activation } from '../member/membership.ts';
import { leftOf } from './balance.ts';
import type { Code, GrantCode, RefusalCode, WarningCode } from './code.ts';
import type { Decision, Explanation, Outcome, PlannedCharge } from './decision.ts';
import { scopeText } from './entitlement.ts';
import type { Params } from './params.ts';
import { paramsOf } from './params.ts';
import { chargedCard } from './rules/club-card.ts';
import { freezeOn, type Standing } from './standing.ts';
import type { MemberTap, Tap } from './tap.ts';
import { warningsOf } from './warnings.ts';

/** A tap that no membership pays for: a refusal, or a question to staff. */
export function refusal(
  tap: Tap,
  outcome: 'denied' | 'ask_staff',
  code: RefusalCode,
  params: Params,
  refusals: Record<string, RefusalCode>,
  explanation: Explanation,
): Decision {
  return decisionOf(tap, { outcome, code, params, refusals, explanation }, nothingTaken);
}

/** Free passage, a staff card, an exit: nothing is charged or activated. */
export function grantOutright(code: GrantCode, tap: Tap, explanation: Explanation): Decision {
  return decisionOf(
    tap,
    { outcome: 'granted', code, params: outrightParams(code, tap), refusals: {}, explanation },
    nothingTaken,
  );
}

/** The membership that was chosen pays, or paid already (rule 24). */
export function grantMembership(
  standing: Standing,
  chosenBy: string | null,
  tap: MemberTap,
  refusals: Record<string, RefusalCode>,
  explanation: Explanation,
): Decision {
  const { membership, match, reentry, activation } = standing;
  const entitlement = reentry ? reentry.entitlement : (match?.entitlement ?? null);
  const scope = entitlement === null ? null : (membership.terms.entitlements[entitlement]?.scope ?? null);
  const charge = reentry || tap.rules.gate.charge === 'never' ? 0 : 1;
  const before = leftOf(standing, entitlement);
  const left = before === null ? null : before - charge;
  const charges: PlannedCharge[] = [{ membershipId: membership.id, charge, entitlement }];
  const card = charge > 0 ? chargedCard(standing, tap) : null;
  if (card) charges.push({ membershipId: card.membership.id, charge: 1, entitlement: null });
  const warned = warningsOf(standing, { left, charge }, tap);
  const code = reentry ? 'OK_REENTRY' : 'OK';
  const ok = reentry
    ? paramsOf('OK_REENTRY', { paidAt: reentry.at })
    : paramsOf('OK', { activatedOn: activation?.startsOn ?? null, activatedUntil: activation?.endsOn ?? null });
  const params = warned.warnings.length === 0 ? ok : { ...ok, ...warned.params };
  return decisionOf(
    tap,
    { outcome: 'granted', code, params, refusals, explanation },
    {
      membershipId: membership.id,
      chosenBy,
      entitlement: scope && scopeText(scope),
      charges,
      charge,
      left,
      endsOn: standing.lastDay,
      serviceId: match?.service?.id ?? null,
      activation,
      endsFreeze: freezeOn(standing, tap.today)?.id ?? null,
      warnings: warned.warnings,
    },
  );
}

/** What a visit takes. */
interface Taken {
  membershipId: string | null;
  chosenBy: string | null;
  entitlement: string | null;
  charges: PlannedCharge[];
  charge: number;
  left: number | null;
  endsOn: string | null;
  serviceId: string | null;
  activation: Activation | null;
  endsFreeze: string | null;
  warnings: WarningCode[];
}

const nothingTaken: Taken = {
  membershipId: null,
  chosenBy: null,
  entitlement: null,
  charges: [],
  charge: 0,
  left: null,
  endsOn: null,
  serviceId: null,
  activation: null,
  endsFreeze: null,
  warnings: [],
};

interface Answer {
  outcome: Outcome;
  code: Code;
  params: Params;
  refusals: Record<string, RefusalCode>;
  explanation: Explanation;
}

/** Every key is written out: spread objects cost more here than all the rules together. */
function decisionOf({ facts, holder }: Tap, answer: Answer, taken: Taken): Decision {
  const held = 'held' in holder ? holder.held : null;
  return {
    outcome: answer.outcome,
    code: answer.code,
    params: answer.params,
    credentialId: held?.credential.id ?? facts.credentials[0]?.credential.id ?? null,
    memberId: held?.member?.id ?? null,
    staffId: held?.staff?.id ?? null,
    membershipId: taken.membershipId,
    chosenBy: taken.chosenBy,
    entitlement: taken.entitlement,
    charges: taken.charges,
    charge: taken.charge,
    left: taken.left,
    endsOn: taken.endsOn,
    serviceId: taken.serviceId,
    activation: taken.activation,
    endsFreeze: taken.endsFreeze,
    warnings: taken.warnings,
    refusals: answer.refusals,
    explanation: answer.explanation,
    nextAllowedAt: null,
    data: facts.data,
  };
}

function outrightParams(code: GrantCode, { facts, holder }: Tap): Params {
  if (code === 'FREE_PASSAGE') return paramsOf('FREE_PASSAGE', { mode: facts.gate.mode });
  if (code !== 'STAFF_OVERRIDE') return {};
  return paramsOf('STAFF_OVERRIDE', { staff: 'held' in holder ? (holder.held.staff?.name ?? null) : null, reason: null });
}
