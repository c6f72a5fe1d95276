import type { Membership } from '../member/membership.ts';
import type { Charge, HeldMembership } from './facts.ts';

/**
 * Rule 19: visits left of the pool that `entitlement` draws from = the central figure − charges that it does not include
 * yet. Null = unlimited; below 0 after an overspend, which counts as 0. `entitlement` null: the shared pool.
 */
export function leftOf({ membership, charges }: HeldMembership, entitlement: number | null): number | null {
  const split = membership.terms.pool === 'split' && entitlement !== null;
  const central = split ? splitFigure(membership, entitlement) : membership.visits.left;
  if (central === null) return null;
  let left = central;
  for (const charge of charges) {
    if (charge.visit <= (membership.visits.includes[charge.gateway] ?? 0)) continue;
    if (!split || drawsFrom(charge, entitlement, membership)) left -= charge.charge;
  }
  return left;
}

/** A split pool that says nothing of an entitlement grants nothing: unknown is not unlimited. */
function splitFigure({ visits }: Membership, entitlement: number): number | null {
  const figure = visits.perEntitlement?.[entitlement];
  return figure === undefined ? 0 : figure;
}

/**
 * Another box names the service of its visits and not the entitlement: they are taken from the one that names the service,
 * and from every one where none does, so that nothing is left that may be spent already.
 */
function drawsFrom(charge: Charge, entitlement: number, { terms }: Membership): boolean {
  if (charge.entitlement !== null) return charge.entitlement === entitlement;
  const named = terms.entitlements.findIndex(({ scope }) => 'serviceId' in scope && scope.serviceId === charge.serviceId);
  return named === -1 || named === entitlement;
}
