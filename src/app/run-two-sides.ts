import type { Clock } from '../ports/clock.ts';
import { Failure } from '../ports/failure.ts';
import type { Relay } from '../ports/relay.ts';

/** The contact that opens one way, and how long it is closed. */
export interface Side {
  relay: Relay;
  pulseMs: number;
}

/** Relays and their lines are not exact; so much later the other contact has surely let go. */
export const gapMs = 100;

/** Nobody is let in later than this after the answer: the gate may have stopped waiting for them. */
export const longestWaitMs = 1_000;

/**
 * The two contacts of one turnstile, each opening one way. Never are both closed at once: PERCo turnstiles take that for another
 * command (device-protocols 0.5). Whoever comes while the other contact is closed waits until it let go; the way in rather
 * stays shut than to open late.
 */
export function runTwoSides(sides: { in: Side; out: Side }, clock: Clock): Relay {
  let turn: Promise<unknown> = Promise.resolve();
  let last: 'in' | 'out' | null = null;
  let closedUntilMs = Number.NEGATIVE_INFINITY;

  async function pulseInTurn(direction: 'in' | 'out'): Promise<'told' | 'unknown'> {
    const { relay, pulseMs } = sides[direction];
    const waitMs = last === direction ? 0 : Math.max(0, closedUntilMs - clock.monotonicMs());
    if (direction === 'in' && waitMs > longestWaitMs)
      throw new Failure('refused', 'the turnstile is open the other way: try again in a moment', { retry: true });
    if (waitMs > 0) await new Promise<void>((resolve) => void clock.after(waitMs, resolve));
    last = direction;
    const toldMs = () => Math.max(closedUntilMs, clock.monotonicMs() + pulseMs + gapMs);
    closedUntilMs = toldMs();
    // A product may take a while to obey: its pulse begins when it answers, at the latest.
    const answer = relay.pulse(direction).finally(() => (closedUntilMs = toldMs()));
    return answer;
  }

  return {
    pulse(direction) {
      const mine = turn.then(() => pulseInTurn(direction));
      turn = mine.catch(() => {});
      return mine;
    },
    async stop() {
      await Promise.all([sides.in.relay.stop(), sides.out.relay.stop()]);
    },
  };
}
