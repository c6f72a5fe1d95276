import type { DateException, Window } from '../schedule/availability.ts';
import type { Instant, LocalDate } from '../schedule/instant.ts';

/**
 * Rows of the club snapshot (membership-rules section 2), as the domain reads them: every omitted key already has its
 * default, instants are numbers, times of day are minutes. `unusable` is null, or says in words which unknown value or
 * contradiction makes the row unusable; an unusable row never opens anything.
 */
export type Language = 'ru' | 'uk' | 'pl' | 'en';
export const languages: readonly Language[] = ['ru', 'uk', 'pl', 'en'];

export interface Branch {
  id: string;
  name: string;
  /** IANA name. */
  timeZone: string;
  /** Minutes after midnight at which a new club date begins. */
  dayStartsAt: number;
  openingHours: Window[];
  exceptions: DateException[];
}

export interface Service {
  id: string;
  title: string;
  categoryId: string | null;
  individual: boolean;
}

export interface Debt {
  /** Decimal text in `currency`. */
  amount: string;
  currency: string | null;
  since: LocalDate | null;
  terminatesOn: LocalDate | null;
}

export interface Member {
  id: string;
  name: string;
  language: Language | null;
  /** A path inside the club's photo folder. */
  photo: string | null;
  /** `MM-DD`. */
  birthday: string | null;
  birthYear: number | null;
  blocked: boolean;
  blockReason: string | null;
  tags: string[];
  /** `unknown` when the central system did not say. */
  debt: Debt | null | 'unknown';
  documents: { kind: string; validUntil: LocalDate | null }[];
  notes: { kind: string; text: string }[];
  unusable: string | null;
}

export interface Staff {
  id: string;
  name: string;
  credentialIds: string[];
}

export interface Session {
  id: string;
  branchId: string;
  serviceId: string;
  title: string;
  individual: boolean;
  startsAt: Instant;
  endsAt: Instant | null;
  capacity: number | null;
  cancelled: boolean;
}

export const bookingStates = ['booked', 'waiting', 'attended', 'cancelled', 'no_show'] as const;

export interface Booking {
  id: string;
  sessionId: string;
  memberId: string;
  membershipId: string | null;
  seats: number;
  state: (typeof bookingStates)[number];
}

/** Whether the member has one of these tags. */
export function hasAnyTag({ tags }: Pick<Member, 'tags'>, named: readonly string[]): boolean {
  return tags.some((tag) => named.includes(tag));
}
