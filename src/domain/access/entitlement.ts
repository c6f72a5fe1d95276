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
  const { entitlements } = membership.terms;
  const matches: Match[] =
    gate.services.length === 0
      ? entitlements
          .map(({ scope }, entitlement) => ({ entitlement, scope, service: null }))
          .filter(({ scope }) => soldFor(membership, 'serviceId' in scope ? scope.serviceId : null))
      : services
          .filter((service) => soldFor(membership, service.id))
          .flatMap((service) =>
            coveringIndexes(entitlements, service).map(({ entitlement, scope }) => ({ entitlement, scope, service })),
          );
  const individual = membership.terms.usage === 'individual';
  const fitting = matches.filter(({ service }) => service === null || service.individual === individual);
  const booked = matches.find(({ service }) => service !== null && service.id === chosen?.session.serviceId);
  const first = booked ?? fitting[0] ?? matches[0];
  if (first === undefined) return null;
  // Rule 24: the first service that matches is the one that is entered, also when another has visits left.
  const candidates = matches.filter(({ service }) => service === first.service);
  const seats = chosen?.booking.seats ?? 1;
  const hasLeft = (entitlement: number, needed: number) => (leftOf(held, entitlement) ?? needed) >= needed;
  return (
    candidates.find(({ entitlement }) => hasLeft(entitlement, seats)) ??
    candidates.find(({ entitlement }) => hasLeft(entitlement, 1)) ??
    first
  );
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

function coveringIndexes(entitlements: Entitlement[], service: Service): { entitlement: number; scope: Scope }[] {
  return entitlements
    .map(({ scope }, entitlement) => ({ entitlement, scope }))
    .filter(({ scope }) => covers(scope, service))
    .sort((a, b) => breadthOf(a.scope) - breadthOf(b.scope));
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
