import type { Window } from '../schedule/availability.ts';
import type { Instant, LocalDate } from '../schedule/instant.ts';
import type { Period } from '../schedule/validity.ts';

/** What an entitlement or a gate covers: anything, one service, or every service of a category. */
export type Scope = { any: true } | { serviceId: string } | { categoryId: string };

export interface Entitlement {
  scope: Scope;
  /** Visits of this entitlement with `pool: split`; null = unlimited. */
  visits: number | null;
}

export interface Terms {
  kind: 'fixed' | 'dynamic';
  oneTime: boolean;
  trial: boolean;
  usage: 'regular' | 'club_card' | 'individual';
  requiresClubCard: boolean;
  activation: 'sale' | 'first_visit' | 'fixed_date';
  autoActivateAfter: Period | null;
  /** null = no end. */
  validity: Period | null;
  lastDay: 'activation_day_is_day_1' | 'start_plus_period';
  entitlements: Entitlement[];
  pool: 'shared' | 'split';
  /** Of the shared pool; null = unlimited. */
  visits: number | null;
  maxPerDay: number | null;
  maxPerWeek: number | null;
  maxPerMonth: number | null;
  maxStayMinutes: number | null;
  /** Empty = any time. */
  availability: Window[];
  /** null = every branch. */
  branchIds: string[] | null;
  freeze: { allowed: boolean; maxCount: number | null; maxTotalDays: number | null; minDays: number | null };
  allowOverlap: boolean;
  multiMember: boolean;
}

export interface MembershipType {
  id: string;
  title: string;
  shortTitle: string;
  archived: boolean;
  terms: Terms;
  unusable: string | null;
}

export interface Freeze {
  id: string;
  from: LocalDate;
  /** Exclusive; null = open. */
  until: LocalDate | null;
}

export const membershipStates = ['issued', 'active', 'expired', 'used_up', 'cancelled', 'pending_payment'] as const;
export type MembershipState = (typeof membershipStates)[number];

export const paymentStates = ['paid', 'on_credit', 'overdue', 'failed', 'pending'] as const;
export type PaymentState = (typeof paymentStates)[number];

/** One sold membership with the terms it was sold with. */
export interface Membership {
  id: string;
  typeId: string | null;
  title: string;
  number: string | null;
  memberIds: string[];
  state: MembershipState;
  soldOn: LocalDate | null;
  startsOn: LocalDate | null;
  endsOn: LocalDate | null;
  endsAt: Instant | null;
  visits: {
    /** The central figure; null = unlimited, or counted by `perEntitlement`. */
    left: number | null;
    perEntitlement: (number | null)[] | null;
    /** The highest visit number of each gateway that the figure already counts (rule 19). */
    includes: Record<string, number>;
  };
  recent: RecentVisit[];
  freezes: Freeze[];
  payment: {
    mode: 'one_off' | 'fixed_term' | 'recurring';
    state: PaymentState;
    paidThrough: LocalDate | null;
  };
  limitedTo: { branchIds: string[] | null; serviceIds: string[] | null };
  terms: Terms;
  unusable: string | null;
}

/** A visit of this or the last calendar month that this gateway may not have seen itself. */
export interface RecentVisit {
  gateway: string;
  visit: number;
  memberId: string | null;
  at: Instant;
  serviceId: string | null;
  charge: number;
}

/** Start and end that a first visit gives to a membership (rule 9). */
export interface Activation {
  startsOn: LocalDate;
  endsOn: LocalDate | null;
}
