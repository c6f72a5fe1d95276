import type { Activation } from '../member/membership.ts';
import type { Instant, LocalDate } from '../schedule/instant.ts';
import type { Code, RefusalCode, WarningCode } from './code.ts';
import type { Params } from './params.ts';
import type { Verdict } from './verdict.ts';

export type Outcome = 'granted' | 'denied' | 'ask_staff';

/** What `decide` says of one tap. Everything a screen, the journal or the central system needs stands here. */
export interface Decision {
  outcome: Outcome;
  code: Code;
  /** Values for the text: dates, counts, titles. Which keys a code has is said in `params.ts`. */
  params: Params;
  credentialId: string | null;
  memberId: string | null;
  staffId: string | null;
  /** Who is counted in zones, by `personOf`; null for staff and strangers. */
  person: string | null;
  /** The one-time code, or the card's count of its taps, that was used up by this tap (rule 3). */
  token: string | null;
  /** The membership that pays, on a grant. */
  membershipId: string | null;
  /** Why this one among those that passed: the first criterion of `chooseOrder` that told it from the runner-up; null when it was the only one. */
  chosenBy: string | null;
  /** `any`, `service:<id>` or `category:<id>`. */
  entitlement: string | null;
  /** What the visit takes from each membership: the one chosen first, then a club card that counts visits. */
  charges: PlannedCharge[];
  /** Visits of the chosen membership: 0 on a free re-entry, 1 for an unlimited one. */
  charge: number;
  /** Visits left after this tap; null = unlimited or no membership. */
  left: number | null;
  /** The last valid day of the membership that pays; null = no end or none. */
  endsOn: LocalDate | null;
  /** The service of the charge; null at a general entry. */
  serviceId: string | null;
  activation: Activation | null;
  /** The place in a session that the visit is for (rule 15). */
  bookingId: string | null;
  /** The visit that this exit closes, and how long it was (rule 28). */
  closes: { visit: number; stayMinutes: number } | null;
  /** The freeze that the committed visit ends (rule 16, `unfreeze`). */
  endsFreeze: string | null;
  warnings: WarningCode[];
  /** Every membership's own refusal; empty when the refusal came before the memberships. */
  refusals: Record<string, RefusalCode>;
  explanation: Explanation;
  nextAllowedAt: Instant | null;
  data: DataAge;
}

/** What the decision was made from. */
export interface DataAge {
  cursor: string | null;
  takenAt: Instant | null;
  /** Time since the last contact with the hub (rule 29); null: no contact is known of. */
  ageMs: number | null;
}

export interface PlannedCharge {
  membershipId: string;
  charge: number;
  entitlement: number | null;
}

export interface Explanation {
  /** The rules asked before the memberships, in order. */
  tap: Verdict[];
  /** All the rules asked of each membership, in order; its own refusal is the first. Memberships in the order of rule 22. */
  memberships: { id: string; verdicts: Verdict[] }[];
  /** The rules asked of the membership that was chosen. */
  choice: Verdict[];
}
