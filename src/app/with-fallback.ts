import { Failure } from '../ports/failure.ts';
import type { Log } from '../ports/log.ts';
import type { Relay } from '../ports/relay.ts';

/**
 * One relay behind another, both wired to the same contacts. The second is told only when the first surely did not open:
 * when nobody knows, one person could be let through twice.
 */
export function withFallback(first: Relay, second: Relay, { id, log }: { id: string; log: Log }): Relay {
  return {
    async pulse(direction) {
      try {
        return await first.pulse(direction);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        log.warn('the relay did not open, the one behind it is told', { gate: id, why: error.message });
        return await second.pulse(direction);
      }
    },
    async stop() {
      await Promise.all([first.stop(), second.stop()]);
    },
  };
}
