import type { Service } from '../member/member.ts';
import type { Entitlement, Membership, Scope } from '../member/membership.ts';
import { leftOf } from './balance.ts';
import type { HeldMembership } from './facts.ts';
import type { Seen } from './seen.ts';

/** What an entry would be spent on: one entitlement, for one of the gate's services, or for none at a general entry. */
export interface Match {
  /** Index into `terms.entitlements`. */
  entitlement: number;
  scope: Scope;
  /** null at a general entry. */
  service: Service | null;
}

/**
 * Rule 12. At a gate with services: that of the chosen session, else the first of them that the membership may be used for,
 * with the entitlement that names it most exactly and has visits left. At a general entry: the first entitlement with
 * visits left. Null: nothing fits.
 */
export function matchOf(held: HeldMembership, { gate, services, chosen }: Seen): Match | null {
  const { membership } = held;
  const { entitlements, usage } = membership.terms;
  const matches: Match[] = [];
  if (gate.services.length === 0) {
    for (const [entitlement, { scope }] of entitlements.entries()) {
      if (soldFor(membership, 'serviceId' in scope ? scope.serviceId : null)) matches.push({ entitlement, scope, service: null });
    }
  } else {
    for (const service of services) if (soldFor(membership, service.id)) pushCovering(matches, entitlements, service);
  }
  const individual = usage === 'individual';
  const first =
    (chosen && matches.find(({ service }) => service !== null && service.id === chosen.session.serviceId)) ??
    matches.find(({ service }) => service === null || service.individual === individual) ??
    matches[0];
  if (first === undefined) return null;
  // Rule 24: the first service that matches is the one that is entered, also when another has visits left.
  const seats = chosen?.booking.seats ?? 1;
  const hasLeft = ({ service, entitlement }: Match, needed: number) =>
    service === first.service && (leftOf(held, entitlement) ?? needed) >= needed;
  return matches.find((match) => hasLeft(match, seats)) ?? matches.find((match) => hasLeft(match, 1)) ?? first;
}

/** `any`, `service:<id>` or `category:<id>`. */
export function scopeText(scope: Scope): string {
  if ('serviceId' in scope) return `service:${scope.serviceId}`;
  if ('categoryId' in scope) return `category:${scope.categoryId}`;
  return 'any';
}

/** 0 a service, 1 a category, 2 anything: how exactly a scope names what is entered. */
export function breadthOf(scope: Scope): number {
  if ('serviceId' in scope) return 0;
  return 'categoryId' in scope ? 1 : 2;
}

/** Those that name the service most exactly come first. */
function pushCovering(matches: Match[], entitlements: Entitlement[], service: Service): void {
  const covering: Match[] = [];
  for (const [entitlement, { scope }] of entitlements.entries()) {
    if (covers(scope, service)) covering.push({ entitlement, scope, service });
  }
  if (covering.length > 1) covering.sort((a, b) => breadthOf(a.scope) - breadthOf(b.scope));
  matches.push(...covering);
}

function covers(scope: Scope, service: Service): boolean {
  if ('serviceId' in scope) return scope.serviceId === service.id;
  if ('categoryId' in scope) return scope.categoryId === service.categoryId;
  return true;
}

/** Services chosen at sale narrow the terms; an empty list means nothing. */
function soldFor({ limitedTo }: Membership, serviceId: string | null): boolean {
  const { serviceIds } = limitedTo;
  if (serviceIds === null) return true;
  return serviceId === null ? serviceIds.length > 0 : serviceIds.includes(serviceId);
}
