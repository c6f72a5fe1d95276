import { defaultMode, type GateMode, gateModes } from '../domain/gate/mode.ts';
import type { ModeChange } from '../domain/journal/entry.ts';
import type { Clock } from '../ports/clock.ts';
import { Failure } from '../ports/failure.ts';
import type { DeskAnswer } from '../ports/front-desk.ts';
import type { Journal } from '../ports/journal.ts';
import type { Log } from '../ports/log.ts';
import type { News } from './news.ts';
import type { Gate } from './run-gate.ts';

export interface ModeParts {
  clock: Clock;
  clockTrusted(): boolean;
  journal: Journal;
  news: News;
  log: Log;
  gates: ReadonlyMap<string, Gate>;
}

/**
 * Rule 31: sets a gate's mode, on disk first. An emergency opens all gates; setting any gate to another mode ends it at all
 * gates, and the others return to the mode they had. `staff` is null for the box itself.
 */
export function setMode(
  { clock, clockTrusted, journal, news, log, gates }: ModeParts,
  request: { gate: string; mode: GateMode; staff: string | null },
): DeskAnswer {
  const { gate, mode, staff } = request;
  if (!gates.has(gate))
    return { done: false, problem: `there is no gate \`${gate}\`; there are ${[...gates.keys()].join(', ')}` };
  if (!gateModes.includes(mode)) return { done: false, problem: `\`${mode}\` is no mode; there are ${gateModes.join(', ')}` };
  const changes = changesOf(gates, journal, gate, mode);
  try {
    const entry = journal.append(clock.now(), { kind: 'mode', gate, mode, changes, staff }, clockTrusted());
    for (const change of changes) gates.get(change.gate)?.setMode(change.mode);
    news.tell({ kind: 'mode', gate, entry });
    return { done: true, entry: entry.number };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    log.error('the journal could not be written', { gate, why: error.message });
    // Fails open: an emergency does not wait for a disk. Any other mode stays as it was.
    if (mode !== 'emergency') return { done: false, problem: 'the journal could not be written: see the log of this box' };
    for (const change of changes) gates.get(change.gate)?.setMode('emergency');
    news.tell({ kind: 'mode', gate, entry: null });
    return { done: false, problem: 'all gates are open, and the journal could not be written: see the log of this box' };
  }
}

function changesOf(gates: ReadonlyMap<string, Gate>, journal: Journal, asked: string, mode: GateMode): ModeChange[] {
  const kept = journal.modes();
  return [...gates].flatMap(([id, gate]) => {
    const was = gate.modeSet();
    const last = kept.get(id);
    const beforeEmergency = last?.mode === 'emergency' ? last.before : (last?.mode ?? defaultMode);
    const before = was === 'emergency' ? beforeEmergency : was;
    if (id === asked) return [{ gate: id, mode, before }];
    if (mode === 'emergency' && was !== 'emergency') return [{ gate: id, mode, before }];
    if (mode !== 'emergency' && was === 'emergency') return [{ gate: id, mode: before, before }];
    return [];
  });
}
