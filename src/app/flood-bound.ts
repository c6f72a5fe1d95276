import { secondMs } from '../domain/schedule/instant.ts';
import type { Clock } from '../ports/clock.ts';

/**
 * Whether what comes now is too much: more than `most` within any second. What is too much is a fault, and would only fill the
 * journal. `began` is called once a flood.
 */
export function floodBound(clock: Clock, most: number, began: () => void): () => boolean {
  let lastMs: number[] = [];
  let flooded = false;
  return () => {
    const nowMs = clock.monotonicMs();
    lastMs = lastMs.filter((atMs) => nowMs - atMs < secondMs);
    const full = lastMs.length >= most;
    if (!full) lastMs.push(nowMs);
    if (full && !flooded) began();
    flooded = full || (flooded && lastMs.length > most / 2);
    return full;
  };
}
