/** Slows guessing, per address: `burst` attempts at once, then one every `everyMs`. Attempts that were right are given back. */
export interface AttemptLimit {
  /** Takes one attempt. 0: go ahead; otherwise the milliseconds to wait, and nothing was taken. */
  take(address: string, nowMs: number): number;
  giveBack(address: string): void;
}

const mostAddresses = 10_000;

export function createAttemptLimit({ burst, everyMs }: { burst: number; everyMs: number }): AttemptLimit {
  /** Until when each address has used up its attempts, were they spread evenly. */
  const spentUntilMs = new Map<string, number>();

  const makeRoom = (nowMs: number): void => {
    if (spentUntilMs.size < mostAddresses) return;
    for (const [address, untilMs] of spentUntilMs) if (untilMs <= nowMs) spentUntilMs.delete(address);
    const oldest = spentUntilMs.keys().next();
    if (spentUntilMs.size >= mostAddresses && !oldest.done) spentUntilMs.delete(oldest.value);
  };

  return {
    take(address, nowMs) {
      const untilMs = Math.max(nowMs, spentUntilMs.get(address) ?? nowMs);
      const waitMs = untilMs - nowMs - (burst - 1) * everyMs;
      if (waitMs > 0) return waitMs;
      makeRoom(nowMs);
      spentUntilMs.set(address, untilMs + everyMs);
      return 0;
    },
    giveBack(address) {
      const untilMs = spentUntilMs.get(address);
      if (untilMs !== undefined) spentUntilMs.set(address, untilMs - everyMs);
    },
  };
}
