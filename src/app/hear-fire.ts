import { Failure } from '../ports/failure.ts';
import type { Gate } from './run-gate.ts';
import type { ModeParts } from './set-mode.ts';

/**
 * The fire contact of a gate changed. While it says fire the gate is in emergency by itself, whatever mode staff set; that mode
 * stays, may be changed meanwhile, and holds again afterwards. Journalled with no `changes`, for nothing was set.
 */
export function hearFire({ clock, clockTrusted, journal, news, log }: ModeParts, gate: Gate, on: boolean): void {
  const { id } = gate.settings;
  gate.setFire(on);
  log.warn(on ? 'the fire contact says fire: the gate lets everybody through' : 'the fire contact says that the fire is over', {
    gate: id,
  });
  try {
    const entry = journal.append(
      clock.now(),
      { kind: 'mode', gate: id, mode: gate.mode(), changes: [], staff: null },
      clockTrusted(),
    );
    news.tell({ kind: 'mode', gate: id, entry });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // Fails open: a fire does not wait for a disk.
    log.error('the journal could not be written', { gate: id, why: error.message });
    news.tell({ kind: 'mode', gate: id, entry: null });
  }
}
