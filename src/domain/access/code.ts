/**
 * Stable and public: shown to staff, stored in the journal, sent to the central system, and never reused for another
 * meaning (membership-rules section 5).
 */
export const grantCodes = ['OK', 'OK_REENTRY', 'STAFF_OVERRIDE', 'FREE_PASSAGE'] as const;

export const refusalCodes = [
  'GATE_CLOSED',
  'DUPLICATE_READ',
  'GATE_BUSY',
  'AMBIGUOUS_CREDENTIAL',
  'UNKNOWN_CREDENTIAL',
  'CREDENTIAL_INACTIVE',
  'CREDENTIAL_REPLAYED',
  'CREDENTIAL_TOO_WEAK',
  'UNKNOWN_STATE',
  'MEMBER_BLOCKED',
  'NO_MEMBERSHIP',
  'CLUB_CLOSED',
  'DOCUMENT_MISSING',
  'DOCUMENT_EXPIRED',
  'NOT_ADMITTED',
  'ALREADY_INSIDE',
  'PENDING_PAYMENT',
  'CANCELLED',
  'EXPIRED',
  'USED_UP',
  'NOT_STARTED',
  'WAITS_FOR_OTHER',
  'DEBT',
  'PAYMENT_FAILED',
  'WRONG_BRANCH',
  'WRONG_SERVICE',
  'INDIVIDUAL_ONLY',
  'TOO_EARLY',
  'TOO_LATE',
  'BOOKING_REQUIRED',
  'FROZEN',
  'OUTSIDE_DAYS',
  'OUTSIDE_HOURS',
  'CLUB_CARD_MISSING',
  'CLUB_CARD_EXPIRED',
  'CLUB_CARD_FROZEN',
  'NO_VISITS_LEFT',
  'LIMIT_REACHED',
  'ZONE_FULL',
  'STALE_DATA',
  'CLOCK_UNTRUSTED',
  /** A rule failed: the gate stays shut and says so. */
  'RULE_FAILED',
] as const;

export const warningCodes = [
  'WARN_LAST_VISIT',
  'WARN_EXPIRES_SOON',
  'WARN_DEBT',
  'WARN_PAYMENT_FAILED',
  'WARN_STALE',
  'WARN_ALREADY_INSIDE',
  'WARN_DOCUMENT_EXPIRES',
  'WARN_OVERSTAY',
] as const;

export type GrantCode = (typeof grantCodes)[number];
export type RefusalCode = (typeof refusalCodes)[number];
export type WarningCode = (typeof warningCodes)[number];
export type Code = GrantCode | RefusalCode;

/** `NOT_PASSED` and `UNEXPECTED_PASSAGE` mark journal entries, never decisions (rule 27). */
export type PassageCode = 'NOT_PASSED' | 'UNEXPECTED_PASSAGE';
