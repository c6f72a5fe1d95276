import type { Instant } from '../schedule/instant.ts';
import type { JournalEntry, JournalEvent, NewVisit } from './entry.ts';

export type VisitState = 'reserved' | 'committed' | 'released';

/** The marked fact that a member came in, or is about to. */
export interface Visit extends Omit<NewVisit, 'state'> {
  /** This gateway's visit number: 1, 2, 3 … for every grant (rule 19). */
  number: number;
  /** The journal number of the entry that made it. */
  entry: number;
  /** The instant of the tap. */
  at: Instant;
  state: VisitState;
}

/** What an entry does to visits: makes one, settles one, both when a charge is moved, or nothing. */
export interface VisitChange {
  made: Visit | null;
  settled: Settlement | null;
}

export interface Settlement {
  visit: number;
  state: 'committed' | 'released';
}

/** The one place that reads visits off the journal. */
export function visitChangeOf(entry: JournalEntry): VisitChange {
  return { made: madeVisitOf(entry), settled: settlementOf(entry.event) };
}

function madeVisitOf(entry: JournalEntry): Visit | null {
  const made = newVisitOf(entry.event);
  if (made === null || entry.visitNumber === null) return null;
  const at = entry.event.kind === 'move' ? entry.event.tappedAt : entry.at;
  // Entries from before these two were kept lack them.
  const { person, bookingId }: Partial<NewVisit> = made;
  return { number: entry.visitNumber, entry: entry.number, at, ...made, person: person ?? null, bookingId: bookingId ?? null };
}

/** The earlier visit that an event settles; null when it settles none. */
export function settlementOf(event: JournalEvent): Settlement | null {
  switch (event.kind) {
    case 'passage':
      return event.visit === null ? null : { visit: event.visit, state: 'committed' };
    case 'release':
      return { visit: event.visit, state: 'released' };
    case 'move':
      return { visit: event.replaces, state: 'released' };
    case 'decision':
    case 'override':
    case 'mode':
    case 'presence':
      return null;
  }
}

/** The visit that an event makes, before it has its number; null when it makes none. */
export function newVisitOf(event: JournalEvent): NewVisit | null {
  return event.kind === 'decision' || event.kind === 'override' || event.kind === 'move' ? event.visit : null;
}

/**
 * Why `event` cannot settle visit `number` that stands in `state` (undefined: there is no such visit); null: it can. Each
 * visit is settled once, but the arm that turns late takes back a release (rule 27).
 */
export function settleProblem(number: number, state: VisitState | undefined, event: JournalEvent): string | null {
  if (state === undefined) return `visit ${number} was never made`;
  const lateArm = event.kind === 'passage' && event.because === 'late_arm';
  // A visit that was committed with its entry is given back when the relay surely did not open.
  const failed = event.kind === 'release' && event.because === 'gate_failed';
  const moved = event.kind === 'move';
  if (moved && state === 'reserved') return `visit ${number} still waits for its passage`;
  return state === 'reserved' || (state === 'released' && lateArm) || (state === 'committed' && (failed || moved))
    ? null
    : `visit ${number} was already ${state}`;
}
