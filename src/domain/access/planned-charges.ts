import type { PlannedCharge } from './decision.ts';
import { chargedCard } from './rules/club-card.ts';
import type { Standing } from './standing.ts';
import type { MemberTap } from './tap.ts';

/** What an entry that this membership pays takes: its own charge first and, with a charged one, that of the club card beside it (rule 17). */
export function plannedCharges(payer: Standing, tap: MemberTap): [PlannedCharge, ...PlannedCharge[]] {
  const { membership, match, reentry, charge } = payer;
  const entitlement = reentry?.entitlement ?? match?.entitlement ?? null;
  const card = charge > 0 ? chargedCard(payer, tap) : null;
  const own = { membershipId: membership.id, charge, entitlement };
  return card === null ? [own] : [own, { membershipId: card.membership.id, charge: 1, entitlement: null }];
}
