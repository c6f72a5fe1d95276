import type { Window } from '../schedule/availability.ts';

/** What a gate is set to do. Names and defaults are those of scenario-format.md. */
export interface GateSettings {
  id: string;
  branch: string;
  direction: 'in' | 'out' | 'both';
  zone: string;
  /** Empty = general entry. */
  services: string[];
  charge: 'per_day' | 'per_entry' | 'per_session' | 'per_booking' | 'never';
  sessionMinutes: number;
  passage: 'assumed' | 'reported';
  passageTimeoutSeconds: number;
  /** What becomes of an open reservation after the process died. */
  onRestart: 'release' | 'commit';
  doubleReadSeconds: number;
  antiPassback: { mode: 'off' | 'soft' | 'hard'; forgiveMinutes: number | null; exemptTags: string[] };
  booking: 'optional' | 'required';
  /** How long before its start a session lets in. */
  earlyMinutes: number;
  /** How long after its start, exclusive. */
  lateMinutes: number;
  debt: DebtPolicy;
  paymentGraceDays: number;
  frozen: 'deny' | 'ask_staff' | 'unfreeze';
  minAssurance: Assurance;
  documents: RequiredDocument[];
  admission: AdmissionRow[];
  openingHours: 'respect' | 'ignore';
  openingHoursExemptTags: string[];
}

/** Rule 10. */
export interface DebtPolicy {
  policy: 'warn' | 'deny' | 'allow';
  /** Decimal text in the debt's currency. */
  denyFromAmount: string | null;
  denyAfterDays: number | null;
}

/** Rule 5, from weak to strong. */
export const assurances = ['uid', 'token', 'cryptographic'] as const;
export type Assurance = (typeof assurances)[number];

/** Rule 33. */
export interface RequiredDocument {
  kind: string;
  policy: 'deny' | 'warn';
  warnWithinDays: number;
}

/** Rule 34: while its windows are open (none: always) every condition that is not null must hold. */
export interface AdmissionRow {
  tags: string[] | null;
  notTags: string[] | null;
  minAge: number | null;
  maxAge: number | null;
  windows: Window[];
}

/** A part of the club in which people are counted. */
export interface ZoneSettings {
  id: string;
  /** null = no limit. */
  limit: number | null;
  exemptTags: string[];
  /** Minutes after midnight, by the branch's clock: then everybody is taken to have left. */
  resetAt: number;
}

/** Rule 22. */
export const chooseCriteria = ['booking', 'match', 'activated', 'unlimited', 'ends', 'left', 'personal', 'sold', 'id'] as const;
export type ChooseCriterion = (typeof chooseCriteria)[number];

/** What a policy does with a tap that the rest lets through. */
export type TrustPolicy = 'allow' | 'ask_staff' | 'deny';

/** The settings that a decision obeys: the gate's own and the club's. */
export interface Rules {
  gateway: string;
  gate: GateSettings;
  /** The zone that an entry at the gate enters. */
  zone: ZoneSettings;
  clubCard: { appliesTo: 'flagged' | 'all' };
  /** Rule 29. */
  freshness: { warnAfterHours: number; limitAfterHours: number; counted: TrustPolicy; unlimited: TrustPolicy };
  /** Rule 30. */
  clock: { whenUntrusted: TrustPolicy };
  offline: { maxVisitsPerMembership: number | null };
  warnings: { lastVisits: number; expiresWithinDays: number };
  chooseOrder: readonly ChooseCriterion[];
}
