import type { Charge } from '../access/facts.ts';
import type { Visit } from './visit.ts';

/** Oldest tap first; gateways and visit numbers settle the rest, so that all boxes have one order. */
export function inOrderOfTaps(a: Charge, b: Charge): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.gateway !== b.gateway) return a.gateway < b.gateway ? -1 : 1;
  return a.visit - b.visit;
}

/**
 * What a visit takes from each membership, in the order of the decision; nothing once it was released. Only the
 * membership chosen first is activated and has its freeze ended: a club card is merely charged beside it (rule 17).
 */
export function chargesOf(visit: Visit, gateway: string): { membershipId: string; charge: Charge }[] {
  const { state } = visit;
  if (state === 'released') return [];
  return visit.charges.map(({ membershipId, charge, entitlement }, place) => ({
    membershipId,
    charge: {
      gateway,
      visit: visit.number,
      memberId: visit.memberId,
      branchId: visit.branchId,
      at: visit.at,
      serviceId: visit.serviceId,
      entitlement,
      charge,
      bookingId: place === 0 ? visit.bookingId : null,
      prerequisite: place > 0,
      state,
      activation: place === 0 ? visit.activation : null,
      endsFreeze: place === 0 ? visit.endsFreeze : null,
    },
  }));
}
