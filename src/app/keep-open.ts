import { secondMs } from '../domain/schedule/instant.ts';
import type { Clock } from '../ports/clock.ts';
import type { LineEvents, OpenLine } from '../ports/transport.ts';
import type { DeviceHealth } from './watch-health.ts';

/** What a line's user hears; `opened` again after every unplugging. */
export interface LineUser<Line extends OpenLine = OpenLine> {
  opened(line: Line): void;
  bytes(chunk: Uint8Array): void;
  closed(): void;
}

const firstRetryMs = 250;
const longestRetryMs = 5 * secondMs;

/**
 * Keeps a line open for ever: tries again after every failure and unplugging, first soon and then every five seconds. The
 * device's health says what happened. Returns the way to let go of the line.
 */
export function keepOpen<Line extends OpenLine>(
  transport: { open(heard: LineEvents): Promise<Line> },
  { clock, health }: { clock: Clock; health: DeviceHealth },
  user: LineUser<Line>,
): () => Promise<void> {
  let line: Line | null = null;
  let callOffRetry: (() => void) | null = null;
  let stopped = false;
  let retryMs = firstRetryMs;

  async function tryOpen(): Promise<void> {
    callOffRetry = null;
    let opened: Line;
    try {
      opened = await transport.open({
        bytes(chunk) {
          user.bytes(chunk);
          health.heard();
        },
        closed(why) {
          line = null;
          health.down(why);
          user.closed();
          retry();
        },
      });
    } catch (error) {
      health.down(error instanceof Error ? error.message : String(error));
      return retry();
    }
    if (stopped) return await opened.close();
    line = opened;
    retryMs = firstRetryMs;
    health.up('connected');
    user.opened(opened);
  }

  function retry(): void {
    if (stopped) return;
    callOffRetry = clock.after(retryMs, () => void tryOpen());
    retryMs = Math.min(retryMs * 2, longestRetryMs);
  }

  void tryOpen();
  return async () => {
    stopped = true;
    callOffRetry?.();
    await line?.close();
  };
}
