import type { Instant } from '../../domain/schedule/instant.ts';
import type { Clock } from '../../ports/clock.ts';

/** A clock that stands still until it is moved: for replayed days and for tests. */
export interface VirtualClock extends Clock {
  /** Moves both clocks on, running what falls due on the way: in order of time, then of setting. */
  advance(ms: number): void;
  /** As `advance`, but lets promises and I/O that are ready run before and after every timer. */
  advanceSlowly(ms: number): Promise<void>;
  /** Somebody set the wall clock. No time passes, no timer runs. */
  jumpTo(at: Instant): void;
  /** Milliseconds until the next timer falls due, or null when none is set. */
  nextTimerMs(): number | null;
}

interface Timer {
  dueMs: number;
  run: () => void;
}

export function createVirtualClock(startsAt: Instant): VirtualClock {
  let monotonicMs = 0;
  let wallAheadMs = startsAt;
  const timers = new Set<Timer>();

  const next = (): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers) if (first === undefined || timer.dueMs < first.dueMs) first = timer;
    return first;
  };
  const runNextBefore = (untilMs: number): boolean => {
    const timer = next();
    if (timer === undefined || timer.dueMs > untilMs) return false;
    timers.delete(timer);
    monotonicMs = Math.max(monotonicMs, timer.dueMs);
    timer.run();
    return true;
  };

  return {
    now: () => wallAheadMs + monotonicMs,
    monotonicMs: () => monotonicMs,
    after(delayMs, run) {
      const timer = { dueMs: monotonicMs + Math.max(0, delayMs), run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      const untilMs = monotonicMs + ms;
      while (runNextBefore(untilMs));
      monotonicMs = untilMs;
    },
    async advanceSlowly(ms) {
      const untilMs = monotonicMs + ms;
      do await readyWork();
      while (runNextBefore(untilMs));
      monotonicMs = untilMs;
    },
    jumpTo(at) {
      wallAheadMs = at - monotonicMs;
    },
    nextTimerMs() {
      const timer = next();
      return timer === undefined ? null : Math.max(0, timer.dueMs - monotonicMs);
    },
  };
}

function readyWork(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
