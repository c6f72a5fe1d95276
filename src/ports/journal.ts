import type { Decision } from '../domain/access/decision.ts';
import type { Charge, Facts } from '../domain/access/facts.ts';
import type { GateMode } from '../domain/gate/mode.ts';
import type { ChainFault } from '../domain/journal/chain.ts';
import type { JournalEntry, JournalEvent } from '../domain/journal/entry.ts';
import type { Visit } from '../domain/journal/visit.ts';
import type { Instant } from '../domain/schedule/instant.ts';

/** What happened at the gates of this box, and what can be read off it. Synchronous: a tap decides and records without giving way to anything else. */
export interface Journal {
  /**
   * Numbers, chains and writes one entry. When it returns, the entry is on disk and survives a power cut, and whoever asks
   * finds the visits and modes that follow from it. Throws `Failure` when the disk refuses; then nothing was written.
   * `clockTrusted`: whether the box trusts `at` (rule 30); left out: it does.
   */
  append(at: Instant, event: JournalEvent, clockTrusted?: boolean): JournalEntry;
  /** At most `limit` entries after `number`, in order. */
  after(number: number, limit: number): JournalEntry[];
  newest(): JournalEntry | null;
  entry(number: number): JournalEntry | null;
  /**
   * Visits that stand (reserved or committed) and charge or activate one of these memberships, by membership id: this gateway's
   * own and those of its peers together, by the instant of the tap, then gateway, then visit number.
   */
  charges(membershipIds: string[]): Map<string, Charge[]>;
  /**
   * What another box of the branch did. Order does not matter, and what was heard before changes nothing (rule 19). It survives a
   * restart, and may be lost with the power: the peer says it again.
   */
  hearPeer(gateway: string, visits: readonly PeerVisit[]): void;
  /**
   * Who came into a zone and has not left it, by `personOf`, with the visit that brought them; the newest one each. What lies
   * more than about two days from the newest entry is forgotten.
   */
  presence(zone: string): Presence;
  /** Whether a one-time code of this credential was accepted before (rule 3). */
  isTokenUsed(credentialId: string, token: string): boolean;
  /** The highest count of its taps that was accepted from this credential (rule 3); null: none was. */
  highestTapCount(credentialId: string): number | null;
  /** The card that each of these credentials was found to be at its first tap by a printed number; those that are in the map were. */
  boundCards(credentialIds: readonly string[]): Map<string, BoundCard>;
  /** Keeps that, in place of an earlier card. When it returns, it is on disk and survives a power cut. Throws `Failure` when the disk refuses. */
  bindCard(credentialId: string, card: BoundCard): void;
  /**
   * Keeps beside a decision's entry what it was made from, for `records`. It may be written a moment later, and old ones are
   * dropped after `recordsKeptMs`.
   */
  record(entry: number, record: TapRecord): void;
  /** What is kept of the taps in `[from, until)`, oldest first, with their entries. */
  records(from: Instant, until: Instant): Iterable<{ entry: JournalEntry; record: TapRecord }>;
  recordOf(entry: number): TapRecord | null;
  openReservations(): Visit[];
  visit(number: number): Visit | null;
  /** The newest visit made at a gate. */
  newestVisit(gate: string): Visit | null;
  /** The mode of every gate that was ever set to one. */
  modes(): Map<string, { mode: GateMode; before: GateMode }>;
  /** Reads the whole chain from entry 1 and compares the visits with what the entries say. Calls `progress` now and then. */
  verify(progress?: (number: number, of: number) => void): { entries: number; faults: ChainFault[] };
}

/** Which card a credential is whose row holds only what is printed on it. */
export interface BoundCard {
  /** The row's value then. */
  printed: string;
  /** The card's whole number. */
  full: string;
}

/** A visit that a peer charged, as it tells of it (scenario-format.md, `peer`). */
export interface PeerVisit {
  /** The peer's visit number. */
  number: number;
  membershipId: string;
  memberId: string | null;
  branchId: string;
  serviceId: string | null;
  at: Instant;
  charge: number;
}

export interface Presence {
  /** People who came in at `since` or later, open reservations included (rule 26). */
  count(since: Instant): number;
  /** The visit with which somebody came in; null: not inside, whatever resets there were since. */
  of(person: string): { visit: number; since: Instant } | null;
}

/** What a decision was made from, without names, photos, notes and secrets: enough to decide again under other settings, and to explain it. */
export interface TapRecord {
  facts: Facts;
  explanation: Decision['explanation'];
}

/** This and the last calendar month. */
export const recordsKeptMs = 62 * 24 * 60 * 60 * 1000;
