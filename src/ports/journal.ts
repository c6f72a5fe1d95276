import type { Charge } from '../domain/access/facts.ts';
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
   */
  append(at: Instant, event: JournalEvent): JournalEntry;
  /** At most `limit` entries after `number`, in order. */
  after(number: number, limit: number): JournalEntry[];
  newest(): JournalEntry | null;
  entry(number: number): JournalEntry | null;
  /** Visits that stand (reserved or committed) and charge or activate one of these memberships, oldest first, by membership id. */
  charges(membershipIds: string[]): Map<string, Charge[]>;
  openReservations(): Visit[];
  visit(number: number): Visit | null;
  /** The newest visit made at a gate. */
  newestVisit(gate: string): Visit | null;
  /** The mode of every gate that was ever set to one. */
  modes(): Map<string, { mode: GateMode; before: GateMode }>;
  /** Reads the whole chain from entry 1 and compares the visits with what the entries say. Calls `progress` now and then. */
  verify(progress?: (number: number, of: number) => void): { entries: number; faults: ChainFault[] };
}
