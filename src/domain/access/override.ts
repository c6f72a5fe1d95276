import type { Rules } from '../gate/gate-settings.ts';
import type { Activation } from '../member/membership.ts';
import { leftOf } from './balance.ts';
import { compareStandings } from './choose.ts';
import { decide } from './decide.ts';
import type { PlannedCharge } from './decision.ts';
import type { Facts } from './facts.ts';
import { standingsOf } from './standing.ts';

/** What letting a member in takes from their memberships. */
export interface OverrideCharge {
  membershipId: string | null;
  charges: PlannedCharge[];
  serviceId: string | null;
  activation: Activation | null;
  /** Taken although no membership allowed the entry. */
  conflict: boolean;
}

const nothing: OverrideCharge = { membershipId: null, charges: [], serviceId: null, activation: null, conflict: false };

/**
 * Rule 35: the membership that rule 22 would choose pays; when none passes, the first by that order that has visits left,
 * marked as a conflict; else nothing is taken. `facts` hold the member as if they had tapped a card of theirs.
 */
export function chargeOverride(facts: Facts, rules: Rules): OverrideCharge {
  const decision = decide(facts, rules);
  if (decision.outcome === 'granted') {
    const { membershipId, charges, serviceId, activation } = decision;
    return { membershipId, charges, serviceId, activation, conflict: false };
  }
  const held = facts.credentials[0];
  if (held === undefined || facts.branch === null || rules.gate.charge === 'never') return nothing;
  const payer = standingsOf(held, facts, facts.branch, rules.gate)
    .filter(({ membership }) => membership.terms.usage !== 'club_card' && membership.unusable === null)
    // Which pool of a split one would pay is not known where none fits.
    .filter(({ membership, match }) => match !== null || membership.terms.pool === 'shared')
    .sort((a, b) => compareStandings(a, b, rules.chooseOrder).order)
    .find((standing) => leftOf(standing, standing.match?.entitlement ?? null) !== 0);
  if (payer === undefined) return nothing;
  const { membership, match } = payer;
  return {
    membershipId: membership.id,
    charges: [{ membershipId: membership.id, charge: 1, entitlement: match?.entitlement ?? null }],
    serviceId: match?.service?.id ?? null,
    activation: null,
    conflict: true,
  };
}
