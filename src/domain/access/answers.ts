import type { Activation } from '../member/membership.ts';
import { minuteMs } from '../schedule/instant.ts';
import type { Code, GrantCode, RefusalCode, WarningCode } from './code.ts';
import { dataAgeMs } from './data-age.ts';
import type { Decision, Explanation, Outcome, PlannedCharge } from './decision.ts';
import { scopeText } from './entitlement.ts';
import { type Facts, personOf } from './facts.ts';
import type { Params } from './params.ts';
import { paramsOf } from './params.ts';
import { plannedCharges } from './planned-charges.ts';
import { freezeOn, type Standing } from './standing.ts';
import type { MemberTap, Tap, Warning } from './tap.ts';
import { endingWarnings, staleWarning, stayWarning } from './warnings.ts';

/** A tap that no membership pays for: a refusal, or a question to staff. */
export function refusal(
  tap: Tap,
  outcome: 'denied' | 'ask_staff',
  code: RefusalCode,
  params: Params,
  refusals: Record<string, RefusalCode>,
  explanation: Explanation,
): Decision {
  return decisionOf(tap, { outcome, code, params, refusals, explanation, warned: [] }, nothingTaken);
}

/** Free passage, a staff card, an exit: nothing is charged or activated. */
export function grantOutright(code: GrantCode, tap: Tap, explanation: Explanation): Decision {
  const closes = code === 'STAFF_OVERRIDE' ? null : closedVisit(tap);
  const answer = { outcome: 'granted' as const, code, params: outrightParams(code, tap, closes), refusals: {}, explanation };
  const warned = closes === null ? [] : stayWarning(tap, closes.stayMinutes);
  return decisionOf(tap, { ...answer, warned }, closes === null ? nothingTaken : { ...nothingTaken, closes });
}

/** The membership that was chosen pays, or paid already (rule 24). `warned`: what its rules and those of the tap warned of. */
export function grantMembership(
  standing: Standing,
  chosenBy: string | null,
  tap: MemberTap,
  refusals: Record<string, RefusalCode>,
  explanation: Explanation,
  warned: readonly Warning[],
): Decision {
  const { membership, match, reentry, activation, charge } = standing;
  const charges = plannedCharges(standing, tap);
  const [{ entitlement }] = charges;
  const scope = entitlement === null ? null : (membership.terms.entitlements[entitlement]?.scope ?? null);
  const left = standing.left === null ? null : standing.left - charge;
  const code = reentry ? 'OK_REENTRY' : 'OK';
  const params = reentry
    ? paramsOf('OK_REENTRY', { paidAt: reentry.at })
    : paramsOf('OK', {
        activatedOn: activation?.startsOn ?? null,
        activatedUntil: activation?.endsOn ?? null,
        stayMinutes: null,
      });
  return decisionOf(
    tap,
    { outcome: 'granted', code, params, refusals, explanation, warned: [...warned, ...endingWarnings(standing, left, tap)] },
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
      bookingId: tap.chosen?.booking.id ?? null,
      closes: null,
      endsFreeze: tap.facts.clockTrusted ? (freezeOn(standing, tap.today)?.id ?? null) : null,
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
  bookingId: string | null;
  closes: Decision['closes'];
  endsFreeze: string | null;
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
  bookingId: null,
  closes: null,
  endsFreeze: null,
};

interface Answer {
  outcome: Outcome;
  code: Code;
  params: Params;
  refusals: Record<string, RefusalCode>;
  explanation: Explanation;
  warned: readonly Warning[];
}

/** Every key is written out: spread objects cost more here than all the rules together. */
function decisionOf(tap: Tap, answer: Answer, taken: Taken): Decision {
  const { facts, holder } = tap;
  const held = 'held' in holder ? holder.held : null;
  const stale = staleWarning(tap);
  const warned = stale === null ? answer.warned : [...answer.warned, stale];
  const warnings: WarningCode[] = [];
  let params = answer.params;
  for (const { warning, params: more } of warned) {
    warnings.push(warning);
    // What the answer itself says comes first: a key that both have means the same.
    params = { ...more, ...params };
  }
  return {
    outcome: answer.outcome,
    code: answer.code,
    params,
    credentialId: held?.credential.id ?? firstIdOf(facts),
    memberId: held?.member?.id ?? null,
    staffId: held?.staff?.id ?? null,
    person: held && personOf(held),
    // "Try again" and "closed" were answered before the code was looked at: it is still good.
    token: keepsToken.has(answer.code) ? null : (held?.token?.token ?? null),
    membershipId: taken.membershipId,
    chosenBy: taken.chosenBy,
    entitlement: taken.entitlement,
    charges: taken.charges,
    charge: taken.charge,
    left: taken.left,
    endsOn: taken.endsOn,
    serviceId: taken.serviceId,
    activation: taken.activation,
    bookingId: taken.bookingId,
    closes: taken.closes,
    endsFreeze: taken.endsFreeze,
    warnings,
    refusals: answer.refusals,
    explanation: answer.explanation,
    nextAllowedAt: null,
    data: { cursor: facts.data.cursor, takenAt: facts.data.takenAt, ageMs: dataAgeMs(facts) },
  };
}

/** Of several rows of which none stands for somebody: the order in which they arrived never decides. */
function firstIdOf({ credentials }: Facts): string | null {
  // Of another card with the same printed number nobody is known: what was read is kept.
  const ids = credentials.flatMap(({ credential, printed }) => (printed === 'other_card' ? [] : credential.id));
  return ids.reduce<string | null>((first, id) => (first === null || id < first ? id : first), null);
}

const keepsToken: ReadonlySet<Code> = new Set(['GATE_BUSY', 'GATE_CLOSED']);

/** Rule 28: the exit closes the visit with which the person came in. */
function closedVisit({ facts, holder, direction }: Tap): Decision['closes'] {
  const inside = direction === 'out' && 'held' in holder ? holder.held.inside : null;
  if (inside === null) return null;
  return { visit: inside.visit, stayMinutes: Math.max(0, Math.floor((facts.now - inside.since) / minuteMs)) };
}

function outrightParams(code: GrantCode, { facts, holder }: Tap, closes: Decision['closes']): Params {
  if (code === 'FREE_PASSAGE') return paramsOf('FREE_PASSAGE', { mode: facts.gate.mode });
  if (code === 'STAFF_OVERRIDE') {
    return paramsOf('STAFF_OVERRIDE', { staff: 'held' in holder ? (holder.held.staff?.name ?? null) : null, reason: null });
  }
  return closes === null ? {} : paramsOf('OK', { activatedOn: null, activatedUntil: null, stayMinutes: closes.stayMinutes });
}
