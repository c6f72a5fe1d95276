import type { Code, WarningCode } from '../domain/access/code.ts';
import type { Outcome } from '../domain/access/decision.ts';
import type { GateMode } from '../domain/gate/mode.ts';
import type { Explained } from '../domain/kiosk/texts/explain.ts';
import type { Language } from '../domain/member/member.ts';
import type { ClockVerdict } from '../domain/schedule/clock-trust.ts';
import type { Instant } from '../domain/schedule/instant.ts';

/** What staff at the desk see and do. `staff` is always the signed-in person's name: it stands in the journal. */
export interface FrontDesk {
  /** The newest taps and what became of them, newest first. */
  recent(limit: number, language: Language): FeedItem[];
  /** Calls `changed` with every new or changed item. Returns the way to stop. */
  watch(language: Language, changed: (item: FeedItem) => void): () => void;
  status(): DeskStatus;
  /** Calls `changed` whenever `status` would answer differently. */
  watchStatus(changed: (status: DeskStatus) => void): () => void;
  /** Why a tap was answered as it was; null when the journal number is of no tap, or what it was made from is not kept. */
  explain(entry: number, language: Language): DeskExplanation | null;
  search(text: string, language: Language): DeskMember[];
  /** Opens the gate for somebody who has no credential or no right (rule 35). */
  letIn(request: LetIn): DeskAnswer;
  setMode(request: { gate: string; mode: GateMode; staff: string }): DeskAnswer;
  /** Lets another membership of the member pay for a visit (rule 22). */
  moveCharge(request: MoveCharge): DeskAnswer;
  /** The member's other memberships, each with whether it may pay for a visit instead; none where there is no such visit. */
  payersFor(visit: number, language: Language): Payer[];
  /** Somebody, or everybody, has left a zone (rule 25). */
  takeOut(request: TakeOut): DeskAnswer;
  /** Somebody looked: the clock of this box is right (rule 30). */
  confirmClock(): void;
}

export interface MoveCharge {
  /** The visit number. */
  visit: number;
  /** The id of the membership that shall pay. */
  to: string;
  staff: string;
  /** Required. */
  reason: string;
}

export interface Payer {
  /** The membership's id. */
  id: string;
  title: string;
  /** "Morning 8 · 5 visits left · until 30 June". */
  text: string;
  /** Whether it covers what was entered and has the visits left. */
  mayPay: boolean;
}

export interface TakeOut {
  zone: string;
  /** null: everybody. */
  memberId: string | null;
  staff: string;
}

export interface LetIn {
  gate: string;
  staff: string;
  /** Required. */
  reason: string;
  memberId: string | null;
  /** The journal number of the refused tap that this answers, or null. */
  answers: number | null;
  /** Whether the visit is taken from a membership. */
  charge: boolean;
}

/** Refused: `problem` says why, in words for the desk. */
export type DeskAnswer = { done: true; entry: number } | { done: false; problem: string };

export interface DeskMember {
  id: string;
  name: string;
  /** "Morning 8 · 5 visits left · until 30 June". */
  memberships: string[];
}

/** A tap's answer, rule by rule, in the desk's language. */
export interface DeskExplanation extends Explained {
  entry: number;
  at: Instant;
  gate: string;
  outcome: Outcome;
  /** As on the live list. */
  who: string;
  /** The reason, one sentence. */
  reason: string;
  nextAllowedAt: Instant | null;
}

/** One tap, override, mode change, unexpected passage, moved charge or correction of who is inside on the live list. */
export interface FeedItem {
  /** Journal number. A later item of the same number replaces it. */
  entry: number;
  at: Instant;
  gate: string;
  /** The zone that is entered there, or that somebody was taken out of. */
  zone: string;
  kind: 'decision' | 'override' | 'mode' | 'passage' | 'move' | 'presence';
  outcome: Outcome | null;
  code: Code | 'UNEXPECTED_PASSAGE' | null;
  /** The member's or staff member's name; for an unknown credential what was read; empty for a mode, and for everybody in a zone. */
  who: string;
  memberId: string | null;
  /** The reason in the desk's language, one sentence. */
  reason: string;
  /** Each with its words for the desk. */
  warnings: { code: WarningCode; text: string }[];
  /** Title of the one that pays. */
  membership: string;
  /** null = unlimited or not a matter of visits. */
  left: number | null;
  visit: 'reserved' | 'committed' | 'released' | 'none';
  visitNumber: number | null;
  /** Until when another membership of the member may be charged for the visit instead; null: it may not. */
  movableUntil: Instant | null;
  /** Title of the membership that the charge of this visit was moved to; empty: it was not. */
  movedTo: string;
  nextAllowedAt: Instant | null;
  /** Who of the staff did it, for overrides and modes. */
  staff: string;
  /** On an override: the journal number of the refused tap that it answered; otherwise null. */
  answers: number | null;
}

export interface DeskStatus {
  gateway: string;
  /** IANA name of the branch's zone, in which the desk tells times. */
  timeZone: string;
  startedAt: Instant;
  gates: { id: string; mode: GateMode; direction: string; waiting: boolean; relay: DeviceStatus | null }[];
  /** Those that a gate leads into, with who is inside by what the gates saw (rule 26); `limit` null: none. */
  zones: { id: string; inside: number; limit: number | null }[];
  devices: DeviceStatus[];
  /** `contactAt`: the last answered exchange with the central system; null: none is known of. Older than `warnAfterMs` it is old (rule 29). */
  data: {
    takenAt: Instant | null;
    receivedAt: Instant | null;
    contactAt: Instant | null;
    warnAfterMs: number;
    members: number;
    unusable: number;
  };
  /** Whether the box trusts its clock, and why (rule 30). */
  clock: ClockVerdict;
  journal: { newest: number };
}

/** What is known of a device: never "online" on hope. */
export interface DeviceStatus {
  /** `reader entrance`, `relay main-in`, `broker`. */
  id: string;
  product: string;
  where: string;
  state: 'up' | 'down' | 'unknown';
  /** Why it is down, or what it said last; in words. */
  why: string;
  since: Instant;
  /** Last bytes or message heard; null: never. */
  lastHeardAt: Instant | null;
}
