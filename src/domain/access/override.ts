import type { Rules } from '../gate/gate-settings.ts';
import type { Activation } from '../member/membership.ts';
import type { PlannedCharge } from './decision.ts';
import type { Facts } from './facts.ts';
import { chooseMembership, judgeMemberships, knownTapOf, memberTapOf } from './judge.ts';
import { plannedCharges } from './planned-charges.ts';
import type { Standing } from './standing.ts';
import type { MemberTap } from './tap.ts';

/** What letting a member in takes from their memberships. */
export interface OverrideCharge {
  membershipId: string | null;
  charges: PlannedCharge[];
  serviceId: string | null;
  activation: Activation | null;
  bookingId: string | null;
  /** Taken although no membership allowed the entry. */
  conflict: boolean;
}

const nothing: OverrideCharge = {
  membershipId: null,
  charges: [],
  serviceId: null,
  activation: null,
  bookingId: null,
  conflict: false,
};

/**
 * Rule 35: the membership that rule 22 would choose pays; when none passes, the first by that order that has visits left,
 * marked as a conflict; else nothing is taken. `facts` hold the member as if they had tapped a card of theirs.
 */
export function chargeOverride(facts: Facts, rules: Rules): OverrideCharge {
  const held = facts.credentials[0];
  if (held === undefined || facts.branch === null) return nothing;
  const tap = memberTapOf(
    knownTapOf({ facts, rules: chargingAlways(rules), holder: { held }, direction: 'in' }, held, facts.branch),
  );
  const judged = judgeMemberships(tap, true);
  const passing = chooseMembership(judged, tap)?.chosen.standing;
  if (passing) return taken(passing, tap, false);
  const payer = judged.find(({ standing }) => canPay(standing));
  if (payer === undefined) return nothing;
  const { standing } = payer;
  const waits = payer.verdicts.some(({ rule, result }) => rule === 'overlap' && result === 'refused');
  const charged = { ...standing, activation: waits ? null : standing.activation };
  return taken(charged, tap, true);
}

/** Staff say that a visit is taken: also from somebody who paid today already. */
function chargingAlways(rules: Rules): Rules {
  return rules.gate.charge === 'never' ? rules : { ...rules, gate: { ...rules.gate, charge: 'per_entry' } };
}

function canPay({ membership, match, left }: Standing): boolean {
  if (membership.terms.usage === 'club_card' || membership.unusable !== null) return false;
  // Which pool of a split one would pay is not known where none fits.
  const hasPool = match !== null || membership.terms.pool === 'shared';
  return hasPool && (left === null || left > 0);
}

function taken(payer: Standing, tap: MemberTap, conflict: boolean): OverrideCharge {
  return {
    membershipId: payer.membership.id,
    charges: plannedCharges(payer, tap),
    serviceId: payer.match?.service?.id ?? null,
    activation: payer.activation,
    bookingId: tap.chosen?.booking.id ?? null,
    conflict,
  };
}
