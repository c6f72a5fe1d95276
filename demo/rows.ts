import type { CredentialKind } from '../src/domain/member/credential.ts';
import type { Debt, Language } from '../src/domain/member/member.ts';
import type { Freeze, Membership, MembershipState } from '../src/domain/member/membership.ts';
import type { Instant, LocalDate } from '../src/domain/schedule/instant.ts';
import { instantOf } from '../src/domain/schedule/local-time.ts';
import { lastValidDay, plusDays } from '../src/domain/schedule/validity.ts';
import { type DemoType, membershipTypes, type TermsRow } from './membership-types.ts';

/** Rows of a club snapshot on the wire (membership-rules section 2), as far as the demo club uses them. */
export interface MemberRow {
  id: string;
  name: string;
  language: Language;
  photo: string;
  /** `MM-DD`. */
  birthday: string;
  blocked?: boolean;
  blockReason?: string;
  tags?: string[];
  /** Left out: the central system did not say. */
  debt?: Debt | null;
  documents?: { kind: string; validUntil: LocalDate | null }[];
  notes?: { kind: string; text: string }[];
}

export interface CredentialRow {
  id: string;
  kind: CredentialKind;
  value: string;
  memberId?: string;
  membershipId?: string;
  status: 'active' | 'suspended' | 'lost' | 'replaced' | 'returned';
  /** With its offset, as on the wire. */
  validUntil?: string;
}

export interface MembershipRow {
  id: string;
  typeId: string;
  number: string;
  memberIds: string[];
  state: MembershipState;
  soldOn: LocalDate;
  startsOn?: LocalDate | null;
  endsOn?: LocalDate | null;
  visits: { left: number | null; perEntitlement?: (number | null)[]; includes?: Record<string, number> };
  recent?: { gateway: string; visit: number; memberId: string; at: string; serviceId: string | null; charge: number }[];
  freezes?: Freeze[];
  payment?: Membership['payment'];
  limitedTo?: Membership['limitedTo'];
  terms?: TermsRow;
}

/** The day of the demo: every date of the club is counted from it. */
export interface Day {
  today: LocalDate;
  now: Instant;
  /** IANA name. */
  timeZone: string;
}

/** A membership of a type that was sold `ago` days ago and lives by the type's own terms. */
export function sold(
  id: string,
  typeId: DemoType,
  memberId: string,
  { today }: Day,
  { ago, ...rest }: { ago: number } & Partial<Omit<MembershipRow, 'id' | 'typeId'>>,
): MembershipRow {
  const { terms } = membershipTypes[typeId];
  const soldOn = plusDays(today, -ago);
  const startsAtSale = terms.activation !== 'first_visit';
  const validity = terms.validity ?? null;
  return {
    id,
    typeId,
    number: id.replace('p', '140').replace('q', '160'),
    memberIds: [memberId],
    state: 'active',
    soldOn,
    startsOn: startsAtSale ? soldOn : null,
    endsOn: startsAtSale && validity ? lastValidDay(soldOn, validity, 'activation_day_is_day_1') : null,
    visits: { left: terms.visits ?? null },
    ...rest,
  };
}

/** The first date after `date` that falls on an ISO weekday. */
export function nextWeekDay(date: LocalDate, weekDay: number): LocalDate {
  const ahead = (weekDay - new Date(date).getUTCDay() + 7) % 7;
  return plusDays(date, ahead === 0 ? 7 : ahead);
}

/** An instant on the wire. */
export function wireInstant(at: Instant): string {
  return new Date(at).toISOString();
}

/** A moment of today that has gone by: half-way from midnight to now. */
export function earlierToday({ today, now, timeZone }: Day): Instant {
  const midnight = instantOf(today, 0, timeZone).at;
  return Math.floor((midnight + now) / 2);
}
