import type { Credential } from './credential.ts';
import type { Booking, Branch, Member, Service, Session, Staff } from './member.ts';
import type { Membership, MembershipType } from './membership.ts';

/** The entities of a club snapshot and the row of each, in the order in which they refer to one another. */
export interface ClubRows {
  branches: Branch;
  services: Service;
  members: Member;
  staff: Staff;
  credentials: Credential;
  membershipTypes: MembershipType;
  memberships: Membership;
  sessions: Session;
  bookings: Booking;
}

export type Entity = keyof ClubRows;

export const entities = [
  'branches',
  'services',
  'members',
  'staff',
  'credentials',
  'membershipTypes',
  'memberships',
  'sessions',
  'bookings',
] as const satisfies readonly Entity[];
