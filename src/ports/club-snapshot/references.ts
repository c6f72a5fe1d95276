import type { Entity } from '../../domain/member/club.ts';
import type { JsonPath } from '../../lib/locate-in-json.ts';
import type { SnapshotRow } from './rows.ts';

/** A place in a row that names another row. */
export interface Reference {
  path: JsonPath;
  entity: Entity;
  id: string;
}

/** The references of each entity's rows that must lead somewhere for the row to be of use. */
export const referencesOf: { readonly [E in Entity]: (row: SnapshotRow<E>) => Reference[] } = {
  branches: () => [],
  services: () => [],
  members: () => [],
  staff: ({ credentialIds }) => each('credentialIds', 'credentials', credentialIds),
  credentials: ({ memberId, membershipId }) => [
    ...one('memberId', 'members', memberId),
    ...one('membershipId', 'memberships', membershipId),
  ],
  membershipTypes: () => [],
  memberships: ({ typeId, terms, memberIds }) => [
    ...(terms === null ? one('typeId', 'membershipTypes', typeId) : []),
    ...each('memberIds', 'members', memberIds),
  ],
  sessions: ({ branchId, serviceId }) => [...one('branchId', 'branches', branchId), ...one('serviceId', 'services', serviceId)],
  bookings: ({ sessionId, memberId, membershipId }) => [
    ...one('sessionId', 'sessions', sessionId),
    ...one('memberId', 'members', memberId),
    ...one('membershipId', 'memberships', membershipId),
  ],
};

function one(key: string, entity: Entity, id: string | null): Reference[] {
  return id === null ? [] : [{ path: [key], entity, id }];
}

function each(key: string, entity: Entity, ids: string[]): Reference[] {
  return ids.map((id, index) => ({ path: [key, index], entity, id }));
}
