import type { Code, WarningCode } from '../domain/access/code.ts';
import type { Outcome } from '../domain/access/decision.ts';
import type { GateMode } from '../domain/gate/mode.ts';
import type { Language } from '../domain/member/member.ts';
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
  search(text: string, language: Language): DeskMember[];
  /** Opens the gate for somebody who has no credential or no right (rule 35). */
  letIn(request: LetIn): DeskAnswer;
  setMode(request: { gate: string; mode: GateMode; staff: string }): DeskAnswer;
}

export interface LetIn {
  gate: string;
  staff: string;
  /** Required; at least three characters. */
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

/** One tap, override, mode change or unexpected passage on the live list. */
export interface FeedItem {
  /** Journal number. A later item of the same number replaces it. */
  entry: number;
  at: Instant;
  gate: string;
  kind: 'decision' | 'override' | 'mode' | 'passage';
  outcome: Outcome | null;
  code: Code | 'UNEXPECTED_PASSAGE' | null;
  /** The member's or staff member's name; for an unknown credential what was read; empty for a mode. */
  who: string;
  memberId: string | null;
  /** The reason in the desk's language, one sentence. */
  reason: string;
  warnings: WarningCode[];
  membership: string;
  /** null = unlimited or not a matter of visits. */
  left: number | null;
  visit: 'reserved' | 'committed' | 'released' | 'none';
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
  devices: DeviceStatus[];
  data: { takenAt: Instant | null; receivedAt: Instant | null; members: number; unusable: number };
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
