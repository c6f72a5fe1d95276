import type { GateMode } from '../gate/mode.ts';
import type { JournalEntry } from './entry.ts';
import { newVisitOf, settleProblem, type VisitState, visitChangeOf } from './visit.ts';

/** What the entries so far leave behind. */
export interface Replay {
  newestVisit: number;
  visits: Map<number, VisitState>;
  /** By the gate's id; a gate is here from its first entry on. */
  gates: Map<string, GateReplay>;
}

export interface GateReplay {
  newestEntry: number;
  newestVisit: number | null;
  /** The last mode that was set, and the one to return to; null when none ever was. */
  mode: { mode: GateMode; before: GateMode } | null;
}

export function emptyReplay(): Replay {
  return { newestVisit: 0, visits: new Map(), gates: new Map() };
}

/** Why an entry cannot stand after those in `replay`; null: it can. */
export function replayProblem(replay: Replay, entry: JournalEntry): string | null {
  const { event, visitNumber } = entry;
  const makesVisit = newVisitOf(event) !== null;
  if (makesVisit && visitNumber !== replay.newestVisit + 1) {
    return `entry ${entry.number} makes ${visitNumber === null ? 'a visit without a number' : `visit ${visitNumber}`}, where visit ${replay.newestVisit + 1} should follow`;
  }
  if (!makesVisit && visitNumber !== null) return `entry ${entry.number} takes visit number ${visitNumber} and makes no visit`;
  const { settled } = visitChangeOf(entry);
  if (settled === null) return null;
  const problem = settleProblem(settled.visit, replay.visits.get(settled.visit), event);
  return problem && `entry ${entry.number} cannot be: ${problem}`;
}

/** Adds what one more entry does to `replay`. Folded over a whole journal it gives the state of every visit and every gate. */
export function replayEntry(replay: Replay, entry: JournalEntry): void {
  const { made, settled } = visitChangeOf(entry);
  if (settled !== null) replay.visits.set(settled.visit, settled.state);
  if (made !== null) {
    replay.newestVisit = made.number;
    replay.visits.set(made.number, made.state);
  }
  const { event, number, visitNumber } = entry;
  const touch = (gate: string, said: Partial<GateReplay>) => {
    const before = replay.gates.get(gate) ?? { newestVisit: null, mode: null };
    replay.gates.set(gate, { ...before, newestEntry: number, ...said });
  };
  touch(event.gate, visitNumber === null ? {} : { newestVisit: visitNumber });
  const changes = event.kind === 'mode' ? event.changes : [];
  for (const { gate, mode, before } of changes) touch(gate, { mode: { mode, before } });
}
