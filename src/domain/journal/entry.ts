import type { Decision, PlannedCharge } from '../access/decision.ts';
import type { GateMode } from '../gate/mode.ts';
import type { Activation } from '../member/membership.ts';
import type { Instant } from '../schedule/instant.ts';

/**
 * What happened at the gates, as it is kept for ever: numbered 1, 2, 3 … per gateway without gaps, chained by hash, never
 * edited. Visits, balances and gate modes are read off these entries (`visit.ts`, `replay.ts`), so replaying a journal gives the
 * same state.
 */
export type JournalEvent = DecisionEvent | OverrideEvent | PassageEvent | ReleaseEvent | ModeEvent | MoveEvent | PresenceEvent;

/** A tap and its answer. A grant carries the visit that it reserves, or commits at once where no passage is reported. */
export interface DecisionEvent {
  kind: 'decision';
  gate: string;
  /** `kind:value` of the read, kept only while nobody is known to hold it; null otherwise. */
  read: string | null;
  decision: JournalledDecision;
  visit: NewVisit | null;
}

/** What the journal keeps of a decision: all but the explanation's texts. */
export type JournalledDecision = Omit<Decision, 'explanation' | 'charges'>;

/** Staff let somebody in (rule 35). */
export interface OverrideEvent {
  kind: 'override';
  gate: string;
  staff: string;
  reason: string;
  memberId: string | null;
  /** The journal number of the refused tap that staff answered, or null. */
  answers: number | null;
  /** A visit was taken although no membership allowed the entry. */
  conflict: boolean;
  visit: NewVisit;
}

/** The arm turned. `visit` null: nobody was expected (rule 27) or the arm was free; nothing is counted. */
export interface PassageEvent {
  kind: 'passage';
  gate: string;
  code: 'PASSED' | 'UNEXPECTED_PASSAGE';
  direction: 'in' | 'out' | null;
  visit: number | null;
  because: 'arm_turned' | 'late_arm' | 'restart';
}

/** The reservation was given back (rule 27). */
export interface ReleaseEvent {
  kind: 'release';
  gate: string;
  code: 'NOT_PASSED';
  visit: number;
  because: 'timed_out' | 'gate_failed' | 'restart';
}

/**
 * Somebody set a gate's mode. An emergency begins and ends at all gates together, in this one entry (rule 31). Without `changes` the
 * gate's fire contact began or ended an emergency of this gate's own: the modes that were set stay.
 */
export interface ModeEvent {
  kind: 'mode';
  gate: string;
  mode: GateMode;
  changes: ModeChange[];
  /** Who did it; null for the machine itself. */
  staff: string | null;
}

export interface ModeChange {
  gate: string;
  mode: GateMode;
  /** The mode to return to when an emergency ends. */
  before: GateMode;
}

/**
 * Staff moved the charge of a visit to another membership (rule 22). The visit that was charged is given back and this one,
 * with a number of its own, stands in its place: so nothing is counted twice or forgotten by whoever has seen only one of
 * them (rule 19).
 */
export interface MoveEvent {
  kind: 'move';
  gate: string;
  staff: string;
  reason: string;
  /** The visit number that is given back. */
  replaces: number;
  /** The instant of the tap. */
  tappedAt: Instant;
  visit: NewVisit;
}

/** Staff took somebody, or everybody, to have left a zone (rule 25). */
export interface PresenceEvent {
  kind: 'presence';
  gate: string;
  zone: string;
  /** null: everybody. */
  person: string | null;
  staff: string;
}

/** A visit as a grant makes it, before the store gives it its number. */
export interface NewVisit {
  gate: string;
  zone: string;
  branchId: string;
  direction: 'in' | 'out';
  memberId: string | null;
  credentialId: string | null;
  /** Who is counted in the zone, by `personOf`; null: nobody that could be found again. */
  person: string | null;
  serviceId: string | null;
  /** The place in a session that it is for. */
  bookingId: string | null;
  charges: PlannedCharge[];
  activation: Activation | null;
  endsFreeze: string | null;
  state: 'reserved' | 'committed';
}

/** An entry in the journal: what happened, with its place in the chain. */
export interface JournalEntry {
  gateway: string;
  /** 1, 2, 3 … without gaps. */
  number: number;
  /** Wall clock of the box. */
  at: Instant;
  /** Whether the box trusted it (rule 30). */
  clockTrusted: boolean;
  /** The visit number that this entry's `event.visit` took, when it made one. */
  visitNumber: number | null;
  event: JournalEvent;
  /** SHA-256 of the entry before, 64 hex digits; all zero for entry 1. */
  previousHash: string;
  hash: string;
}
