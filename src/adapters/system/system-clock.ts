import { performance } from 'node:perf_hooks';
import type { Clock } from '../../ports/clock.ts';

// QUIRK: Node fires a timer at once when its delay does not fit into 31 bits.
const longestTimerMs = 2 ** 31 - 1;

/** The machine's own clocks. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, run) {
    const dueMs = performance.now() + delayMs;
    const timerFor = (leftMs: number) => setTimeout(ring, Math.min(Math.ceil(leftMs), longestTimerMs));
    // QUIRK: Node counts whole milliseconds and may fire up to one too early.
    const ring = () => {
      const leftMs = dueMs - performance.now();
      if (leftMs <= 0) run();
      else timer = timerFor(leftMs);
    };
    let timer = timerFor(delayMs);
    return () => clearTimeout(timer);
  },
};
