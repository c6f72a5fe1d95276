import type { Membership } from '../member/membership.ts';
import type { HeldMembership } from './facts.ts';

/**
 * Rule 19: visits left of the pool that `entitlement` draws from = the central figure − charges that it does not include
 * yet. Null = unlimited; never below 0. `entitlement` null: the shared pool (a club card charged as a prerequisite).
 */
export function leftOf({ membership, charges }: HeldMembership, entitlement: number | null): number | null {
  const split = membership.terms.pool === 'split' && entitlement !== null;
  const central = split ? splitFigure(membership, entitlement) : membership.visits.left;
  if (central === null) return null;
  const taken = charges
    .filter(({ gateway, visit }) => visit > (membership.visits.includes[gateway] ?? 0))
    .filter((charge) => !split || charge.entitlement === entitlement)
    .reduce((sum, { charge }) => sum + charge, 0);
  return Math.max(0, central - taken);
}

/** A split pool that says nothing of an entitlement grants nothing: unknown is not unlimited. */
function splitFigure({ visits }: Membership, entitlement: number): number | null {
  const figure = visits.perEntitlement?.[entitlement];
  return figure === undefined ? 0 : figure;
}
