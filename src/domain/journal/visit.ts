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

/** What an entry does to visits: makes one, settles one, or nothing. */
export type VisitChange = { made: Visit } | { settled: number; state: 'committed' | 'released' } | null;

/** The one place that reads visits off the journal. */
export function visitChangeOf(entry: JournalEntry): VisitChange {
  const made = newVisitOf(entry.event);
  if (made === null) return settlementOf(entry.event);
  return entry.visitNumber === null ? null : { made: { number: entry.visitNumber, entry: entry.number, at: entry.at, ...made } };
}

/** The earlier visit that an event settles; null when it settles none. */
export function settlementOf(event: JournalEvent): { settled: number; state: 'committed' | 'released' } | null {
  switch (event.kind) {
    case 'passage':
      return event.visit === null ? null : { settled: event.visit, state: 'committed' };
    case 'release':
      return { settled: event.visit, state: 'released' };
    case 'decision':
    case 'override':
    case 'mode':
      return null;
  }
}

/** The visit that an event makes, before it has its number; null when it makes none. */
export function newVisitOf(event: JournalEvent): NewVisit | null {
  return event.kind === 'decision' || event.kind === 'override' ? event.visit : null;
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
  return state === 'reserved' || (state === 'released' && lateArm) || (state === 'committed' && failed)
    ? null
    : `visit ${number} was already ${state}`;
}
