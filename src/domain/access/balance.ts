import type { Membership, Scope } from '../member/membership.ts';
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
 * Another box names the service of its visits and not the entitlement, which rule 12 then tells: of those that cover it the first
 * with visits left, the one that names it before the one for anything. Null where a category may be meant: it is taken from each,
 * so that nothing is left that may be spent already.
 */
function poolAtPeer({ serviceId }: Charge, { terms, limitedTo }: Membership, hasLeft: (index: number) => boolean): number | null {
  const indexesOf = (covers: (scope: Scope) => boolean) =>
    terms.entitlements.flatMap(({ scope }, index) => (covers(scope) ? [index] : []));
  const isSold = (scope: Scope) => !('serviceId' in scope) || (limitedTo.serviceIds?.includes(scope.serviceId) ?? true);
  const named = indexesOf((scope) => serviceId === null || ('serviceId' in scope && scope.serviceId === serviceId));
  const sold = named.filter((index) => isSold(terms.entitlements[index]?.scope ?? { any: true }));
  const first = sold.find(hasLeft);
  if (first !== undefined || serviceId === null) return first ?? sold[0] ?? null;
  if (indexesOf((scope) => 'categoryId' in scope).length > 0) return null;
  const anything = indexesOf((scope) => 'any' in scope);
  return anything.find(hasLeft) ?? named[0] ?? anything[0] ?? null;
}
