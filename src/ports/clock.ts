import type { Instant } from '../domain/schedule/instant.ts';

/** Two clocks: the wall clock answers "may they enter now", the monotonic one times pulses and waits, so that a clock jump never holds a relay. */
export interface Clock {
  now(): Instant;
  /** Milliseconds from an arbitrary start; never goes back. */
  monotonicMs(): number;
  /** Calls `run` once, `delayMs` from now on the monotonic clock. Returns the way to call it off. */
  after(delayMs: number, run: () => void): () => void;
}
