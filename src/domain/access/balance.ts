import type { Membership } from '../member/membership.ts';
import type { Charge, HeldMembership } from './facts.ts';

/**
 * Rule 19: visits left of the pool that `entitlement` draws from = the central figure − charges that it does not include
 * yet. Null = unlimited; below 0 after an overspend, which counts as 0. `entitlement` null: the shared pool.
 */
export function leftOf(held: HeldMembership, entitlement: number | null): number | null {
  const { membership, charges } = held;
  if (membership.terms.pool === 'split' && entitlement !== null) return leftOfPool(held, entitlement);
  if (membership.visits.left === null) return null;
  let { left } = membership.visits;
  for (const charge of charges) if (!isIncluded(charge, membership)) left -= charge.charge;
  return left;
}

function leftOfPool({ membership, charges }: HeldMembership, entitlement: number): number | null {
  // A split pool that says nothing of an entitlement grants nothing: unknown is not unlimited.
  const figureOf = (index: number) => membership.visits.perEntitlement?.[index];
  const central = figureOf(entitlement);
  if (central === null) return null;
  const spent = membership.terms.entitlements.map(() => 0);
  let unknown = 0;
  for (const charge of charges) {
    if (isIncluded(charge, membership)) continue;
    const hasLeft = (index: number) => (figureOf(index) ?? Number.POSITIVE_INFINITY) > (spent[index] ?? 0);
    const pool = charge.entitlement ?? poolAtPeer(charge, membership, hasLeft);
    if (pool === null) unknown += charge.charge;
    else spent[pool] = (spent[pool] ?? 0) + charge.charge;
  }
  return (central ?? 0) - (spent[entitlement] ?? 0) - unknown;
}

function isIncluded({ gateway, visit }: Charge, { visits }: Membership): boolean {
  return visit <= (visits.includes[gateway] ?? 0);
}

/**
 * Another box names the service of its visits and not the entitlement (rule 12): at a general entry the first with visits left
 * was spent, else the one that names the service. Null, where a category may be meant: it is taken from each, so that nothing is
 * left that may be spent already.
 */
function poolAtPeer({ serviceId }: Charge, { terms }: Membership, hasLeft: (index: number) => boolean): number | null {
  if (serviceId === null)
    return Math.max(
      0,
      terms.entitlements.findIndex((_, index) => hasLeft(index)),
    );
  const named = terms.entitlements.findIndex(({ scope }) => 'serviceId' in scope && scope.serviceId === serviceId);
  return named === -1 ? null : named;
}
