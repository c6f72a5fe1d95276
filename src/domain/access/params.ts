import { type Assurance, assurances } from '../gate/gate-settings.ts';
import { type GateMode, gateModes } from '../gate/mode.ts';
import { type Credential, credentialStatuses } from '../member/credential.ts';
import { type MembershipState, membershipStates, type PaymentState, paymentStates } from '../member/membership.ts';
import type { Instant, LocalDate } from '../schedule/instant.ts';
import { type Code, type PassageCode, type RefusalCode, refusalCodes, type WarningCode } from './code.ts';

/** Values for the text of a code. Which keys a code has is said in `paramKinds`. */
export type Params = Record<string, string | number | null>;

/** Everything that has words of its own: the codes of a decision, the marks of a passage, and a gate that does not answer. */
export type TextCode = Code | PassageCode | 'GATE_FAILED' | WarningCode;

/** What a parameter holds. Each may also be null (not known, or not a matter of this case): every text reads well without it. */
export interface ParamValues {
  date: LocalDate;
  instant: Instant;
  /** A whole number, 0 or more. */
  count: number;
  /** Words of the club's own (a title, a name), shown as they are; several are joined by `, `. */
  text: string;
  /** Times of day as `07:00–12:00`, several joined by `, `. */
  hours: string;
  /** ISO weekdays as digits, `1,2,3,4,5`. */
  days: string;
  /** Decimal text. */
  amount: string;
  /** ISO 4217, `PLN`. */
  currency: string;
  per: (typeof pers)[number];
  mode: GateMode;
  status: Credential['status'];
  assurance: Assurance;
  state: MembershipState;
  payment: PaymentState;
  debt: (typeof debts)[number];
  code: RefusalCode;
  because: (typeof releaseCauses)[number];
  clock: (typeof clockStates)[number];
}

const pers = ['day', 'week', 'month'] as const;
const debts = ['none', 'some', 'unknown', 'not_asked'] as const;
const releaseCauses = ['timed_out', 'gate_failed', 'restart'] as const;
const clockStates = ['trusted', 'untrusted'] as const;

export type ParamKind = keyof ParamValues;

/**
 * The parameters of each code. A decision's `params` hold those of its code and, beside them, those of each of its
 * warnings; a key that two of them share means the same in both.
 */
export const paramKinds = {
  /** Dates only when this visit activates the membership (rule 9; `activatedUntil` null: no end); `stayMinutes` only at an exit that closes a visit (rule 28). */
  OK: { activatedOn: 'date', activatedUntil: 'date', stayMinutes: 'count' },
  /** The tap of the charged entry that this one is free after (rule 24). */
  OK_REENTRY: { paidAt: 'instant' },
  /** A staff card: the holder's name, no reason. An override: who let the person in and why (rule 35). */
  STAFF_OVERRIDE: { staff: 'text', reason: 'text' },
  FREE_PASSAGE: { mode: 'mode' },

  GATE_CLOSED: {},
  DUPLICATE_READ: {},
  GATE_BUSY: {},
  /** How many members hold the value; or, of a card listed by its printed number, the credential that is another card with that number. */
  AMBIGUOUS_CREDENTIAL: { members: 'count', knownCard: 'text' },
  UNKNOWN_CREDENTIAL: {},
  /** Not active: `status`. Active and outside its time: the bound that was missed, the other null. */
  CREDENTIAL_INACTIVE: { status: 'status', validFrom: 'instant', validUntil: 'instant' },
  CREDENTIAL_REPLAYED: {},
  /** What the gate asks for (rule 5). */
  CREDENTIAL_TOO_WEAK: { needed: 'assurance' },
  /** The row's `unusable`: which value is not known. Staff only. */
  UNKNOWN_STATE: { problem: 'text' },
  /** Staff only. */
  MEMBER_BLOCKED: { blockReason: 'text' },
  NO_MEMBERSHIP: {},
  /** The opening hours of today; null when the club is closed all day. */
  CLUB_CLOSED: { openHours: 'hours' },
  /** `medical`, `waiver` have words of their own; any other kind is shown as it is. */
  DOCUMENT_MISSING: { document: 'text' },
  DOCUMENT_EXPIRED: { document: 'text', documentEndsOn: 'date' },
  /** The condition that was not met, the others null (rule 34). Tags are for staff only. */
  NOT_ADMITTED: { minAge: 'count', maxAge: 'count', tags: 'text', notTags: 'text' },
  /** When the person came in. */
  ALREADY_INSIDE: { insideSince: 'instant' },
  PENDING_PAYMENT: {},
  CANCELLED: {},
  /** The last valid day. */
  EXPIRED: { endedOn: 'date' },
  USED_UP: {},
  /** The first valid day; null when it has none yet. */
  NOT_STARTED: { startsOn: 'date' },
  /** Title of the membership that comes first (rule 21). */
  WAITS_FOR_OTHER: { other: 'text' },
  /** Staff only. */
  DEBT: { amount: 'amount', currency: 'currency', debtSince: 'date', terminatesOn: 'date' },
  PAYMENT_FAILED: { paidThrough: 'date' },
  /** Names of the branches where it is good; null when nowhere. */
  WRONG_BRANCH: { branches: 'text' },
  /** Title of the gate's service (or services) that the membership does not cover; null at a general entry. */
  WRONG_SERVICE: { service: 'text' },
  INDIVIDUAL_ONLY: {},
  /** The session's title and start, and from when the gate lets people in for it (rule 15). */
  TOO_EARLY: { session: 'text', sessionStartsAt: 'instant', entryFrom: 'instant' },
  TOO_LATE: { session: 'text', sessionStartsAt: 'instant' },
  BOOKING_REQUIRED: { service: 'text' },
  /** `frozenUntil` as in the snapshot: exclusive, the first day on which it is good again; null: open. */
  FROZEN: { frozenFrom: 'date', frozenUntil: 'date' },
  /** The weekdays on which it is good. */
  OUTSIDE_DAYS: { days: 'days' },
  /** Today's times of day at which it is good. */
  OUTSIDE_HOURS: { hours: 'hours' },
  /** `cardCode`: why the club card that got furthest is not good; null when the member has none (rule 17). */
  CLUB_CARD_MISSING: { cardCode: 'code' },
  CLUB_CARD_EXPIRED: { endedOn: 'date' },
  CLUB_CARD_FROZEN: { frozenFrom: 'date', frozenUntil: 'date' },
  /** What the entry costs is more than 1 where several seats are booked (rule 15). */
  NO_VISITS_LEFT: { left: 'count', cost: 'count' },
  /** `max` visits per `per` are used. */
  LIMIT_REACHED: { per: 'per', max: 'count' },
  ZONE_FULL: { inside: 'count', limit: 'count' },
  /** Last contact with the central system (rule 29). */
  STALE_DATA: { contactAt: 'instant' },
  CLOCK_UNTRUSTED: {},
  /** The rule that failed, by its file name. */
  RULE_FAILED: { rule: 'text' },

  NOT_PASSED: { because: 'because' },
  UNEXPECTED_PASSAGE: {},
  GATE_FAILED: {},

  /** Visits left after this tap. */
  WARN_LAST_VISIT: { left: 'count' },
  /** The last valid day. */
  WARN_EXPIRES_SOON: { endsOn: 'date' },
  WARN_DEBT: { amount: 'amount', currency: 'currency', debtSince: 'date', terminatesOn: 'date' },
  WARN_PAYMENT_FAILED: { paidThrough: 'date' },
  WARN_STALE: { contactAt: 'instant' },
  WARN_ALREADY_INSIDE: { insideSince: 'instant' },
  WARN_DOCUMENT_EXPIRES: { document: 'text', documentEndsOn: 'date' },
  WARN_OVERSTAY: { stayMinutes: 'count', maxStayMinutes: 'count' },
} as const satisfies Record<TextCode, Record<string, ParamKind>>;

/** The parameters of one code with their types: `ParamsOf<'FROZEN'>` is `{ frozenFrom: LocalDate | null, frozenUntil: LocalDate | null }`. */
export type ParamsOf<C extends TextCode> = {
  [Key in keyof (typeof paramKinds)[C]]: (typeof paramKinds)[C][Key] extends ParamKind
    ? ParamValues[(typeof paramKinds)[C][Key]] | null
    : never;
};

/** Parameters of `code`, checked by the compiler: a rule that refuses writes `paramsOf('FROZEN', { … })`. */
export function paramsOf<C extends TextCode>(_code: C, values: ParamsOf<C>): Params {
  return values;
}

/**
 * The parameters of `code` as its texts read them. A missing key, and a value that is not of its kind (a journal of
 * another version), is null; other keys are left out.
 */
export function readParams<C extends TextCode>(code: C, params: Params): ParamsOf<C> {
  return readValues(paramKinds[code], params) as ParamsOf<C>;
}

/** As `readParams`, of any table of kinds. */
export function readValues(kinds: Record<string, ParamKind>, params: Params): Params {
  return Object.fromEntries(Object.entries(kinds).map(([key, kind]) => [key, readValue(kind, params[key] ?? null)]));
}

function readValue(kind: ParamKind, value: string | number | null): string | number | null {
  return value !== null && isOfKind[kind](value) ? value : null;
}

const filled = (value: string | number) => typeof value === 'string' && value.trim() !== '';
const matches = (pattern: RegExp) => (value: string | number) => typeof value === 'string' && pattern.test(value);
const oneOf = (values: readonly string[]) => (value: string | number) => values.includes(String(value));

const isOfKind: Record<ParamKind, (value: string | number) => boolean> = {
  date: (value) => matches(/^\d{4}-\d{2}-\d{2}$/)(value) && !Number.isNaN(Date.parse(String(value))),
  instant: (value) => typeof value === 'number' && Math.abs(value) <= 8.64e15,
  count: (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0,
  text: filled,
  hours: filled,
  days: matches(/^[1-7](,[1-7])*$/),
  amount: matches(/^-?\d+(\.\d+)?$/),
  currency: matches(/^[A-Za-z]{3}$/),
  per: oneOf(pers),
  mode: oneOf(gateModes),
  status: oneOf(credentialStatuses),
  assurance: oneOf(assurances),
  state: oneOf(membershipStates),
  payment: oneOf(paymentStates),
  debt: oneOf(debts),
  code: oneOf(refusalCodes),
  because: oneOf(releaseCauses),
  clock: oneOf(clockStates),
};
